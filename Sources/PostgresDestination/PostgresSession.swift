import Failpoints
import MissionCore
import Ports

/// A connection whose tables were found to be in order: statements and transactions in the destination's words.
///
/// Everything is inside transactions and nothing is prepared or set beyond them, so that a pooler such as PgBouncer
/// may stand between.
final class PostgresSession {
  let schema: PostgresSchema
  let tables: PostgresRecordTables
  private let link: PostgresServerLink
  private let connection: LibpqConnection
  private let beginning: String
  /// Set by whatever goes wrong with the connection itself.
  private(set) var isLost = false

  /// Connects and prepares the tables.
  init(_ connection: LibpqConnection, _ link: PostgresServerLink) throws(DestinationError) {
    self.link = link
    self.connection = connection
    schema = PostgresSchema(link.settings.schema)
    tables = PostgresRecordTables(schema)
    let milliseconds = max(1, Int64((link.settings.statementTimeout / .milliseconds(1)).rounded(.up)))
    beginning = """
      BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL statement_timeout = \(milliseconds);
      SET LOCAL synchronous_commit = \(try Self.synchronousCommit(connection, link))
      """
    try transaction { () throws(DestinationError) in try schema.prepare(self) }
  }

  /// Examines the server. What we report as loaded must be durable, so a database where that is switched off waits
  /// for its own disk all the same; stricter settings stay.
  private static func synchronousCommit(_ connection: LibpqConnection, _ link: PostgresServerLink)
    throws(DestinationError) -> String
  {
    let row: LibpqConnection.Row
    do throws(LibpqError) {
      let rows = try connection.query(
        "SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('synchronous_commit')", [],
        deadline: link.statementDeadline)
      row = rows.first ?? []
    } catch { throw link.error(error) }
    let fault = PostgresServerLink.fault(
      version: connection.serverVersion, encoding: connection.parameter("server_encoding") ?? "unknown",
      isInRecovery: row.first == "t")
    if let fault { throw fault }
    let setting = row.last.flatMap { $0 } ?? "on"
    return ["local", "remote_write", "remote_apply"].contains(setting) ? setting : "on"
  }

  /// `PostgreSQL 15.13, TLSv1.3`.
  var serverText: Message {
    let version = PostgresServerLink.versionText(connection.serverVersion)
    return connection.tlsVersion.map { "PostgreSQL \(version), \($0)" }
      ?? "PostgreSQL \(version), without TLS"
  }

  // MARK: Transactions

  func begin() throws(DestinationError) { try run(beginning) }

  /// Undoes what the transaction did. When even that fails the connection is given up, which does the same.
  func rollback() {
    guard !isLost else { return }
    do throws(DestinationError) { try run("ROLLBACK") } catch { isLost = true }
  }

  /// - Throws: what the server says; when `isLost` then, whether the transaction took effect is unknown.
  func commit() throws(DestinationError) {
    Failpoint.reach("destination.commit.before")
    let tag = try mapped { () throws(LibpqError) in
      try connection.run("COMMIT", deadline: link.statementDeadline)
    }
    Failpoint.reach("destination.commit.after")
    // A transaction that cannot be committed is rolled back without an error.
    guard tag == "COMMIT" else {
      throw DestinationError(.destinationOther, "the server answered COMMIT with \(tag)")
    }
  }

  private func transaction(_ body: () throws(DestinationError) -> Void) throws(DestinationError) {
    try begin()
    do throws(DestinationError) { try body() } catch {
      rollback()
      throw error
    }
    try commit()
  }

  // MARK: Statements

  /// Statements of our own without values.
  func run(_ sql: String) throws(DestinationError) {
    _ = try mapped { () throws(LibpqError) in try connection.run(sql, deadline: link.statementDeadline) }
  }

  func query(_ sql: String, _ values: [String]) throws(DestinationError) -> [LibpqConnection.Row] {
    try mapped { () throws(LibpqError) in
      try connection.query(sql, values, deadline: link.statementDeadline)
    }
  }

  /// Rows that the last `query` or `copy` says it changed.
  var changes: Int { connection.changes }

  /// Copies rows into a table of records.
  /// - Parameter position: the place in the result of the row that was sent as number so and so, from 1.
  func copy(
    to table: TableName, mission: MissionID, position: (Int) -> Int,
    _ body: (CopyRows) throws(CopyFailure) -> Void
  ) throws(DestinationError) {
    let deadline = link.statementDeadline
    let sql =
      "COPY \(schema.table(table)) (mission_id, \(table.idColumn), position, data) FROM STDIN (FORMAT binary)"
    do throws(CopyFailure) {
      do throws(LibpqError) { try connection.beginCopy(sql, deadline: deadline) } catch {
        throw CopyFailure.libpq(error)
      }
      let rows = CopyRows(connection, mission: mission, deadline: deadline)
      try body(rows)
      do throws(LibpqError) {
        try rows.finish()
        try connection.endCopy(deadline: deadline)
      } catch { throw CopyFailure.libpq(error) }
    } catch {
      switch error {
      case .libpq(let error):
        throw noted(error, at: error.copyRow.map { "\(table.word) at position \(position($0))" })
      case .destination(let error):
        // In the middle of a COPY nothing else can be said on this connection.
        isLost = true
        throw error
      }
    }
  }

  private func mapped<R>(_ body: () throws(LibpqError) -> R) throws(DestinationError) -> R {
    do throws(LibpqError) { return try body() } catch { throw noted(error) }
  }

  private func noted(_ error: LibpqError, at place: Message? = nil) -> DestinationError {
    if error.kind != .statement { isLost = true }
    return link.error(error, at: place)
  }
}

/// What ends a COPY from our side: the connection, or what is to be copied.
enum CopyFailure: Error {
  case libpq(LibpqError)
  case destination(DestinationError)
}
