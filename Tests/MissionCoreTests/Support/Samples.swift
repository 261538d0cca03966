import MissionCore

/// One mission that most tests use.
enum Sample {
  static let day = CalendarDay("2025-01-01")!
  static let parameters = MissionParameters(
    dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"])
  static let id = MissionID("b1e85fe5-dfd0-8190-939d-81ab86135696")!
  static let moment = Timestamp(milliseconds: 1_700_000_000_000)
  static let result = ScrapedResult(adsCount: 3, size: 100, sha256: "aa")
  static let rows = LoadedRows(rows: 3, repeatedIDs: 0, wasLoadedBefore: false)
  static let object = UploadedObject(key: "k", etag: "e", size: 9, sha256: "bb")
  static let grant = SessionGrant(sessionID: "s-1", proxy: "p:1", isReused: false)

  /// A mission that was scraped when `checkpoint` lies behind SCRAPE.
  static func record(
    _ checkpoint: Checkpoint = .scrape, retryCount: Int = 0, crashes: Int = 0, jobID: String? = nil
  ) -> MissionRecord {
    var record = MissionRecord(id: id, parameters: parameters, createdAt: moment)
    record.checkpoint = checkpoint
    record.status = .queued
    record.retryCount = retryCount
    record.crashes = crashes
    record.jobID = jobID
    if jobID != nil { record.worker = "worker-1" }
    if checkpoint > .scrape { (record.adsCount, record.size, record.sha256) = (3, 100, "aa") }
    return record
  }
}

extension StartFinding {
  static let notTaken = StartFinding.notStarted(request: "POST /scrape")
  static let unknown = StartFinding.unclear(reason: "it may run")
  static let unknownJob = StartFinding.failed(Failure(.scrapeOther, "it may run", mayHaveUnknownJob: true))
}

extension SourceFailure.Kind {
  static let all: [SourceFailure.Kind] = [
    .unavailable, .unreachable, .notFound, .busy, .again, .unusable, .unreadable, .refused, .mismatch,
    .tooLarge, .spoolFull, .diskFails,
  ]
}

extension SourceFailure {
  static func of(_ kind: Kind, retryAfter: Duration? = nil) -> SourceFailure {
    SourceFailure(kind, "\(kind) of worker-1", retryAfter: retryAfter)
  }
}

extension StepFailure {
  static func of(_ code: ErrorCode, again: Bool = false, retryAfter: Duration? = nil) -> StepFailure {
    StepFailure(Failure(code, "\(code)"), isAgain: again, retryAfter: retryAfter)
  }
}

extension SourcePolicy {
  static func with(_ change: (inout SourcePolicy) -> Void) -> SourcePolicy {
    var policy = SourcePolicy()
    change(&policy)
    return policy
  }

  /// One that can be asked what became of a start.
  static let finding = with { $0.findsStarts = true }
  /// `send: once`.
  static let once = with { ($0.findsStarts, $0.startsOnce) = (true, true) }
}
