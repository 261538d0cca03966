import MissionCore
import Ports
import SQLite

/// What `verify` asks of the tables: which missions are there, and the ads that were loaded. Transactions are the
/// caller's.
struct SQLiteRowReader {
  private let connection: SQLiteConnection
  private let ledger: SQLiteStatement
  private let nextInAds: SQLiteStatement

  init(_ connection: SQLiteConnection) throws(DestinationError) {
    self.connection = connection
    do throws(SQLiteError) {
      ledger = try connection.prepare(
        "SELECT mission_id FROM missions WHERE mission_id > ? ORDER BY mission_id LIMIT ?")
      nextInAds = try connection.prepare(
        "SELECT mission_id FROM ads WHERE mission_id > ? ORDER BY mission_id LIMIT 1")
    } catch { throw DestinationError(error) }
  }

  /// By mission id, bytewise.
  func missions(after: String?, limit: Int) throws(DestinationError) -> [String] {
    do throws(SQLiteError) {
      let after = after ?? ""
      try ledger.bind(after, at: 1)
      try ledger.bind(limit, at: 2)
      var found: Set<String> = []
      var last: String?
      while try ledger.step() {
        let id = ledger.text(0) ?? ""
        found.insert(id)
        last = id
      }
      ledger.reset()
      // Only as far as the ledger's page goes: what lies behind it comes with the next one.
      let end = found.count == limit ? last : nil
      var place = after
      for _ in 0..<limit {
        guard let next = try missionInAds(after: place) else { break }
        if let end, end.utf8.lexicographicallyPrecedes(next.utf8) { break }
        found.insert(next)
        place = next
      }
      return Array(found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(limit))
    } catch { throw DestinationError(error) }
  }

  /// One seek in the primary key's index for each mission, however many ads it has.
  private func missionInAds(after: String) throws(SQLiteError) -> String? {
    defer { nextInAds.reset() }
    try nextInAds.bind(after, at: 1)
    return try nextInAds.step() ? nextInAds.text(0) : nil
  }

  /// False when a place has no row.
  func readAds(
    of mission: MissionID, ad: (UnsafeRawBufferPointer) -> Void
  ) throws(DestinationError) -> Bool {
    do throws(SQLiteError) {
      guard let rows = try rowsInOrder(mission.description) else { return false }
      let data = try connection.prepare("SELECT data FROM ads WHERE rowid = ?")
      for row in rows {
        try data.bind(row, at: 1)
        guard try data.step() else { return false }
        data.withTextBytes(0) { ad($0) }
        data.reset()
      }
      return true
    } catch { throw DestinationError(error) }
  }

  /// The rows by their place in the result; nil when a place is missing. Only numbers are sorted, so that large ads
  /// take no memory here.
  private func rowsInOrder(_ mission: String) throws(SQLiteError) -> [Int64]? {
    let places = try connection.prepare(
      "SELECT rowid, position FROM ads WHERE mission_id = ? ORDER BY position")
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
