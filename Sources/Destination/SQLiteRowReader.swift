import MissionCore
import SQLite

/// What `verify` asks of the tables: which missions are there, and the bytes that were loaded. Transactions are the
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

  /// False when the rows cannot give an array of that size.
  func rebuild(
    _ mission: MissionID, size: Int64, piece: (UnsafeRawBufferPointer) -> Void
  ) throws(DestinationError) -> Bool {
    do throws(SQLiteError) {
      let (rows, bytes) = try rowsInOrder(mission.description)
      guard let rows, let separator = Self.separator(rows: rows.count, bytes: bytes, size: size) else {
        return false
      }
      let data = try connection.prepare("SELECT data FROM ads WHERE rowid = ?")
      Self.give("[", to: piece)
      for (index, row) in rows.enumerated() {
        if index > 0 { Self.give(separator, to: piece) }
        try data.bind(row, at: 1)
        guard try data.step() else { return false }
        data.withTextBytes(0) { piece($0) }
        data.reset()
      }
      Self.give("]", to: piece)
      return true
    } catch { throw DestinationError(error) }
  }

  /// The rows by their place in the result, and the bytes of all ads; no rows when a place is missing.
  ///
  /// Only numbers are sorted, so that large ads take no memory here.
  private func rowsInOrder(_ mission: String) throws(SQLiteError) -> (rows: [Int64]?, bytes: Int64) {
    let places = try connection.prepare(
      """
      SELECT rowid, position, length(CAST(data AS BLOB)) FROM ads WHERE mission_id = ? ORDER BY position
      """)
    try places.bind(mission, at: 1)
    var rows: [Int64] = []
    var bytes: Int64 = 0
    while try places.step() {
      guard places.int(1) == rows.count else { return (nil, 0) }
      rows.append(places.integer(0))
      bytes += places.integer(2)
    }
    return (rows, bytes)
  }

  /// What stood between two ads, judged by what the brackets and the ads leave of the array's size: the two ways
  /// in which JSON libraries write arrays on one line. Nil when it was something else.
  static func separator(rows: Int, bytes: Int64, size: Int64) -> StaticString? {
    let rest = size - bytes - 2
    if rows < 2 { return rest == 0 ? "," : nil }
    if rest == Int64(rows - 1) { return "," }
    return rest == 2 * Int64(rows - 1) ? ", " : nil
  }

  private static func give(_ text: StaticString, to piece: (UnsafeRawBufferPointer) -> Void) {
    piece(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  func remove(_ missions: [MissionID]) throws(DestinationError) {
    do throws(SQLiteError) {
      for table in ["ads", "missions"] {
        let delete = try connection.prepare("DELETE FROM \(table) WHERE mission_id = ?")
        for mission in missions {
          try delete.bind(mission.description, at: 1)
          try delete.run()
        }
      }
    } catch { throw DestinationError(error) }
  }
}
