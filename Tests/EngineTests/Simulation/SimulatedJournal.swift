import MissionCore

/// A job as the journal knows it: workers may number their jobs anew.
struct JournaledJob: Hashable {
  let worker: String
  let id: String
  let mission: MissionID
}

/// A journal in memory that takes only legal transitions and can lose what was not acknowledged.
struct SimulatedJournal {
  private(set) var records: [MissionID: MissionRecord] = [:]
  private(set) var sessions: [String: (id: String, proxy: String?, served: Int, isTainted: Bool)] = [:]
  private(set) var deferred: Set<MissionID> = []
  private(set) var histories: [MissionID: [EventKind]] = [:]
  private(set) var violations: [String] = []
  /// Jobs whose id is on disk.
  private(set) var journaledJobs: Set<JournaledJob> = []
  private(set) var paceStarts: [String: [Timestamp]] = [:]
  let maxRetries: Int

  init(maxRetries: Int) { self.maxRetries = maxRetries }

  mutating func add(_ record: MissionRecord) { records[record.id] = record }

  mutating func apply(_ writes: [JournalWrite]) {
    for write in writes {
      switch write {
      case .mission(let transition): apply(transition)
      case .sessionOpened(let worker, let sessionID, let proxy, _):
        sessions[worker] = (sessionID, proxy, 0, false)
      case .sessionServed(let worker, let served): sessions[worker]?.served = served
      case .sessionTainted(let worker): sessions[worker]?.isTainted = true
      case .sessionEnded(let worker): sessions[worker] = nil
      case .paceStart(let source, let at, _): paceStarts[source, default: []].append(at)
      case .laneLimited, .proxyUsed, .proxyFailed: break
      }
    }
  }

  private mutating func apply(_ transition: MissionTransition) {
    guard var record = records[transition.mission] else {
      return violations.append("unknown mission \(transition.mission)")
    }
    func require(_ holds: Bool, _ what: String) {
      if !holds {
        let history = histories[record.id, default: []].map(\.rawValue).joined(separator: " ")
        violations.append(
          "\(what): \(transition.change) while \(record.status) at \(record.checkpoint) after \(history)")
      }
    }
    histories[record.id, default: []] += transition.events.map(\.kind)
    switch transition.change {
    case .none: break
    case .sessionAwaited(let proxy):
      require(record.status == .running && record.checkpoint == .scrape, "sessionAwaited")
      record.proxy = proxy
    case .started(let worker):
      require(record.status == .queued, "started")
      record.status = .running
      record.startedAt = record.startedAt ?? transition.at
      if let worker { record.worker = worker }
    case .scrapeStarting(let worker, let proxy, let start):
      require(record.status == .running && record.checkpoint == .scrape, "scrapeStarting")
      require(start.attempt == record.starts + 1, "start \(start.attempt) after \(record.starts)")
      (record.starts, record.startToken, record.kept) = (start.attempt, start.token, KeptValues())
      (record.worker, record.proxy, record.jobID, record.hasUnansweredStart) = (worker, proxy, nil, true)
      record.suspicion = nil
    case .scrapeStarted(let jobID, let kept, let isRemembered):
      record.kept = kept
      if isRemembered { record.jobIDs.append(jobID) }
      require(record.status == .running && record.hasUnansweredStart, "scrapeStarted")
      (record.jobID, record.hasUnansweredStart) = (jobID, false)
      journaledJobs.insert(JournaledJob(worker: record.worker ?? "", id: jobID, mission: record.id))
    case .jobForgotten:
      require(
        record.checkpoint == .scrape && !record.status.isFinished, "jobForgotten")
      (record.jobID, record.hasUnansweredStart) = (nil, false)
    case .scrapeCompleted(let adsCount, let size, let sha256, _, let keptFiles, let formerFiles):
      require(record.status == .running && record.checkpoint == .scrape, "scrapeCompleted")
      (record.adsCount, record.size, record.sha256) = (adsCount, size, sha256)
      (record.keptFiles, record.former.files) = (keptFiles, formerFiles)
      record.firstLook = nil
      (record.checkpoint, record.crashes) = (.db, 0)
      deferred.remove(record.id)
    case .suspected(let suspicion):
      require(record.status == .running && record.checkpoint == .scrape, "suspected")
      record.suspicion = suspicion
    case .firstLookKept(let first):
      require(record.status == .running && record.checkpoint == .scrape, "firstLookKept")
      (record.firstLook, record.jobID, record.hasUnansweredStart) = (first, nil, false)
    case .resultHeld(let result, _, _):
      require(record.status == .running && record.checkpoint == .scrape, "resultHeld")
      (record.adsCount, record.size, record.sha256) = (result.adsCount, result.size, result.sha256)
      (record.firstLook, record.hasUnansweredStart) = (nil, false)
    case .rowsReplaced(let sha256):
      require(record.status == .running && record.checkpoint == .db, "rowsReplaced")
      record.replacedRows = sha256
    case .dbCompleted:
      require(record.status == .running && record.checkpoint == .db, "dbCompleted")
      (record.checkpoint, record.crashes) = (.s3, 0)
      deferred.remove(record.id)
    case .s3Completed(let key, let etag, let size, let sha256, _):
      require(record.status == .running && record.checkpoint == .s3, "s3Completed")
      (record.s3Key, record.s3ETag, record.s3Size, record.s3SHA256) = (key, etag, size, sha256)
      (record.status, record.finishedAt) = (.done, transition.at)
    case .scrapeDiscarded:
      require(record.status == .running && record.checkpoint > .scrape, "scrapeDiscarded")
      (record.checkpoint, record.jobID, record.sha256, record.size) = (.scrape, nil, nil, nil)
      record.former.replaces = true
    case .loadDiscarded:
      require(record.status == .running && record.checkpoint == .s3, "loadDiscarded")
      record.checkpoint = .db
    case .requeued(let crashes, let isDeferred):
      require(record.status == .running, "requeued")
      (record.status, record.crashes) = (.queued, crashes)
      if isDeferred { deferred.insert(record.id) } else { deferred.remove(record.id) }
    case .retryQueued(let code, _):
      require(record.status == .running, "retryQueued")
      (record.status, record.errorCode, record.hasUnansweredStart) = (.queued, code, false)
      record.retryCount += 1
      if record.checkpoint == .scrape { record.jobID = nil }
      if record.retryCount > maxRetries { violations.append("retry \(record.retryCount) of \(maxRetries)") }
    case .failed(let code, let cause, _):
      require(record.status == .running, "failed")
      (record.status, record.errorCode, record.errorCause) = (.failed, code, cause)
      record.hasUnansweredStart = false
    case .recovered(let mission):
      require(!record.status.isFinished, "recovered")
      (record.status, record.checkpoint, record.finishedAt) = (.done, .s3, mission.doneAt ?? transition.at)
    case .replacementFound(let files): record.former = FormerObjects(replaces: true, files: files)
    case .cancelled:
      require(!record.status.isFinished, "cancelled")
      (record.status, record.jobID, record.hasUnansweredStart, record.firstLook) = (
        .cancelled, nil, false, nil
      )
    }
    records[record.id] = record
  }

  /// The worker knows these jobs no more; it may give their ids again.
  mutating func forgetJobs(of worker: String) {
    journaledJobs = journaledJobs.filter { $0.worker != worker }
  }

  /// A person's cancel of a mission that no live run has in memory.
  mutating func cancel(_ id: MissionID, at: Timestamp) {
    guard let record = records[id], !record.status.isFinished else { return }
    let events = [JournalEvent(.cancelled)]
    apply([.mission(MissionTransition(mission: id, change: .cancelled, events: events, at: at))])
  }

  /// A person's `retry`: back to PENDING at the checkpoint that failed.
  mutating func reopen(_ id: MissionID) {
    guard var record = records[id], record.status == .failed || record.status == .cancelled else { return }
    (record.status, record.retryCount, record.crashes, record.finishedAt) = (.pending, 0, 0, nil)
    (record.errorCode, record.errorCause, record.hasUnansweredStart) = (nil, nil, false)
    if record.checkpoint == .scrape { record.jobID = nil }
    deferred.remove(id)
    records[id] = record
  }

  /// What `run` does with what an earlier process left, before the scheduler exists.
  /// Says how many results of the spool were taken.
  ///
  /// - Parameter found: the result that the latest start of the mission left in the spool.
  mutating func recover(
    _ machine: MissionMachine, hasPart: (MissionID) -> Bool = { _ in false },
    found: (MissionRecord) -> ScrapedResult?, at: Timestamp
  ) -> Int {
    var taken = 0
    for record in records.values.sorted(by: { $0.id < $1.id }) where record.status == .running {
      let result = Recovery.awaitsResult(record, machine.source) ? found(record) : nil
      if let (change, events) = result.flatMap({ machine.takingUp($0, of: record) }) {
        apply([.mission(MissionTransition(mission: record.id, change: change, events: events, at: at))])
        taken += 1
      }
      let change = Recovery.decide(record, isSpooling: result != nil || hasPart(record.id))
      apply([.mission(MissionTransition(mission: record.id, change: change, events: [], at: at))])
    }
    for id in records.keys where records[id]?.status == .pending {
      records[id]?.status = .queued
      records[id]?.queuedAt = at
    }
    return taken
  }

  var adoptable: [MissionRecord] {
    records.values.filter {
      $0.status == .queued && $0.checkpoint == .scrape && ($0.jobID != nil || $0.hasUnansweredStart)
    }.sorted { $0.id < $1.id }
  }

  /// The queue in run order, from behind `after`.
  func page(after: MissionID?, limit: Int) -> [MissionRecord] {
    let queue = records.values.filter { $0.status == .queued }.sorted {
      (deferred.contains($0.id) ? 1 : 0, $0.parameters.dateStart, $0.id)
        < (deferred.contains($1.id) ? 1 : 0, $1.parameters.dateStart, $1.id)
    }
    let start = after.flatMap { id in queue.firstIndex { $0.id == id }.map { $0 + 1 } } ?? 0
    return Array(queue.dropFirst(start).prefix(limit))
  }
}
