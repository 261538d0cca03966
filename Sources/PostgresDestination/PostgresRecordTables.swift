import MissionCore
import Ports

/// The tables of records that a schema has of ours. `mission_control_tables` names them, each with the version of its
/// columns: what it does not name belongs to somebody else and is never touched. Transactions are the caller's.
final class PostgresRecordTables {
  private let schema: PostgresSchema
  /// Found to be in order on this connection.
  private var required: Set<TableName> = [.ads]

  /// Of the columns of a table of records.
  private static let newestVersion = 1

  init(_ schema: PostgresSchema) { self.schema = schema }

  func isRequired(_ name: TableName) -> Bool { required.contains(name) }

  /// To be called once the transaction of `require` is committed.
  func noteRequired(_ name: TableName) { required.insert(name) }

  /// Makes the table when it is absent; refuses one that is not as we made it.
  func require(_ name: TableName, _ session: PostgresSession) throws(DestinationError) {
    if try version(of: name, session) == nil {
      try schema.lock(session)
      // Another process may have made it before we got the lock.
      if try version(of: name, session) == nil { try make(name, session) }
    }
    if let version = try version(of: name, session), version > Self.newestVersion {
      throw schema.unfit(
        "the table \(name) has version \(version), newer than \(Self.newestVersion) that this program knows",
        "update the program")
    }
    try schema.verify(name, session)
  }

  private func version(of name: TableName, _ session: PostgresSession) throws(DestinationError) -> Int? {
    let rows = try session.query(
      "SELECT version FROM \(schema.tables) WHERE name = $1", [name.description])
    return rows.first.map { $0[0].flatMap { Int($0) } ?? .max }
  }

  private func make(_ name: TableName, _ session: PostgresSession) throws(DestinationError) {
    if try !schema.relations([name.description], session).isEmpty {
      throw schema.foreign(name.description, "name another table for this source")
    }
    let statements = [
      schema.recordTable(name), "INSERT INTO \(schema.tables) VALUES ('\(name)', \(Self.newestVersion))",
    ]
    try requireRights(for: name, statements, session)
    for statement in statements { try session.run(statement) }
  }

  /// Who may load need not be who may make tables.
  private func requireRights(
    for name: TableName, _ statements: [String], _ session: PostgresSession
  ) throws(DestinationError) {
    let row = try session.query(
      """
      SELECT pg_catalog.has_schema_privilege($1, 'CREATE')
        AND pg_catalog.has_table_privilege('\(schema.literal("mission_control_tables"))', 'INSERT'), pg_catalog.quote_ident(current_user)
      """, [schema.name]
    ).first
    if row?[0] == "t" { return }
    let grant = "GRANT SELECT, INSERT, UPDATE, DELETE ON \(schema.table(name)) TO \(row?[1] ?? "PUBLIC")"
    let typed = (statements + [grant]).map { "\($0);" }.joined(separator: " ")
    throw schema.unfit(
      "the table \(name) is not there and this user may not make it", "have the schema's owner type: \(typed)"
    )
  }

  /// Whether a table that a ledger row names is there; one of its name that is not ours is refused.
  func isThere(_ name: TableName, _ session: PostgresSession) throws(DestinationError) -> Bool {
    if isRequired(name) { return true }
    let isFound = try !schema.relations([name.description], session).isEmpty
    guard try version(of: name, session) == nil else { return isFound }
    if isFound { throw schema.foreign(name.description, "the ledger names it") }
    return false
  }

  /// All that are there.
  func all(_ session: PostgresSession) throws(DestinationError) -> [TableName] {
    try session.query(
      """
      SELECT t.name FROM \(schema.tables) t JOIN pg_catalog.pg_class c ON c.relname = t.name
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 ORDER BY 1
      """, [schema.name]
    ).compactMap { row in row[0].flatMap { TableName($0) } }
  }
}
