import MissionCore
import SQLite

/// Collects missions in whatever order they come and gives them back by slice, first day and last day: a million of them
/// in the memory of some, and without having been sorted as rows of texts.
///
/// For one thread; what was put away on disk goes with the object.
package final class CoveredSlices {
  /// One that was added.
  package struct Mission: Hashable, Sendable {
    /// Both included, as days since 1970.
    package let from: Int32
    package let to: Int32
    /// What the caller noted of it.
    package let note: UInt32
  }

  private let directory: SliceDirectory
  private let entries: DayEntries<UInt32>

  package convenience init() { self.init(mostBytes: 8 << 20) }

  /// - Parameter mostBytes: of missions, and of slices, that are kept in memory.
  package init(mostBytes: Int) {
    let scratch = ScratchDatabase()
    directory = SliceDirectory(scratch, mostBytes: mostBytes)
    entries = DayEntries(scratch, mostBytes: mostBytes)
  }

  /// A range that the mission covers, with the caller's note.
  package func add(_ mission: MissionParameters, note: UInt32) throws(JournalError) {
    try failing { () throws(SQLiteError) in
      try entries.add(
        try directory.number(of: mission), from: mission.dateStart.daysSinceEpoch,
        to: mission.dateEnd.daysSinceEpoch, note)
    }
  }

  /// Days of a slice as `CalendarDay` counts them, both included.
  package func add(_ slice: MissionSlice, from: Int32, to: Int32, note: UInt32) throws(JournalError) {
    try failing { () throws(SQLiteError) in
      try entries.add(try directory.number(of: slice), from: from, to: to, note)
    }
  }

  /// - Parameter row: of this collection's own reading.
  package func add(_ row: SliceRow, note: UInt32) throws(JournalError) {
    try failing { () throws(SQLiteError) in try entries.add(row.slice, from: row.from, to: row.to, note) }
  }

  /// Each slice in its order with its missions, sorted; one that came several times is there as often.
  package func each(_ body: (MissionSlice, [Mission]) throws -> Void) throws {
    var found: [DayEntry<UInt32>] = []
    do {
      try directory.each { slice, number in
        try entries.take(number, into: &found)
        try body(slice, found.map { Mission(from: $0.from, to: $0.to, note: $0.payload) })
      }
    } catch let error as SQLiteError { throw JournalError(error, path: ScratchDatabase.path) }
  }

  /// The slice that the first columns of a row name.
  func number(of row: SQLiteStatement) throws(SQLiteError) -> UInt32 { try directory.number(of: row) }

  private func failing(_ body: () throws(SQLiteError) -> Void) throws(JournalError) {
    do throws(SQLiteError) { try body() } catch { throw JournalError(error, path: ScratchDatabase.path) }
  }
}
