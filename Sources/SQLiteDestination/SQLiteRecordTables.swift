import Failpoints
import MissionCore
import Ports
import SQLite

/// The tables of records that a SQLite file has of ours. `mission_control_tables` names them, each with the version of
/// its columns: what it does not name belongs to somebody else and is never touched.
final class SQLiteRecordTables {
  private let connection: SQLiteConnection
  private let version: SQLiteStatement
  private let names: SQLiteStatement
  private var known: [TableName: SQLiteRecordTable] = [:]

  /// Of the columns of a table of records.
  private static let newestVersion: Int64 = 1

  init(_ connection: SQLiteConnection) throws(DestinationError) {
    self.connection = connection
    do throws(SQLiteError) {
      version = try connection.prepare(
        "SELECT version FROM mission_control_tables WHERE name = ?", isPersistent: true)
      names = try connection.prepare(
        "SELECT name FROM mission_control_tables ORDER BY name", isPersistent: true)
    } catch { throw DestinationError(error) }
    // Looked at with the ledger.
    known[.ads] = try SQLiteRecordTable(connection, .ads)
  }

  /// Makes the table when it is absent, in a transaction of its own; refuses one that is not as we made it.
  func require(_ name: TableName) throws(DestinationError) {
    guard known[name] == nil else { return }
    let schema = SQLiteDestinationSchema(connection: connection)
    try schema.transaction { () throws(DestinationError) in
      try makeIfAbsent(name, schema)
      try schema.verify(name)
    }
    known[name] = try SQLiteRecordTable(connection, name)
  }

  private func makeIfAbsent(_ name: TableName, _ schema: SQLiteDestinationSchema) throws(DestinationError) {
    if let version = try version(of: name) {
      guard version <= Self.newestVersion else {
        throw DestinationError(
          .destinationDoesNotFit,
          "the table \(name) has version \(version), newer than \(Self.newestVersion) that this program knows: update it"
        )
      }
      return
    }
    try schema.refuseForeign(name.description, "name another table for this source or move it away")
    do throws(SQLiteError) {
      try connection.execute(SQLiteDestinationSchema.recordTable(name))
      let note = try connection.prepare("INSERT INTO mission_control_tables VALUES (?, ?)")
      try note.bind(name.description, at: 1)
      try note.bind(Self.newestVersion, at: 2)
      try note.run()
    } catch { throw DestinationError(error) }
  }

  private func version(of name: TableName) throws(DestinationError) -> Int64? {
    do throws(SQLiteError) {
      defer { version.reset() }
      try version.bind(name.description, at: 1)
      return try version.step() ? version.integer(0) : nil
    } catch { throw DestinationError(error) }
  }

  /// A table that was required before.
  func required(_ name: TableName) throws(DestinationError) -> SQLiteRecordTable {
    guard let table = known[name] else {
      throw DestinationError(.destinationOther, "the table \(name) was not prepared")
    }
    return table
  }

  /// A table that a ledger row names; nil when there is none any more.
  func named(_ name: TableName) throws(DestinationError) -> SQLiteRecordTable? {
    if let table = known[name] { return table }
    let schema = SQLiteDestinationSchema(connection: connection)
    guard try version(of: name) != nil else {
      try schema.refuseForeign(name.description, "the ledger names it")
      return nil
    }
    guard try schema.exists(name.description) else { return nil }
    let table = try SQLiteRecordTable(connection, name)
    known[name] = table
    return table
  }

  /// All that are there.
  func all() throws(DestinationError) -> [SQLiteRecordTable] {
    var found: [String] = []
    do throws(SQLiteError) {
      defer { names.reset() }
      while try names.step() { found.append(names.text(0) ?? "") }
    } catch { throw DestinationError(error) }
    var tables: [SQLiteRecordTable] = []
    for name in found.compactMap({ TableName($0) }) {
      if let table = try named(name) { tables.append(table) }
    }
    return tables
  }
}
