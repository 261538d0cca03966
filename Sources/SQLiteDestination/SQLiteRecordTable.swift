import MissionCore
import Ports
import Records
import SQLite

/// One table of records, with statements that stay prepared. Transactions are the caller's.
final class SQLiteRecordTable {
  let name: TableName
  /// As it stands in statements; the name is from an allow-list and may still be a word of SQL.
  var quoted: String { Self.quoted(name) }
  let delete: SQLiteStatement
  let insert: SQLiteStatement
  let update: SQLiteStatement
  /// A row's place, data and id, found by mission and id.
  let row: SQLiteStatement
  private let countRows: SQLiteStatement
  let connection: SQLiteConnection

  static func quoted(_ name: TableName) -> String { "\"\(name)\"" }

  /// - Throws: when the table is not there or has other columns.
  init(_ connection: SQLiteConnection, _ name: TableName) throws(DestinationError) {
    self.connection = connection
    self.name = name
    let (table, id) = (Self.quoted(name), name.idColumn)
    do throws(SQLiteError) {
      delete = try connection.prepare("DELETE FROM \(table) WHERE mission_id = ?", isPersistent: true)
      // Only our own key: what somebody's index does not let in is an error and no repeated id.
      insert = try connection.prepare(
        """
        INSERT INTO \(table) (mission_id, \(id), position, data) VALUES (?, ?, ?, ?)
        ON CONFLICT (mission_id, \(id)) DO NOTHING
        """, isPersistent: true)
      update = try connection.prepare(
        "UPDATE \(table) SET position = ?3, data = ?4 WHERE mission_id = ?1 AND \(id) = ?2",
        isPersistent: true)
      row = try connection.prepare(
        "SELECT position, data, \(id) FROM \(table) WHERE mission_id = ? AND \(id) = ?", isPersistent: true)
      countRows = try connection.prepare(
        "SELECT count(*) FROM \(table) WHERE mission_id = ?", isPersistent: true)
    } catch { throw DestinationError(error) }
  }

  /// Rows that it has of the mission.
  func count(_ mission: String) throws(DestinationError) -> Int {
    do throws(SQLiteError) {
      defer { countRows.reset() }
      try countRows.bind(mission, at: 1)
      return try countRows.step() ? countRows.int(0) : 0
    } catch { throw DestinationError(error) }
  }

  /// Removes the mission's rows; says how many went.
  func removeAll(_ mission: String) throws(DestinationError) -> Int {
    do throws(SQLiteError) {
      try delete.bind(mission, at: 1)
      try delete.run()
      return connection.changes
    } catch { throw DestinationError(error) }
  }

  func prepared(_ sql: String) throws(DestinationError) -> SQLiteStatement {
    do throws(SQLiteError) { return try connection.prepare(sql) } catch { throw DestinationError(error) }
  }
}
