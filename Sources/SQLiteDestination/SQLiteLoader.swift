import Failpoints
import JSONStream
import MissionCore
import Ports
import Records
import SQLite
import Threads

/// The thread's side of `SQLiteDestination`: owns the connection and does the work, one group after the other.
final class SQLiteLoader {
  private let file: SQLiteDestinationFile
  private let statementTimeout: Duration
  /// Nil before the first use and after a failure that the connection may not survive.
  private var session: Session?
  /// One of several loads failed, whatever it failed of: the others go again without it.
  private var hasFailedInGroup = false

  /// A connection with its prepared statements.
  private struct Session {
    let connection: SQLiteConnection
    let rows: SQLiteRowWriter
    let steps: SQLiteTransactionSteps
  }

  private typealias Load = (request: LoadRequest, reply: SQLiteWork.LoadReply)
  private typealias Answer = Result<LoadOutcome, DestinationError>

  init(file: SQLiteDestinationFile, statementTimeout: Duration) {
    self.file = file
    self.statementTimeout = statementTimeout
  }

  /// Work that was taken together: loads, or one piece of another kind.
  func perform(_ group: [SQLiteWork]) {
    var loads: [Load] = []
    for work in group {
      switch work {
      case .load(let request, let reply): loads.append((request, reply))
      case .other(let body): body(self)
      }
    }
    if !loads.isEmpty { answer(loads) }
  }

  // MARK: Loading

  private func answer(_ loads: [Load]) {
    var answers: [Answer] = []
    do throws(DestinationError) {
      answers = try transaction(loads)
    } catch {
      // The transaction as a whole is gone. Alone, each load shows whether it is the one at fault.
      if loads.count > 1, error.severity == .permanent || hasFailedInGroup {
        hasFailedInGroup = false
        for load in loads { answer([load]) }
        return
      }
      answers = loads.map { _ in .failure(error) }
    }
    WakeGroup.together { for (load, answer) in zip(loads, answers) { load.reply(answer) } }
  }

  /// All loads in one transaction: an answer each, or the error that ended them all.
  ///
  /// There is no savepoint for each: some versions of SQLite (3.40) write a log that nobody can read again after a crash
  /// when they go back to one, pages had gone to the log since, and the transaction is committed all the same.
  private func transaction(_ loads: [Load]) throws(DestinationError) -> [Answer] {
    let session = try opened()
    let refused = try requireTables(of: loads, session)
    if loads.count == 1 {
      if let error = refused[loads[0].request.table.name] { return [.failure(error)] }
      return [try answerAlone(loads[0].request, session)]
    }
    return try transact(session) { () throws(DestinationError) in
      var answers: [Answer] = []
      for load in loads {
        if let error = refused[load.request.table.name] {
          answers.append(.failure(error))
        } else {
          answers.append(.success(try loadInGroup(load.request, session)))
        }
      }
      return answers
    }
  }

  /// Makes the tables that are absent. Those that cannot be used, with the reason: loads into others go on.
  private func requireTables(
    of loads: [Load], _ session: Session
  ) throws(DestinationError) -> [TableName: DestinationError] {
    var refused: [TableName: DestinationError] = [:]
    for name in Set(loads.map(\.request.table.name)) {
      do throws(DestinationError) { try session.rows.tables.require(name) } catch {
        guard error.severity == .permanent else { throw error }
        refused[name] = error
      }
    }
    return refused
  }

  private func answerAlone(_ request: LoadRequest, _ session: Session) throws(DestinationError) -> Answer {
    try closingAfterFailure(session) { () throws(DestinationError) in
      try session.steps.begin()
      let outcome: LoadOutcome
      do throws(DestinationError) {
        outcome = try load(request, session)
      } catch {
        // After some errors SQLite has rolled back by itself.
        guard session.connection.isInTransaction else { throw error }
        try session.steps.rollBack()
        return .failure(error)
      }
      try commit(session)
      return .success(outcome)
    }
  }

  private func loadInGroup(_ request: LoadRequest, _ session: Session) throws(DestinationError) -> LoadOutcome
  {
    do throws(DestinationError) { return try load(request, session) } catch {
      hasFailedInGroup = true
      // After some errors SQLite has rolled back by itself.
      if session.connection.isInTransaction { try session.steps.rollBack() }
      throw error
    }
  }

  private func load(_ request: LoadRequest, _ session: Session) throws(DestinationError) -> LoadOutcome {
    try session.rows.load(request, deadline: Moment.now + statementTimeout)
  }

  private func transact<R>(_ session: Session, _ body: () throws(DestinationError) -> R)
    throws(DestinationError) -> R
  {
    try closingAfterFailure(session) { () throws(DestinationError) in
      try session.steps.begin()
      let value = try body()
      try commit(session)
      return value
    }
  }

  private func commit(_ session: Session) throws(DestinationError) {
    guard !session.connection.hasMoved else {
      throw DestinationError(
        .destinationOther, "\(file.path) was replaced meanwhile", severity: .transient())
    }
    Failpoint.reach("destination.commit.before")
    try session.steps.commit()
    Failpoint.reach("destination.commit.after")
  }

  private func closingAfterFailure<R>(_ session: Session, _ body: () throws(DestinationError) -> R)
    throws(DestinationError) -> R
  {
    do throws(DestinationError) { return try body() } catch {
      // The connection is closed, which rolls back what is left; the next use begins with a fresh look at the file.
      if !error.severity.isTransient || session.connection.isInTransaction { disconnect() }
      throw error
    }
  }

  // MARK: Looking

  func check(_ tables: [RecordTable]) -> Result<Message, DestinationError> {
    do throws(DestinationError) {
      let session = try opened()
      for table in tables { try session.rows.tables.require(table.name) }
      try session.steps.begin()
      do throws(DestinationError) {
        for table in tables { try session.rows.probe(table) }
      } catch {
        disconnect()
        throw error
      }
      try session.steps.rollBack()
      return .success("\(try version(session.connection))")
    } catch { return .failure(error) }
  }

  private func version(_ connection: SQLiteConnection) throws(DestinationError) -> String {
    do throws(SQLiteError) { return "SQLite \(try connection.text("SELECT sqlite_version()") ?? "")" } catch {
      throw DestinationError(error)
    }
  }

  func inspect(_ missions: [MissionID]) -> Result<[LoadedMission?], DestinationError> {
    do throws(DestinationError) {
      let session = try opened()
      var found: [LoadedMission?] = []
      for mission in missions { found.append(try session.rows.inspect(mission)) }
      return .success(found)
    } catch { return .failure(error) }
  }

  /// What the ledger says, all of it at one moment.
  func ledgers(of missions: [MissionID]) -> Result<[LoadedMission.Ledger?], DestinationError> {
    do throws(DestinationError) {
      let session = try opened()
      if missions.count > 1 { try execute("BEGIN", session.connection) }
      // Ends the reading; nothing was written that could be lost.
      defer { if missions.count > 1 { try? session.connection.execute("ROLLBACK") } }
      var found: [LoadedMission.Ledger?] = []
      for mission in missions { found.append(try session.rows.ledgerRow(mission)) }
      return .success(found)
    } catch { return .failure(error) }
  }

  /// Reads in one transaction, so that what is read belongs together.
  func answer<R>(_ body: (SQLiteRowReader) throws(DestinationError) -> R) -> Result<R, DestinationError> {
    do throws(DestinationError) {
      let session = try opened()
      try execute("BEGIN", session.connection)
      // Ends the reading; nothing was written that could be lost.
      defer { try? session.connection.execute("ROLLBACK") }
      return .success(try body(SQLiteRowReader(session.connection, session.rows.tables)))
    } catch { return .failure(error) }
  }

  /// In one transaction, so that the rows belong together.
  func compare(
    _ mission: MissionID, with result: SpooledResult, id: JSONPointer
  ) -> Result<Message?, DestinationError> {
    do throws(DestinationError) {
      let session = try opened()
      try execute("BEGIN", session.connection)
      // Ends the reading; nothing was written that could be lost.
      defer { try? session.connection.execute("ROLLBACK") }
      return .success(try session.rows.difference(mission, from: result, id))
    } catch { return .failure(error) }
  }

  /// Writes in one transaction.
  func change(_ body: (SQLiteRowReader) throws(DestinationError) -> Void) -> Result<Void, DestinationError> {
    do throws(DestinationError) {
      let session = try opened()
      let rows = SQLiteRowReader(session.connection, session.rows.tables)
      return .success(try transact(session) { () throws(DestinationError) in try body(rows) })
    } catch { return .failure(error) }
  }

  // MARK: The connection

  private func opened() throws(DestinationError) -> Session {
    if let session, !session.connection.hasMoved { return session }
    disconnect()
    let connection = try file.open()
    try SQLiteDestinationSchema(connection: connection).prepare()
    let opened = Session(
      connection: connection, rows: try SQLiteRowWriter(connection),
      steps: try SQLiteTransactionSteps(connection))
    session = opened
    return opened
  }

  /// SQLite does not clear away the write-ahead log of a file that has moved: the file in its place would take it in.
  private func disconnect() {
    guard let connection = session?.connection else { return }
    if connection.hasMoved {
      // What cannot be written to a file that nobody finds is no loss.
      if connection.isInTransaction { try? connection.execute("ROLLBACK") }
      try? connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }
    session = nil
  }

  deinit { disconnect() }

  private func execute(_ sql: String, _ connection: SQLiteConnection) throws(DestinationError) {
    do throws(SQLiteError) { try connection.execute(sql) } catch { throw DestinationError(error) }
  }
}
