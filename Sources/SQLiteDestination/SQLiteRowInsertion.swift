import MissionCore
import Ports
import Records
import SQLite
import Threads

/// Puts the rows of one result into a table. Transactions are the caller's.
struct SQLiteRowInsertion {
  let request: LoadRequest
  let table: SQLiteRecordTable
  let deadline: Moment

  /// Rows between two looks at the clock.
  private static let rowsPerDeadlineCheck = 64

  /// Answers how many elements the result has, and how many rows were new.
  func run() throws(DestinationError) -> (elements: Int, written: Int) {
    defer { for statement in [table.insert, table.update] { statement.clearBindings() } }
    do throws(SQLiteError) {
      try table.insert.bind(request.mission.description, at: 1)
      try table.update.bind(request.mission.description, at: 1)
    } catch { throw DestinationError(error) }
    var written = 0
    guard request.replaces else {
      return try request.result.withFailures { bytes, release throws(DestinationError) in
        var reader = RecordRowReader(bytes, for: request.table, release: release)
        while let row = try reader.next() { try insert(row, bytes, &written) }
        return (reader.count, written)
      }
    }
    // What is there now is as it should be, so that only what is missing is written.
    return try request.result.withPlannedBytes(for: request.table) { planned, plan throws(DestinationError) in
      try planned.rows(of: plan) { row throws(DestinationError) in
        try insert(row, planned.bytes, &written, updates: false)
      }
      return (plan.elements, written)
    }
  }

  /// - Parameter updates: whether a record of an id that was there already takes its place.
  @inline(__always)
  private func insert(
    _ row: RecordRow, _ bytes: UnsafeRawBufferPointer, _ written: inout Int, updates: Bool = true
  ) throws(DestinationError) {
    do throws(SQLiteError) {
      try write(row, with: table.insert, bytes)
      if table.connection.changes > 0 {
        written += 1
      } else if updates {
        try write(row, with: table.update, bytes)
      }
    } catch { throw DestinationError(error, at: "\(table.name.word) at position \(row.position)") }
    if row.position % Self.rowsPerDeadlineCheck == 0, Moment.now > deadline {
      throw DestinationError(
        .destinationTimedOut,
        "loading took longer than execution.timeouts.statement allows, at \(table.name.word) \(row.position)"
      )
    }
  }

  @inline(__always)
  private func write(_ row: RecordRow, with statement: SQLiteStatement, _ bytes: UnsafeRawBufferPointer)
    throws(SQLiteError)
  {
    // Borrowed: the bytes stay until `run` clears the bindings.
    switch row.id {
    case .place(let range):
      try statement.bind(borrowedText: UnsafeRawBufferPointer(rebasing: bytes[range]), at: 2)
    case .text(let text): try statement.bind(text, at: 2)
    }
    try statement.bind(row.position, at: 3)
    try statement.bind(borrowedText: UnsafeRawBufferPointer(rebasing: bytes[row.data]), at: 4)
    try statement.run()
  }
}
