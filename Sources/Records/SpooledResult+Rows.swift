import MissionCore
import Ports

extension SpooledResult {
  /// `withBytes`, with the destination's errors: what else can fail is the spool, whose file cannot be read or has other
  /// bytes than were written. What `body` wrote must then not be committed.
  package func withFailures<R>(
    _ body: (_ bytes: UnsafeRawBufferPointer, _ release: @escaping (Int) -> Void) throws(DestinationError) ->
      R
  ) throws(DestinationError) -> R {
    do {
      return try withBytes { bytes, release in try body(bytes, release) }
    } catch let error as DestinationError {
      throw error
    } catch let error as SpoolError {
      throw DestinationError(spool: error)
    } catch {
      throw DestinationError(.destinationOther, "\(error)")
    }
  }

  /// The bytes, and which of their elements become rows of the table.
  package func withPlannedBytes<R>(
    for table: RecordTable, _ body: (PlannedBytes, RowPlan) throws(DestinationError) -> R
  ) throws(DestinationError) -> R {
    try withFailures { bytes, release throws(DestinationError) in
      try body(
        PlannedBytes(bytes: bytes, table: table, release: release),
        try RowPlan(bytes, for: table, release: release))
    }
  }
}

/// A result's bytes, as `SpooledResult.withBytes` gives them.
package struct PlannedBytes {
  package let bytes: UnsafeRawBufferPointer
  /// Where their rows go.
  package let table: RecordTable
  package let release: (Int) -> Void

  package init(bytes: UnsafeRawBufferPointer, table: RecordTable, release: @escaping (Int) -> Void) {
    self.bytes = bytes
    self.table = table
    self.release = release
  }

  /// Gives the elements that become rows, in their order.
  package func rows(
    of plan: RowPlan, _ body: (RecordRow) throws(DestinationError) -> Void
  ) throws(DestinationError) {
    var reader = RecordRowReader(bytes, for: table, release: release)
    while let row = try reader.next() {
      if !plan.superseded.contains(row.position) { try body(row) }
    }
  }
}
