import MissionCore
import Ports
import SQLite

/// What `verify` asks of the tables: which missions are there, and the records that were loaded. Transactions are the
/// caller's.
struct SQLiteRowReader {
  private let connection: SQLiteConnection
  private let tables: SQLiteRecordTables

  init(_ connection: SQLiteConnection, _ tables: SQLiteRecordTables) {
    self.connection = connection
    self.tables = tables
  }

  /// By mission id, bytewise.
  func missions(after: String?, limit: Int) throws(DestinationError) -> [String] {
    let tables = try tables.all()
    do throws(SQLiteError) {
      let after = after ?? ""
      let ledger = try connection.prepare(
        "SELECT mission_id FROM missions WHERE mission_id > ? ORDER BY mission_id LIMIT ?")
      try ledger.bind(after, at: 1)
      try ledger.bind(limit, at: 2)
      var found: Set<String> = []
      var last: String?
      while try ledger.step() {
        let id = ledger.text(0) ?? ""
        found.insert(id)
        last = id
      }
      // Only as far as the ledger's page goes: what lies behind it comes with the next one.
      let end = found.count == limit ? last : nil
      for table in tables { try find(in: table, after: after, end: end, limit: limit, &found) }
      return Array(found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(limit))
    } catch { throw DestinationError(error) }
  }

  /// One seek in the primary key's index for each mission, however many records it has.
  private func find(
    in table: SQLiteRecordTable, after: String, end: String?, limit: Int, _ found: inout Set<String>
  ) throws(SQLiteError) {
    let next = try connection.prepare(
      "SELECT mission_id FROM \(table.quoted) WHERE mission_id > ? ORDER BY mission_id LIMIT 1")
    var place = after
    for _ in 0..<limit {
      try next.bind(place, at: 1)
      guard try next.step(), let mission = next.text(0) else { return }
      next.reset()
      if let end, end.utf8.lexicographicallyPrecedes(mission.utf8) { return }
      found.insert(mission)
      place = mission
    }
  }

  /// From the table that the ledger names. False when a place has no row.
  func readAds(
    of mission: MissionID, ad: (UnsafeRawBufferPointer) -> Void
  ) throws(DestinationError) -> Bool {
    let name = try SQLiteLedger(connection).row(of: mission.description)?.table ?? .ads
    guard let table = try tables.named(name) else { return false }
    do throws(SQLiteError) {
      guard let rows = try rowsInOrder(mission.description, table) else { return false }
      let data = try connection.prepare("SELECT data FROM \(table.quoted) WHERE rowid = ?")
      for row in rows {
        try data.bind(row, at: 1)
        guard try data.step() else { return false }
        data.withTextBytes(0) { ad($0) }
        data.reset()
      }
      return true
    } catch { throw DestinationError(error) }
  }

  /// The rows by their place in the result; nil when a place is missing. Only numbers are sorted, so that large records
  /// take no memory here.
  private func rowsInOrder(_ mission: String, _ table: SQLiteRecordTable) throws(SQLiteError) -> [Int64]? {
    let places = try connection.prepare(
      "SELECT rowid, position FROM \(table.quoted) WHERE mission_id = ? ORDER BY position")
    try places.bind(mission, at: 1)
    var rows: [Int64] = []
    while try places.step() {
      guard places.int(1) == rows.count else { return nil }
      rows.append(places.integer(0))
    }
    return rows
  }

  func distrust(_ missions: [MissionID]) throws(DestinationError) {
    do throws(SQLiteError) {
      let update = try connection.prepare("UPDATE missions SET sha256 = '' WHERE mission_id = ?")
      for mission in missions {
        try update.bind(mission.description, at: 1)
        try update.run()
      }
    } catch { throw DestinationError(error) }
  }
}
