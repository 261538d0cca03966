import MissionCore
import SQLite

/// Writes the steps of missions: checks that each is legal, changes the row, counts, tells of it.
final class TransitionWriter {
  private let connection: SQLiteConnection
  private let tallies: TallyWriter
  private let events: EventWriter
  let past: PastMissionWriter
  private let stateByID: SQLiteStatement
  private let stateByNumber: SQLiteStatement
  private let keepReplaced: SQLiteStatement
  private let dropReplaced: SQLiteStatement
  private let suspicions: SuspicionReader
  private let retries: RetryWriter
  private var updates: [SQLiteStatement] = []
  /// What was last written of missions that run, so that their steps need no look-up. RUNNING rows are changed
  /// here only; after a rollback everything is looked up again.
  private var running: [MissionID: JournaledState] = [:]

  init(_ connection: SQLiteConnection, tallies: TallyWriter, events: EventWriter) throws {
    self.connection = connection
    self.tallies = tallies
    self.events = events
    past = try PastMissionWriter(connection)
    let columns = "number, status, checkpoint, retry_count, unanswered_start, run, finished_at, ads_count"
    stateByID = try connection.prepare("SELECT \(columns) FROM missions WHERE id = ?", isPersistent: true)
    stateByNumber = try connection.prepare(
      "SELECT \(columns) FROM missions WHERE number = ?", isPersistent: true)
    keepReplaced = try connection.prepare(
      """
      INSERT OR REPLACE INTO replaced
        SELECT number, finished_at, ads_count, size, sha256, s3_key, s3_etag, s3_size, s3_sha256,
          suspicious
        FROM missions WHERE number = ?
      """, isPersistent: true)
    dropReplaced = try connection.prepare("DELETE FROM replaced WHERE mission = ?", isPersistent: true)
    suspicions = try SuspicionReader(connection)
    retries = try RetryWriter(connection)
    updates = try Update.allCases.map { update in
      try connection.prepare(
        "UPDATE missions SET \(update.assignments) WHERE number = ?1", isPersistent: true)
    }
  }

  /// - Parameter run: the run that its events belong to.
  func apply(_ transition: MissionTransition, run: Int64?) throws {
    guard let old = try running[transition.mission] ?? state(of: transition.mission) else {
      throw JournalError.illegalTransition(mission: transition.mission, reason: "is not in the journal")
    }
    guard old.allows(transition.change) else {
      throw JournalError.illegalTransition(
        mission: transition.mission,
        reason:
          "is \(old.status.rawValue) at \(old.checkpoint.rawValue), which does not allow \(transition.change)"
      )
    }
    try retries.note(transition.change, number: old.number, run: run, at: transition.at)
    try update(old, transition.change, at: transition.at, run: run)
    var new = old.after(transition.change, at: transition.at)
    tallies.move(from: old, to: new, at: transition.at)
    if case .recovered = transition.change, let run = old.run { tallies.addRecovered(to: run) }
    new.lastEvent = try events.append(
      transition.events, mission: old.number, after: old.lastEvent, at: transition.at, run: run,
      attempt: old.retryCount + 1)
    running[transition.mission] = new.status == .running ? new : nil
  }

  /// After a rollback.
  func forget() { running.removeAll(keepingCapacity: true) }

  /// FAILED or CANCELLED → PENDING at the checkpoint that failed, with a RETRY_QUEUED event.
  ///
  /// - Parameter isWish: a person put it back: the next run chooses it although no file may name it.
  func reopen(number: Int64, isWish: Bool, at time: Timestamp, run: Int64?) throws {
    guard let old = try state(ofNumber: number), old.status == .failed || old.status == .cancelled else {
      return
    }
    try perform(.reopen, number: number) { try $0.bind(isWish ? 1 : 0, at: 2) }
    var new = old
    new.status = .pending
    new.retryCount = 0
    new.finishedAt = nil
    tallies.move(from: old, to: new)
    _ = try events.append(
      [JournalEvent(.retryQueued)], mission: number, after: nil, at: time, run: run, attempt: 1)
  }

  /// DONE → PENDING at SCRAPE, with a RETRY_QUEUED event; false for any other status.
  func putBack(_ id: MissionID, details: EventDetails, at time: Timestamp) throws -> Bool {
    guard let old = try state(of: id), old.status == .done else { return false }
    try perform(.putBack, number: old.number) { _ in }
    var new = old
    new.status = .pending
    new.checkpoint = .scrape
    new.retryCount = 0
    new.finishedAt = nil
    tallies.move(from: old, to: new)
    _ = try events.append(
      [JournalEvent(.retryQueued, details)], mission: old.number, after: nil, at: time, run: nil, attempt: 1)
    return true
  }

  /// DONE → PENDING at SCRAPE with the mark `replaces`, and a RERUN_QUEUED event; false for any other status. What is
  /// known of the old scrape stays until the mission is DONE again.
  ///
  /// - Parameter isWish: a person put it back: the next run chooses it although no file may name it.
  func rerun(number: Int64, isWish: Bool, at time: Timestamp, run: Int64?) throws -> Bool {
    guard let old = try state(ofNumber: number), old.status == .done else { return false }
    try keepReplaced.bind(number, at: 1)
    try keepReplaced.run()
    try perform(.rerun, number: number) { try $0.bind(isWish ? 1 : 0, at: 2) }
    var new = old
    new.status = .pending
    new.checkpoint = .scrape
    new.retryCount = 0
    new.finishedAt = nil
    tallies.move(from: old, to: new)
    _ = try events.append(
      [JournalEvent(.rerunQueued)], mission: number, after: nil, at: time, run: run, attempt: 1)
    return true
  }

  /// What a DONE mission left outside was written once more; a nil ETag leaves the old one. False for any other status.
  func mended(_ id: MissionID, etag: String?, events new: [JournalEvent], at time: Timestamp) throws -> Bool {
    guard let old = try state(of: id), old.status == .done else { return false }
    if let etag { try perform(.mended, number: old.number) { try $0.bind(etag, at: 2) } }
    _ = try events.append(
      new, mission: old.number, after: nil, at: time, run: nil, attempt: old.retryCount + 1)
    return true
  }

  /// Whether so many records are like what the mission's slice had before.
  func judge(records: Int, of id: MissionID) throws -> SuspicionVerdict {
    try suspicions.judge(records: records, of: id)
  }

  /// A person says that a mission's suspicious result is right. Of a DONE one the flag goes, and its like is compared with
  /// it from now on; one that FAILED of it goes on at DB, from the spool. Nil when it was so, else why not.
  func accept(_ id: MissionID, at time: Timestamp, run: Int64?) throws -> String? {
    guard let old = try state(of: id) else { throw JournalError.missing(what: "mission \(id)") }
    guard let suspicion = try suspicions.suspicion(of: old.number) else { return "is not suspicious" }
    if old.status == .failed, old.checkpoint == .scrape {
      try perform(.released, number: old.number) { _ in }
      var new = old
      (new.status, new.checkpoint, new.retryCount, new.finishedAt) = (.pending, .db, 0, nil)
      tallies.move(from: old, to: new)
    } else {
      guard old.status == .done else { return "is \(old.status.rawValue): wait until it is done" }
      try perform(.accepted, number: old.number) { _ in }
      try past.note(old.number, isRemoved: false, at: time)
    }
    _ = try events.append(
      [JournalEvent(.accepted, suspicion.details)], mission: old.number, after: nil, at: time, run: run,
      attempt: old.retryCount + 1)
    return nil
  }

  func state(of id: MissionID) throws -> JournaledState? {
    try stateByID.bind(id, at: 1)
    return try read(stateByID)
  }

  private func state(ofNumber number: Int64) throws -> JournaledState? {
    try stateByNumber.bind(number, at: 1)
    return try read(stateByNumber)
  }

  private func read(_ row: SQLiteStatement) throws -> JournaledState? {
    defer { row.reset() }
    guard try row.step() else { return nil }
    return JournaledState(
      number: row.integer(0), status: MissionStatus(stored: row.integer(1)),
      checkpoint: Checkpoint(stored: row.integer(2)), retryCount: row.int(3),
      hasUnansweredStart: row.integer(4) != 0,
      run: row.optionalInteger(5), finishedAt: row.time(6), adsCount: row.integer(7))
  }

  private func update(
    _ old: JournaledState, _ change: MissionChange, at time: Timestamp, run: Int64?
  ) throws {
    let number = old.number
    switch change {
    case .none: break
    case .started(let worker):
      try perform(.started, number: number) { row in
        try row.bind(time, at: 2)
        try row.bind(worker, at: 3)
      }
    case .sessionAwaited(let proxy):
      try perform(.sessionAwaited, number: number) { try $0.bind(proxy, at: 2) }
    case .scrapeStarting(let worker, let proxy, let start):
      try perform(.scrapeStarting, number: number) { row in
        try row.bind(worker, at: 2)
        try row.bind(proxy, at: 3)
        try row.bind(start.attempt, at: 4)
        try row.bind(Int64(bitPattern: start.token), at: 5)
        try row.bind(run, at: 6)
        try row.bind(time, at: 7)
      }
    case .scrapeStarted(let jobID, let kept, let isRemembered):
      try perform(.scrapeStarted, number: number) { row in
        try row.bind(jobID, at: 2)
        try row.bind(kept.json, at: 3)
        try row.bind(isRemembered ? 1 : 0, at: 4)
      }
    case .jobForgotten: try perform(.jobForgotten, number: number) { _ in }
    case .scrapeCompleted(
      let adsCount, let size, let sha256, let seconds, let keptFiles, let formerFiles):
      try perform(.scrapeCompleted, number: number) { row in
        try row.bind(adsCount, at: 2)
        try row.bind(size, at: 3)
        try row.bind(sha256, at: 4)
        try row.bind(seconds: seconds, at: 5)
        try row.bind(keptFiles.isEmpty ? nil : keptFiles.json(withPlaces: true), at: 6)
        try row.bind(formerFiles.isEmpty ? nil : formerFiles.joined(separator: "//"), at: 7)
      }
    case .suspected(let suspicion):
      try perform(.suspected, number: number) { try $0.bind(suspicion.json, at: 2) }
    case .firstLookKept(let first):
      try perform(.firstLookKept, number: number) { try $0.bind(first?.json, at: 2) }
    case .resultHeld(let result, let seconds, let formerFiles):
      try perform(.resultHeld, number: number) { row in
        try row.bind(result.adsCount, at: 2)
        try row.bind(result.size, at: 3)
        try row.bind(result.sha256, at: 4)
        try row.bind(seconds: seconds, at: 5)
        try row.bind(result.keptFiles.isEmpty ? nil : result.keptFiles.json(withPlaces: true), at: 6)
        try row.bind(formerFiles.isEmpty ? nil : formerFiles.joined(separator: "//"), at: 7)
      }
    case .dbCompleted(let seconds):
      try perform(.dbCompleted, number: number) { try $0.bind(seconds: seconds, at: 2) }
    case .s3Completed(let key, let etag, let size, let sha256, let seconds):
      try perform(.s3Completed, number: number) { row in
        try row.bind(time, at: 2)
        try row.bind(key, at: 3)
        try row.bind(etag, at: 4)
        try row.bind(size, at: 5)
        try row.bind(sha256, at: 6)
        try row.bind(seconds: seconds, at: 7)
      }
      try dropReplaced.bind(number, at: 1)
      try dropReplaced.run()
      try past.note(number, isRemoved: false, at: time)
    case .scrapeDiscarded: try perform(.scrapeDiscarded, number: number) { _ in }
    case .loadDiscarded: try perform(.loadDiscarded, number: number) { _ in }
    case .requeued(let crashes, let deferred):
      try perform(.requeued, number: number) { row in
        try row.bind(crashes, at: 2)
        try row.bind(deferred ? 1 : 0, at: 3)
      }
    case .retryQueued(let code, let message):
      try perform(.retryQueued, number: number) { row in
        try row.bind(code, at: 2)
        try row.bind(ForeignWords.plain(message), at: 3)
        try row.bind(ForeignWords.places(in: message), at: 4)
      }
    case .failed(let code, let cause, let message):
      try perform(.failed, number: number) { row in
        try row.bind(time, at: 2)
        try row.bind(code, at: 3)
        try row.bind(cause, at: 4)
        try row.bind(ForeignWords.plain(message), at: 5)
        try row.bind(ForeignWords.places(in: message), at: 6)
      }
    case .cancelled: try perform(.cancelled, number: number) { try $0.bind(time, at: 2) }
    case .recovered(let mission):
      try recover(mission, number: number, at: time)
      try past.note(number, isRemoved: false, at: time)
    case .replacementFound(let formerFiles):
      try perform(.replacementFound, number: number) { row in
        try row.bind(formerFiles.isEmpty ? nil : formerFiles.joined(separator: "//"), at: 2)
      }
    }
  }

  private func recover(_ mission: RecoveredMission, number: Int64, at time: Timestamp) throws {
    try perform(.recovered, number: number) { row in
      try row.bind(mission.doneAt ?? time, at: 2)
      try row.bind(mission.adsCount, at: 3)
      try row.bind(mission.size, at: 4)
      try row.bind(mission.sha256, at: 5)
      try row.bind(mission.object.key, at: 6)
      try row.bind(mission.object.etag, at: 7)
      try row.bind(mission.object.size, at: 8)
      try row.bind(mission.object.sha256, at: 9)
      try row.bind(mission.keptFiles.isEmpty ? nil : mission.keptFiles.json(withPlaces: true), at: 10)
    }
  }

  private func perform(_ update: Update, number: Int64, _ bind: (SQLiteStatement) throws -> Void) throws {
    let statement = updates[update.rawValue]
    try statement.bind(number, at: 1)
    try bind(statement)
    try statement.run()
    guard connection.changes == 1 else {
      throw JournalError.internalFailure(
        reason: "\(update) changed \(connection.changes) missions instead of one")
    }
  }
}

/// What each change assigns; `?1` is the mission's number.
private enum Update: Int, CaseIterable {
  case started, sessionAwaited, scrapeStarting, scrapeStarted, jobForgotten, scrapeCompleted, dbCompleted,
    s3Completed
  case scrapeDiscarded, loadDiscarded, requeued, retryQueued, failed, cancelled, reopen, putBack, rerun,
    mended
  case recovered, replacementFound, suspected, accepted, firstLookKept, resultHeld, released

  var assignments: String {
    let clearError = "error_code = NULL, error_cause = NULL, error_message = NULL, error_foreign = NULL"
    let forgetJobAtScrape = """
      job_id = CASE checkpoint WHEN \(checkpoint: .scrape) THEN NULL ELSE job_id END, unanswered_start = 0
      """
    switch self {
    case .started:
      return """
        status = \(status: .running), started_at = coalesce(started_at, ?2), worker = coalesce(?3, worker), \
        \(clearError)
        """
    case .sessionAwaited: return "proxy = ?2"
    case .scrapeStarting:
      return """
        worker = ?2, proxy = ?3, job_id = NULL, kept = NULL, unanswered_start = 1, starts = ?4, start_token = ?5, \
        start_run = ?6, attempt_at = ?7, suspicious = NULL
        """
    case .scrapeStarted:
      return """
        job_id = ?2, unanswered_start = 0, kept = ?3, \
        job_ids = CASE WHEN ?4 = 0 THEN job_ids ELSE coalesce(job_ids || char(10), '') || ?2 END
        """
    case .jobForgotten: return "job_id = NULL, unanswered_start = 0"
    case .scrapeCompleted:
      return """
        checkpoint = \(checkpoint: .db), ads_count = ?2, size = ?3, sha256 = ?4, scrape_ms = ?5, \
        unanswered_start = 0, crashes = 0, deferred = 0, kept_files = ?6, former_files = ?7, first_look = NULL
        """
    case .dbCompleted: return "checkpoint = \(checkpoint: .s3), db_ms = ?2, crashes = 0, deferred = 0"
    case .s3Completed:
      return """
        status = \(status: .done), finished_at = ?2, s3_key = ?3, s3_etag = ?4, s3_size = ?5, s3_sha256 = ?6, \
        s3_ms = ?7, crashes = 0, deferred = 0, put_back = 0, former_files = NULL, replaces = 0
        """
    case .scrapeDiscarded:
      return """
        checkpoint = \(checkpoint: .scrape), job_id = NULL, unanswered_start = 0, \
        ads_count = \(Self.replaced("ads_count")), size = \(Self.replaced("size")), \
        sha256 = \(Self.replaced("sha256")), scrape_ms = NULL, db_ms = NULL, replaces = 1
        """
    case .loadDiscarded: return "checkpoint = \(checkpoint: .db), db_ms = NULL"
    case .requeued: return "status = \(status: .queued), crashes = ?2, deferred = ?3"
    case .retryQueued:
      return """
        status = \(status: .queued), retry_count = retry_count + 1, error_code = ?2, error_cause = NULL, \
        error_message = ?3, error_foreign = ?4, \
        \(forgetJobAtScrape)
        """
    case .failed:
      return """
        status = \(status: .failed), finished_at = ?2, error_code = ?3, error_cause = ?4, error_message = ?5, \
        error_foreign = ?6, unanswered_start = 0, put_back = 0
        """
    case .cancelled:
      return """
        status = \(status: .cancelled), finished_at = ?2, job_id = NULL, unanswered_start = 0, put_back = 0, \
        first_look = NULL
        """
    case .reopen:
      return """
        status = \(status: .pending), retry_count = 0, crashes = 0, deferred = 0, finished_at = NULL, \
        put_back = ?2, \(clearError), first_look = NULL, \
        \(Self.heldBack("ads_count")), \(Self.heldBack("size")), \(Self.heldBack("sha256")), \
        suspicious = CASE error_code WHEN \(code: .resultSuspicious) THEN NULL ELSE suspicious END, \
        \(forgetJobAtScrape)
        """
    case .putBack:
      return """
        status = \(status: .pending), checkpoint = \(checkpoint: .scrape), retry_count = 0, finished_at = NULL, \
        put_back = 1, replaces = 1, job_id = NULL, ads_count = NULL, \
        size = NULL, sha256 = NULL, s3_key = NULL, s3_etag = NULL, s3_size = NULL, s3_sha256 = NULL, \
        scrape_ms = NULL, db_ms = NULL, s3_ms = NULL
        """
    case .rerun:
      return """
        status = \(status: .pending), checkpoint = \(checkpoint: .scrape), retry_count = 0, finished_at = NULL, \
        started_at = NULL, put_back = ?2, replaces = 1, job_id = NULL, kept = NULL, \
        unanswered_start = 0, crashes = 0, deferred = 0, \
        scrape_ms = NULL, db_ms = NULL, s3_ms = NULL
        """
    case .mended: return "s3_etag = ?2"
    case .recovered:
      return """
        status = \(status: .done), checkpoint = \(checkpoint: .s3), finished_at = ?2, ads_count = ?3, size = ?4, \
        sha256 = ?5, s3_key = ?6, s3_etag = ?7, s3_size = ?8, s3_sha256 = ?9, kept_files = ?10, worker = NULL, \
        job_id = NULL, proxy = NULL, unanswered_start = 0, crashes = 0, deferred = 0, put_back = 0, \
        scrape_ms = NULL, db_ms = NULL, s3_ms = NULL, former_files = NULL, replaces = 0, \
        suspicious = NULL, first_look = NULL, \(clearError)
        """
    case .replacementFound: return "replaces = 1, former_files = ?2"
    case .suspected: return "suspicious = ?2"
    case .accepted: return "suspicious = NULL"
    case .firstLookKept: return "first_look = ?2, job_id = NULL, unanswered_start = 0"
    case .resultHeld:
      return """
        ads_count = ?2, size = ?3, sha256 = ?4, scrape_ms = ?5, kept_files = ?6, former_files = ?7, \
        first_look = NULL, unanswered_start = 0, crashes = 0, deferred = 0
        """
    case .released:
      return """
        status = \(status: .pending), checkpoint = \(checkpoint: .db), retry_count = 0, finished_at = NULL, \
        put_back = 1, suspicious = NULL, \(clearError)
        """
    }
  }

  /// A result that was held back is given up when its mission is scraped again.
  private static func heldBack(_ column: String) -> String {
    "\(column) = CASE error_code WHEN \(code: .resultSuspicious) THEN \(replaced(column)) ELSE \(column) END"
  }

  /// What the old scrape of a mission that is being replaced had; NULL for all others.
  private static func replaced(_ column: String) -> String {
    "(SELECT r.\(column) FROM replaced r WHERE r.mission = missions.number)"
  }
}
