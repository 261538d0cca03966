import MissionCore
import SQLite

/// Sorts rows of mission files by slice and day, in a temporary database on disk: a million need no more memory than
/// ten. For one thread; the database goes with the object.
package final class SliceScratch {
  private let connection: SQLiteConnection
  private let insert: SQLiteStatement
  private var rows: SQLiteStatement?
  private var columns = SliceColumns()
  private var isOver = false
  /// First and last day of all rows of a kind.
  private var bounds: [Int: (first: CalendarDay, last: CalendarDay)] = [:]

  private static let path = "(temporary)"

  package init() throws(JournalError) {
    do {
      connection = try SQLiteConnection(path: ":memory:", mode: .readWriteCreate)
      try connection.execute(
        """
        PRAGMA temp_store = FILE;
        PRAGMA temp.cache_size = -4096;
        CREATE TEMP TABLE file_rows (
          source TEXT, media_type INT, languages TEXT, parameters TEXT, date_start INT, date_end INT, kind INT);
        BEGIN;
        """)
      insert = try connection.prepare(
        "INSERT INTO temp.file_rows VALUES (?, ?, ?, ?, ?, ?, ?)", isPersistent: true)
    } catch { throw JournalError(error, path: Self.path) }
  }

  /// - Parameter kind: a number of the caller's, which comes back with the row.
  package func add(_ mission: MissionParameters, kind: Int) throws(JournalError) {
    let found = bounds[kind]
    bounds[kind] = (
      min(found?.first ?? mission.dateStart, mission.dateStart),
      max(found?.last ?? mission.dateEnd, mission.dateEnd)
    )
    do {
      try insert.bind(mission.source, at: 1)
      try insert.bind(mission.mediaType.stored, at: 2)
      try insert.bind(mission.languages.count == 1 ? mission.languages[0] : mission.languageList, at: 3)
      try insert.bind(mission.values.stored, at: 4)
      try insert.bind(Int64(mission.dateStart.daysSinceEpoch), at: 5)
      try insert.bind(Int64(mission.dateEnd.daysSinceEpoch), at: 6)
      try insert.bind(kind, at: 7)
      try insert.run()
    } catch { throw JournalError(error, path: Self.path) }
  }

  /// Of all rows of that kind; nil without any.
  package func firstAndLastDay(kind: Int) -> (first: CalendarDay, last: CalendarDay)? { bounds[kind] }

  /// Days of a slice, from the first to the last, and what they stand for.
  package typealias Row = (slice: MissionSlice, from: Int32, to: Int32, kind: Int)

  /// One after the other, by slice, first day and last day, once everything was added; nil at the end.
  package func next() throws(JournalError) -> Row? {
    do {
      let rows =
        try self.rows
        ?? connection.prepare(
          "SELECT \(SliceColumns.list), date_start, date_end, kind FROM temp.file_rows ORDER BY \(SliceColumns.order)"
        )
      self.rows = rows
      guard !isOver, try rows.step() else {
        isOver = true
        return nil
      }
      let first = SliceColumns.count
      return (
        columns.slice(rows), rows.day(first).daysSinceEpoch, rows.day(first + 1).daysSinceEpoch,
        rows.int(first + 2)
      )
    } catch { throw JournalError(error, path: Self.path) }
  }
}
