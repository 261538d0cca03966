import Failpoints
import MissionCore
import SQLite

/// The open journal as its thread sees it: one connection, the writers on it, transactions.
///
/// Belongs to the journal's thread. Its writers throw SQLite's errors; `transaction` turns them into the
/// journal's own.
final class JournalStore {
  let path: String
  let identity: String
  let connection: SQLiteConnection
  let runs: RunDirectory
  let tallies: TallyWriter
  let events: EventWriter
  let transitions: TransitionWriter
  let sessions: SessionWriter
  let paces: PaceWriter
  let lanes: LaneWriter
  let importer: Importer
  let claims: ClaimReader
  private let begin: SQLiteStatement
  private let commit: SQLiteStatement
  /// The failure after which nothing is written any more: what a failing disk answers next cannot be trusted.
  private var failure: JournalError?

  init(_ file: JournalFile, busy: Duration) throws {
    path = file.path
    connection = try file.openForWriting(busy: busy)
    do {
      // Preparing every statement also proves that tables and columns are what this version needs.
      begin = try connection.prepare("BEGIN IMMEDIATE", isPersistent: true)
      commit = try connection.prepare("COMMIT", isPersistent: true)
      runs = try RunDirectory(connection)
      tallies = try TallyWriter(connection)
      events = try EventWriter(connection)
      transitions = try TransitionWriter(connection, tallies: tallies, events: events)
      sessions = try SessionWriter(connection)
      paces = try PaceWriter(connection)
      lanes = try LaneWriter(connection)
      importer = try Importer(connection, tallies: tallies, events: events)
      claims = try ClaimReader(connection, runs: runs)
      try FilterSQL.install(on: connection)
      identity = try connection.text("SELECT id FROM journal_identity") ?? ""
    } catch let error as SQLiteError where error.primaryCode == 1 {
      // SQLITE_ERROR: no such table or column.
      throw JournalError.corrupt(
        path: path, reason: "its tables are not those of its version (\(error.message))")
    }
  }

  /// Runs `body` and commits; on an error nothing of it remains. Durable when it returns.
  func transaction(_ body: () throws -> Void) throws(JournalError) {
    if let failure { throw failure }
    do {
      try importer.commit()
      try begin.run()
      try body()
      try tallies.flush()
      Failpoint.reach("journal.commit.before")
      try commit.run()
      Failpoint.reach("journal.commit.after")
      tallies.ends?.publish()
    } catch {
      rollBack()
      let error = JournalError(error, path: path)
      if error.endsWriting { failure = error }
      throw error
    }
  }

  /// Reads with `body` and turns its errors into the journal's.
  func reading<R>(_ body: () throws -> R) throws(JournalError) -> R {
    do { return try body() } catch { throw JournalError(error, path: path) }
  }

  func rollBack() {
    // SQLite rolls back by itself after some errors. Where this one fails, too, nothing was committed either.
    if connection.isInTransaction { try? connection.execute("ROLLBACK") }
    tallies.forgetAll()
    transitions.forget()
    runs.forget()
    importer.forget()
  }

  /// Writes one submission; inside a transaction.
  func apply(_ writes: [JournalWrite], runID: String?) throws {
    let run = try runID.map { try runs.number(of: $0) }
    // Steps of one mission that follow each other. What is written of lanes and sources between them is in other tables.
    var steps: [MissionTransition] = []
    for write in writes {
      switch write {
      case .mission(let transition):
        if let last = steps.last, last.mission != transition.mission {
          try transitions.apply(steps, run: run)
          steps.removeAll(keepingCapacity: true)
        }
        steps.append(transition)
      case .sessionOpened(let worker, let sessionID, let proxy, let at):
        try sessions.opened(worker: worker, sessionID: sessionID, proxy: proxy, at: at)
      case .sessionServed(let worker, let served): try sessions.served(worker: worker, served)
      case .sessionTainted(let worker): try sessions.tainted(worker: worker)
      case .sessionEnded(let worker): try sessions.ended(worker: worker)
      case .paceStart(let source, let at, let horizon):
        try paces.started(source, at: at, horizon: horizon)
      case .laneLimited(let lane, let limit, let at): try lanes.limited(lane, limit, at: at)
      case .proxyUsed(let server, let at): try sessions.used(proxy: server, at: at)
      case .proxyFailed(let server, let failures): try sessions.failed(proxy: server, failures)
      }
    }
    try transitions.apply(steps, run: run)
  }
}
