import Files
import Glibc
import JSONStream
import Journal
import MissionCore

/// The report of a run as its file keeps it: what the run did, whatever became of its missions since.
public final class StoredReport: ReportSource {
  public let path: String
  public let run: RunRecord
  /// What the file tells beside the missions.
  public let summary: RunSummary
  private let mapping: FileMapping
  private let fields: StoredFields

  /// Nil when there is no such file, or one that is not the report of that run; of whatever run when none is named.
  public init?(path: String, runID: String? = nil) {
    // A file that somebody changed or cut is no report: the journal is asked then.
    guard let mapping = Self.map(path), let fields = try? StoredFields(mapping.bytes),
      let id = fields.text("run_id"), runID.map({ $0 == id }) ?? true,
      let summary = try? Self.summary(fields)
    else { return nil }
    self.path = path
    self.mapping = mapping
    self.fields = fields
    self.summary = summary
    run = summary.run
  }

  private var bytes: UnsafeRawBufferPointer { mapping.bytes }

  /// Whether it was written when the run was over.
  public var isFinal: Bool { summary.end != nil }

  public func eachMission(_ body: (MissionRecord) throws -> Bool) throws {
    try fields.objects("missions") { fields in
      guard let mission = try Self.mission(fields) else { return true }
      return try body(mission)
    }
  }

  /// Hands the file's own bytes over in pieces.
  public func stream(to write: ([UInt8]) throws -> Void) throws {
    for first in stride(from: 0, to: bytes.count, by: ResultsFile.chunkSize) {
      try write(Array(bytes[first..<min(bytes.count, first + ResultsFile.chunkSize)]))
    }
  }

  /// Writes the same bytes to another file.
  public func copy(to path: String) throws(ResultsFailure) {
    do {
      let file = try AtomicFile(path: path)
      try stream { try file.write($0) }
      try file.commit()
    } catch { throw ResultsFailure(error) }
  }

  private static func map(_ path: String) -> FileMapping? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      return nil
    }
    // Files of reports are replaced and never changed, so what is mapped stays what it was.
    return FileMapping(descriptor, size: Int(status.st_size))
  }

  private static func summary(_ fields: StoredFields) throws -> RunSummary? {
    guard let id = fields.text("run_id"), let started = fields.time("started_at"),
      let counts = try fields.object("counts")
    else { return nil }
    var run = RunRecord(id: id, startedAt: started)
    run.finishedAt = fields.time("finished_at")
    run.exitCode = fields.integer("exit_code").map { Int($0) }
    run.counts.selected = counts.count("selected")
    run.counts.done = counts.count("done")
    run.counts.failed = counts.count("failed")
    run.counts.cancelled = counts.count("cancelled")
    run.counts.skipped = counts.count("skipped")
    run.counts.rejectedRows = counts.count("rejected_rows")
    run.counts.failedEarlier = counts.count("failed_earlier")
    run.counts.recovered = counts.count("recovered")
    run.counts.ads = fields.integer("ads") ?? 0
    run.ended = fields.text("ended").flatMap { RunEnd(rawValue: $0) }
    if let shard = try fields.object("shard"), let index = shard.integer("index"),
      let count = shard.integer("count"),
      (0..<count).contains(index)
    {
      run.shard = MissionFilter.Shard(index: UInt64(index), count: UInt64(count))
    }
    let told = try fields.object("summary")
    let seconds = (run.finishedAt ?? started).seconds(since: started)
    var summary = RunSummary(
      run: run, exitCode: run.exitCode, wallSeconds: told?.number("seconds") ?? max(0, seconds))
    // Files of earlier versions say only with which code it ended, and nothing of what was added up.
    summary.end = run.ended ?? (run.finishedAt == nil ? nil : run.end(isLive: false))
    summary.omitted = fields.count("missions_omitted")
    summary.journalID = fields.text("journal_id")
    if let counts = try fields.object("cumulative") {
      var cumulative = StatusCounts()
      for status in MissionStatus.allCases { cumulative[status] = counts.count(status.rawValue.lowercased()) }
      summary.cumulative = cumulative
    }
    if let counts = summary.cumulative, let kept = try told?.object("backfill") {
      var backfill = BackfillStanding()
      backfill.counts = counts
      backfill.failed = try spans(kept, "failed")
      backfill.suspicious = try spans(kept, "suspicious")
      summary.backfill = backfill
    }
    if let told { try fill(&summary, from: told) } else { try addUp(&summary, fields) }
    return summary
  }

  private static func spans(_ kept: StoredFields, _ name: String) throws -> DaySpans {
    guard let fields = try kept.object(name) else { return DaySpans() }
    var spans: [DaySpans.Span] = []
    try fields.objects("days") { one in
      if let from = one.text("from").flatMap({ CalendarDay($0) }),
        let to = one.text("to").flatMap({ CalendarDay($0) })
      {
        spans.append(DaySpans.Span(first: from, last: to))
      }
      return true
    }
    return DaySpans(missions: fields.count("missions"), spans: spans, moreSpans: fields.count("more"))
  }

  private static func addUp(_ summary: inout RunSummary, _ fields: StoredFields) throws {
    var account = RunAccount()
    try fields.objects("missions") { fields in
      if let mission = try mission(fields) { account.add(mission) }
      return true
    }
    account.fill(&summary)
  }

  private static func fill(_ summary: inout RunSummary, from told: StoredFields) throws {
    summary.bytes = told.integer("bytes") ?? 0
    summary.inputs = InputProblems(
      lines: try lines(told), count: told.count("input_errors"),
      duplicates: told.count("duplicates"))
    summary.advice = try advice(told)
    try told.objects("checkpoints") { times in
      if let checkpoint = times.text("checkpoint").flatMap({ Checkpoint(rawValue: $0) }) {
        summary.checkpoints.append(
          .init(
            checkpoint: checkpoint, p50Seconds: times.number("p50_seconds") ?? 0,
            p95Seconds: times.number("p95_seconds") ?? 0))
      }
      return true
    }
    summary.workers = try shares(told, "workers")
    summary.proxies = try shares(told, "proxies")
    summary.suspicious = try suspicious(told)
    summary.retries = try retries(told)
    try told.objects("failures") { group in
      if let code = group.code("code"), let example = group.text("example").flatMap({ MissionID($0) }) {
        summary.failures.append(
          .init(
            code: code, count: group.count("count"), example: example, cause: group.code("cause"),
            message: message(group, "message"), messages: try messages(group),
            isWholeCode: group.flag("is_whole_code")))
      }
      return true
    }
  }

  private static func message(_ fields: StoredFields, _ name: String) -> Message {
    Message(stored: fields.json("said"), text: fields.text(name) ?? "")
  }

  /// Reports of older versions have the texts alone.
  private static func lines(_ told: StoredFields) throws -> [Message] {
    let said = try told.jsons("input_errors_said")
    return try told.texts("input_error_lines").enumerated().map { number, text in
      Message(stored: said.indices.contains(number) ? said[number] : nil, text: text)
    }
  }

  private static func messages(_ group: StoredFields) throws -> [RunSummary.Told] {
    var messages: [RunSummary.Told] = []
    try group.objects("messages") { one in
      messages.append(.init(text: message(one, "text"), count: one.count("count")))
      return true
    }
    return messages
  }

  private static func retries(_ told: StoredFields) throws -> Retries? {
    guard let fields = try told.object("retries") else { return nil }
    var retries = Retries()
    retries.count = fields.count("count")
    retries.lostSeconds = fields.number("seconds_lost") ?? 0
    retries.jobSeconds = fields.number("job_seconds") ?? 0
    func counts(_ name: String) throws -> [Retries.Count] {
      var counts: [Retries.Count] = []
      try fields.objects(name) { one in
        counts.append(Retries.Count(name: one.text("name") ?? "", count: one.count("count")))
        return true
      }
      return counts
    }
    retries.codes = try counts("codes")
    retries.workers = try counts("workers")
    retries.proxies = try counts("proxies")
    try fields.objects("attempts") { one in
      retries.attempts.append(
        Retries.Attempts(
          code: one.text("code") ?? "", worker: one.text("worker"), proxy: one.text("proxy"),
          count: one.count("count")))
      return true
    }
    return retries
  }

  private static func suspicious(_ told: StoredFields) throws -> SuspiciousResults {
    var found = SuspiciousResults()
    guard let fields = try told.object("suspicious") else { return found }
    (found.count, found.done) = (fields.count("count"), fields.count("done"))
    found.isWhole = fields.flag("is_whole")
    try fields.objects("missions") { fields in
      if let mission = try mission(fields) { found.missions.append(mission) }
      return true
    }
    return found
  }

  private static func advice(_ told: StoredFields) throws -> RunAdvice? {
    guard let command = told.text("command") else { return nil }
    var advice = RunAdvice(command: command, limit: told.integer("limit").map { Int($0) })
    advice.unlisted = told.count("unlisted")
    try told.objects("failed_earlier_missions") { fields in
      if let mission = try mission(fields) { advice.failedEarlier.append(mission) }
      return true
    }
    try told.objects("divided") { share in
      advice.divided.append(
        DividedShare(
          source: share.text("source") ?? "", key: share.text("key") ?? "", whole: share.text("whole") ?? "",
          part: share.text("part") ?? ""))
      return true
    }
    try told.objects("next") { step in
      if let kind = step.text("kind").flatMap({ NextStep.Kind(rawValue: $0) }) {
        advice.next.append(
          NextStep(
            kind, command: step.text("command") ?? "", missions: step.count("missions"),
            part: step.count("part"), isBlocked: step.flag("blocked")))
      }
      return true
    }
    return advice
  }

  private static func shares(_ told: StoredFields, _ name: String) throws -> [RunSummary.Share] {
    var shares: [RunSummary.Share] = []
    try told.objects(name) { share in
      shares.append(
        .init(
          name: share.text("name") ?? "", done: share.count("done"), failed: share.count("failed"),
          ads: share.integer("ads") ?? 0, bytes: share.integer("bytes") ?? 0))
      return true
    }
    return shares
  }

  /// Nil for an object that is no mission.
  private static func mission(_ fields: StoredFields) throws -> MissionRecord? {
    guard let id = fields.text("id").flatMap({ MissionID($0) }),
      let start = fields.text("date_start").flatMap({ CalendarDay($0) }),
      let end = fields.text("date_end").flatMap({ CalendarDay($0) }),
      let status = fields.text("status").flatMap({ MissionStatus(rawValue: $0) }),
      let checkpoint = fields.text("checkpoint").flatMap({ Checkpoint(rawValue: $0) }),
      let created = fields.time("created_at")
    else { return nil }
    let parameters = MissionParameters(
      source: fields.text("source") ?? "default", dateStart: start, dateEnd: end,
      mediaType: fields.text("media_type").flatMap { MediaType(rawValue: $0) },
      languages: try fields.texts("languages"),
      values: fields.json("parameters").map { ParameterValues(json: $0) } ?? ParameterValues())
    var mission = MissionRecord(
      id: id, parameters: parameters, status: status, checkpoint: checkpoint, createdAt: created)
    mission.adsCount = fields.integer("ads_count").map { Int($0) }
    mission.errorCode = fields.code("error_code")
    mission.errorCause = fields.code("error_cause")
    // The file does not say which of its words are those of others: it is shown as it was written.
    mission.errorMessage = fields.text("error_message").map { "\(foreign: $0)" }
    mission.worker = fields.text("worker")
    mission.jobID = fields.text("job_id")
    mission.proxy = fields.text("proxy")
    mission.retryCount = fields.count("retry_count")
    mission.queuedAt = fields.time("queued_at")
    mission.startedAt = fields.time("started_at")
    mission.finishedAt = fields.time("finished_at")
    mission.size = fields.integer("size")
    mission.sha256 = fields.text("sha256")
    mission.s3Key = fields.text("s3_key")
    mission.keptFiles = fields.array("kept_files").flatMap { [KeptFile](json: $0) } ?? []
    mission.suspicion = fields.json("suspicious").flatMap { Suspicion(json: $0) }
    let durations = try fields.object("durations")
    mission.scrapeSeconds = durations?.number("scrape")
    mission.dbSeconds = durations?.number("db")
    mission.s3Seconds = durations?.number("s3")
    return mission
  }
}
