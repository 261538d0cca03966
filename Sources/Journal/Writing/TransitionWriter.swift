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
  private let takeOver: SQLiteStatement
  private let suspicions: SuspicionReader
  private let retries: RetryWriter
  private let updates: MissionUpdates
  /// What was last written of missions that run, so that their steps need no look-up. RUNNING rows are changed
  /// here only; after a rollback everything is looked up again.
  private var running: [MissionID: JournaledState] = [:]
  /// The run that has taken all that is QUEUED without writing it down for each; nil where rows say whose they are.
  var ownerOfQueued: Int64?

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
    takeOver = try connection.prepare("UPDATE missions SET run = ?2 WHERE number = ?1", isPersistent: true)
    suspicions = try SuspicionReader(connection)
    retries = try RetryWriter(connection)
    updates = try MissionUpdates(connection)
  }

  /// Steps of one mission, in their order.
  ///
  /// - Parameter run: the run that its events belong to.
  func apply(_ transitions: some Collection<MissionTransition>, run: Int64?) throws {
    guard let mission = transitions.first?.mission else { return }
    guard var state = try running[mission] ?? state(of: mission) else {
      throw JournalError.illegalTransition(mission: mission, reason: "is not in the journal")
    }
    if state.isOfEarlierRun, let owner = state.run {
      try takeOver.bind(state.number, at: 1)
      try takeOver.bind(owner, at: 2)
      try takeOver.run()
      state.isOfEarlierRun = false
    }
    for transition in transitions { try apply(transition, &state, run: run) }
    try updates.finish()
    try events.finish()
    running[mission] = state.status == .running ? state : nil
  }

  private func apply(_ transition: MissionTransition, _ state: inout JournaledState, run: Int64?) throws {
    let old = state
    guard old.allows(transition.change) else {
      throw JournalError.illegalTransition(
        mission: transition.mission,
        reason:
          "is \(old.status.rawValue) at \(old.checkpoint.rawValue), which does not allow \(transition.change)"
      )
    }
    if retries.counts(transition.change) {
      // The row is to be as it was before this step.
      try updates.finish()
      try retries.note(transition.change, number: old.number, run: run, at: transition.at)
    }
    try update(old, transition.change, at: transition.at, run: run)
    let new = old.after(transition.change, at: transition.at)
    tallies.move(from: old, to: new, at: transition.at)
    if case .recovered = transition.change, let run = old.run { tallies.addRecovered(to: run) }
    state = new
    state.lastEvent = try events.add(
      transition.events, mission: old.number, after: old.lastEvent, at: transition.at, run: run,
      attempt: old.retryCount + 1)
  }

  /// After a rollback.
  func forget() {
    running.removeAll(keepingCapacity: true)
    updates.forget()
    events.forget()
  }

  /// FAILED or CANCELLED → PENDING at the checkpoint that failed, with a RETRY_QUEUED event.
  ///
  /// - Parameter isWish: a person put it back: the next run chooses it although no file may name it.
  func reopen(number: Int64, isWish: Bool, at time: Timestamp, run: Int64?) throws {
    guard let old = try state(ofNumber: number), old.status == .failed || old.status == .cancelled else {
      return
    }
    try updates.write(.reopen, to: number, [.of(isWish)])
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
    try updates.write(.putBack, to: old.number)
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

  /// DONE or FAILED → PENDING at SCRAPE with the mark `replaces`, and a RERUN_QUEUED event; false for any other status. What
  /// is known of the scrape that was DONE stays until the mission is DONE again.
  ///
  /// - Parameter isWish: a person put it back: the next run chooses it although no file may name it.
  func rerun(number: Int64, isWish: Bool, at time: Timestamp, run: Int64?) throws -> Bool {
    guard let old = try state(ofNumber: number), old.status == .done || old.status == .failed else {
      return false
    }
    if old.status == .done {
      try keepReplaced.bind(number, at: 1)
      try keepReplaced.run()
    }
    try updates.write(old.status == .done ? .rerun : .rerunFailed, to: number, [.of(isWish)])
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
    if let etag { try updates.write(.mended, to: old.number, [.of(etag)]) }
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
  func accept(_ id: MissionID, at time: Timestamp, run: Int64?) throws -> Message? {
    guard let old = try state(of: id) else { throw JournalError.missing(what: "mission \(id)") }
    guard let suspicion = try suspicions.suspicion(of: old.number) else { return "is not suspicious" }
    if old.status == .failed, old.checkpoint == .scrape {
      try updates.write(.released, to: old.number)
      var new = old
      (new.status, new.checkpoint, new.retryCount, new.finishedAt) = (.pending, .db, 0, nil)
      tallies.move(from: old, to: new)
    } else {
      guard old.status == .done else { return "is \(old.status.word): wait until it is done" }
      try updates.write(.accepted, to: old.number)
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
    let (status, run) = (MissionStatus(stored: row.integer(1)), row.optionalInteger(5))
    var state = JournaledState(
      number: row.integer(0), status: status, checkpoint: Checkpoint(stored: row.integer(2)),
      retryCount: row.int(3), hasUnansweredStart: row.integer(4) != 0, run: run,
      finishedAt: row.time(6), adsCount: row.integer(7))
    if let owner = ownerOfQueued, status == .queued, run != owner {
      (state.run, state.isOfEarlierRun) = (owner, true)
    }
    return state
  }

  private func update(
    _ old: JournaledState, _ change: MissionChange, at time: Timestamp, run: Int64?
  ) throws {
    let number = old.number
    switch change {
    case .none: break
    case .started(let worker): try updates.add(.started, to: number, [.of(time), .of(worker)])
    case .sessionAwaited(let proxy): try updates.add(.sessionAwaited, to: number, [.of(proxy)])
    case .scrapeStarting(let worker, let proxy, let start):
      try updates.add(
        .scrapeStarting, to: number,
        [
          .of(worker), .of(proxy), .of(start.attempt), .integer(Int64(bitPattern: start.token)), .of(run),
          .of(time),
        ])
    case .scrapeStarted(let jobID, let kept, let isRemembered):
      try updates.add(.scrapeStarted, to: number, [.of(jobID), .of(kept.json), .of(isRemembered)])
    case .jobForgotten: try updates.add(.jobForgotten, to: number)
    case .scrapeCompleted(
      let adsCount, let size, let sha256, let seconds, let keptFiles, let formerFiles):
      try updates.add(
        .scrapeCompleted, to: number,
        [
          .of(adsCount), .of(size), .of(sha256), .of(seconds: seconds), .of(keptFiles),
          .of(names: formerFiles),
        ])
    case .suspected(let suspicion): try updates.add(.suspected, to: number, [.of(suspicion.json)])
    case .firstLookKept(let first): try updates.add(.firstLookKept, to: number, [.of(first?.json)])
    case .resultHeld(let result, let seconds, let formerFiles):
      try updates.add(
        .resultHeld, to: number,
        [
          .of(result.adsCount), .of(result.size), .of(result.sha256), .of(seconds: seconds),
          .of(result.keptFiles), .of(names: formerFiles),
        ])
    case .rowsReplaced(let sha256): try updates.add(.rowsReplaced, to: number, [.of(sha256)])
    case .dbCompleted(let seconds): try updates.add(.dbCompleted, to: number, [.of(seconds: seconds)])
    case .s3Completed(let key, let etag, let size, let sha256, let seconds):
      try updates.add(
        .s3Completed, to: number,
        [.of(time), .of(key), .of(etag), .of(size), .of(sha256), .of(seconds: seconds)])
      try updates.finish()
      try dropReplaced.bind(number, at: 1)
      try dropReplaced.run()
      try past.note(number, isRemoved: false, at: time)
    case .scrapeDiscarded: try updates.add(.scrapeDiscarded, to: number)
    case .loadDiscarded: try updates.add(.loadDiscarded, to: number)
    case .requeued(let crashes, let deferred):
      try updates.add(.requeued, to: number, [.of(crashes), .of(deferred)])
    case .retryQueued(let code, let message):
      try updates.add(
        .retryQueued, to: number, [.of(code)] + Self.columns(of: message))
    case .failed(let code, let cause, let message):
      try updates.add(
        .failed, to: number,
        [.of(time), .of(code), .of(cause)] + Self.columns(of: message))
    case .cancelled: try updates.add(.cancelled, to: number, [.of(time)])
    case .recovered(let mission):
      try recover(mission, number: number, at: time)
      try past.note(number, isRemoved: false, at: time)
    case .replacementFound(let formerFiles):
      try updates.add(.replacementFound, to: number, [.of(names: formerFiles)])
    }
  }

  /// `error_message`, `error_foreign`, `error_said`.
  private static func columns(of message: Message) -> [StoredValue] {
    let text = message.description
    return [.of(ForeignWords.plain(text)), .of(ForeignWords.places(in: text)), .of(message.stored)]
  }

  private func recover(_ mission: RecoveredMission, number: Int64, at time: Timestamp) throws {
    try updates.write(
      .recovered, to: number,
      [
        .of(mission.doneAt ?? time), .of(mission.adsCount), .of(mission.size), .of(mission.sha256),
        .of(mission.object.key), .of(mission.object.etag), .of(mission.object.size),
        .of(mission.object.sha256), .of(mission.keptFiles),
      ])
  }
}
