import JSONStream
import MissionCore
import Ports
import Records
import SQLite

/// Compares a mission's rows with those that a result's bytes make. Transactions are the caller's.
struct SQLiteRowComparison {
  private let table: SQLiteRecordTable
  private var words: RowDifference { RowDifference(in: table.name) }

  init(_ table: SQLiteRecordTable) { self.table = table }

  /// Nil when there are as many rows as the plan has, each where and as it should be.
  func firstDifference(
    of mission: String, from plan: RowPlan, _ planned: PlannedBytes
  ) throws(DestinationError) -> Message? {
    let found = try table.count(mission)
    guard found == plan.rows else { return words.count(found, of: plan.rows) }
    var difference: Message?
    try planned.rows(of: plan) { expected throws(DestinationError) in
      guard difference == nil else { return }
      difference = try self.difference(mission, expected, planned.bytes)
    }
    return difference
  }

  private func difference(
    _ mission: String, _ expected: RecordRow, _ bytes: UnsafeRawBufferPointer
  ) throws(DestinationError) -> Message? {
    let row = table.row
    do throws(SQLiteError) {
      defer { row.reset() }
      try row.bind(mission, at: 1)
      try row.bind(expected.id.text(in: bytes), at: 2)
      guard try row.step() else { return words.missing(expected.position) }
      return difference(row, expected, bytes)
    } catch { throw DestinationError(error, at: "\(table.name.word) at position \(expected.position)") }
  }

  /// Of a row (place, data, id) from an expected one.
  private func difference(
    _ row: SQLiteStatement, _ expected: RecordRow, _ bytes: UnsafeRawBufferPointer
  ) -> Message? {
    let position = expected.position
    guard row.int(0) == position else { return words.moved(position, to: row.int(0)) }
    // Bytewise: texts that only look alike are equal as Strings.
    let isSameID = row.withTextBytes(2) { $0.elementsEqual(expected.id.text(in: bytes).utf8) }
    guard isSameID else { return words.renamed(position) }
    let isSame = row.withTextBytes(1) {
      JSONComparison.isEqual(UnsafeRawBufferPointer(rebasing: bytes[expected.data]), $0)
    }
    return isSame ? nil : words.altered(position)
  }

  /// Removes the rows that are not what the plan has at their place; says how many. Of all rows two numbers are kept, so
  /// that large records take no memory here.
  func removeDiffering(
    of mission: String, from plan: RowPlan, _ planned: PlannedBytes
  ) throws(DestinationError) -> Int {
    var rest = try places(of: mission)[...]
    var unwanted: [Int64] = []
    let single = try table.prepared(
      "SELECT position, data, \(table.name.idColumn) FROM \(table.quoted) WHERE rowid = ?")
    try planned.rows(of: plan) { expected throws(DestinationError) in
      while let next = rest.first, next.position <= expected.position {
        rest.removeFirst()
        var isGood = next.position == expected.position
        if isGood { isGood = try isEqual(next.row, expected, planned.bytes, single) }
        if !isGood { unwanted.append(next.row) }
      }
    }
    return try remove(unwanted + rest.map(\.row))
  }

  private func isEqual(
    _ row: Int64, _ expected: RecordRow, _ bytes: UnsafeRawBufferPointer, _ single: SQLiteStatement
  ) throws(DestinationError) -> Bool {
    do throws(SQLiteError) {
      defer { single.reset() }
      try single.bind(row, at: 1)
      return try single.step() && difference(single, expected, bytes) == nil
    } catch { throw DestinationError(error) }
  }

  /// The places of the mission's rows, ascending. The same place twice is somebody's change.
  private func places(of mission: String) throws(DestinationError) -> [(position: Int, row: Int64)] {
    let rows = try table.prepared(
      "SELECT position, rowid FROM \(table.quoted) WHERE mission_id = ? ORDER BY position")
    do throws(SQLiteError) {
      try rows.bind(mission, at: 1)
      var places: [(position: Int, row: Int64)] = []
      while try rows.step() { places.append((rows.int(0), rows.integer(1))) }
      return places
    } catch { throw DestinationError(error) }
  }

  private func remove(_ rows: [Int64]) throws(DestinationError) -> Int {
    let delete = try table.prepared("DELETE FROM \(table.quoted) WHERE rowid = ?")
    do throws(SQLiteError) {
      var removed = 0
      for row in rows {
        try delete.bind(row, at: 1)
        try delete.run()
        removed += table.connection.changes
      }
      return removed
    } catch { throw DestinationError(error) }
  }
}
