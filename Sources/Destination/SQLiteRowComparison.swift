import JSONStream
import MissionCore
import SQLite

/// Compares a mission's rows with those that a result's bytes make. Transactions are the caller's.
final class SQLiteRowComparison {
  private let connection: SQLiteConnection
  private let row: SQLiteStatement
  private let countAds: SQLiteStatement

  init(_ connection: SQLiteConnection) throws(DestinationError) {
    self.connection = connection
    do throws(SQLiteError) {
      row = try connection.prepare(
        "SELECT position, data, ad_id FROM ads WHERE mission_id = ? AND ad_id = ?", isPersistent: true)
      countAds = try connection.prepare("SELECT count(*) FROM ads WHERE mission_id = ?", isPersistent: true)
    } catch { throw DestinationError(error) }
  }

  /// Rows that `ads` has of the mission.
  func count(_ mission: String) throws(DestinationError) -> Int {
    do throws(SQLiteError) {
      defer { countAds.reset() }
      try countAds.bind(mission, at: 1)
      return try countAds.step() ? countAds.int(0) : 0
    } catch { throw DestinationError(error) }
  }

  /// Nil when there are as many rows as the plan has, each where and as it should be.
  func firstDifference(
    of mission: String, from plan: RowPlan, _ planned: PlannedBytes
  ) throws(DestinationError) -> String? {
    let found = try count(mission)
    guard found == plan.rows else { return RowDifference.count(found, of: plan.rows) }
    var difference: String?
    try planned.rows(of: plan) { expected throws(DestinationError) in
      guard difference == nil else { return }
      difference = try self.difference(mission, expected, planned.bytes)
    }
    return difference
  }

  private func difference(
    _ mission: String, _ expected: AdRow, _ bytes: UnsafeRawBufferPointer
  ) throws(DestinationError) -> String? {
    do throws(SQLiteError) {
      defer { row.reset() }
      try row.bind(mission, at: 1)
      try row.bind(expected.id.text(in: bytes), at: 2)
      guard try row.step() else { return RowDifference.missing(expected.position) }
      return Self.difference(row, expected, bytes)
    } catch { throw DestinationError(error, at: "ad at position \(expected.position)") }
  }

  /// Of a row (place, data, id) from an expected one.
  private static func difference(
    _ row: SQLiteStatement, _ expected: AdRow, _ bytes: UnsafeRawBufferPointer
  ) -> String? {
    let position = expected.position
    guard row.int(0) == position else { return RowDifference.moved(position, to: row.int(0)) }
    // Bytewise: texts that only look alike are equal as Strings.
    let isSameID = row.withTextBytes(2) { $0.elementsEqual(expected.id.text(in: bytes).utf8) }
    guard isSameID else { return RowDifference.renamed(position) }
    let isSame = row.withTextBytes(1) {
      JSONComparison.isEqual(UnsafeRawBufferPointer(rebasing: bytes[expected.data]), $0)
    }
    return isSame ? nil : RowDifference.altered(position)
  }

  /// Removes the rows that are not what the plan has at their place; says how many. Only numbers are kept of all rows.
  func removeDiffering(
    of mission: String, from plan: RowPlan, _ planned: PlannedBytes
  ) throws(DestinationError) -> Int {
    do {
      var kept = try places(of: mission)
      var unwanted: [Int64] = []
      let single = try connection.prepare("SELECT position, data, ad_id FROM ads WHERE rowid = ?")
      try planned.rows(of: plan) { expected throws(DestinationError) in
        guard let rows = kept.removeValue(forKey: expected.position) else { return }
        for row in rows {
          do throws(SQLiteError) {
            defer { single.reset() }
            try single.bind(row, at: 1)
            let isGood = try single.step() && Self.difference(single, expected, planned.bytes) == nil
            if !isGood { unwanted.append(row) }
          } catch { throw DestinationError(error) }
        }
      }
      unwanted += kept.values.joined()
      let delete = try connection.prepare("DELETE FROM ads WHERE rowid = ?")
      var removed = 0
      for row in unwanted {
        try delete.bind(row, at: 1)
        try delete.run()
        removed += connection.changes
      }
      return removed
    } catch let error as DestinationError {
      throw error
    } catch let error as SQLiteError {
      throw DestinationError(error)
    } catch {
      throw DestinationError(.destinationOther, "\(error)")
    }
  }

  /// The rows at each place; more than one only after somebody's change.
  private func places(of mission: String) throws(SQLiteError) -> [Int: [Int64]] {
    let rows = try connection.prepare("SELECT position, rowid FROM ads WHERE mission_id = ?")
    try rows.bind(mission, at: 1)
    var places: [Int: [Int64]] = [:]
    while try rows.step() { places[rows.int(0), default: []].append(rows.integer(1)) }
    return places
  }
}
