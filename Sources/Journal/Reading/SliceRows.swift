import MissionCore
import SQLite

/// A mission of the journal as far as the calendar is concerned.
package struct SliceRow {
  package let slice: MissionSlice
  /// Both included, as days since 1970.
  package let from: Int32
  package let to: Int32
  package let status: MissionStatus
  /// Elements of `data`; 0 when they are not known.
  package let records: Int
  package let id: MissionID
  /// Of the audit object; nil when there is none, or when nobody asked.
  package let key: String?

  /// As a row of a mission file names it.
  package var parameters: MissionParameters {
    slice.mission(from: CalendarDay(daysSinceEpoch: from), to: CalendarDay(daysSinceEpoch: to))
  }
}

/// The missions of a journal by slice, first day and last day, one after the other.
package final class SliceRows {
  private let rows: SQLiteStatement
  private let path: String
  private let hasKeys: Bool
  private var columns = SliceColumns()
  /// A statement that came to its end begins again when it is asked once more.
  private var isOver = false

  fileprivate init(_ rows: SQLiteStatement, path: String, hasKeys: Bool) {
    self.rows = rows
    self.path = path
    self.hasKeys = hasKeys
  }

  /// Nil at the end.
  package func next() throws(JournalError) -> SliceRow? {
    do {
      guard !isOver, try rows.step() else {
        isOver = true
        return nil
      }
    } catch { throw JournalError(error, path: path) }
    let first = SliceColumns.count
    return SliceRow(
      slice: columns.slice(rows), from: rows.day(first).daysSinceEpoch,
      to: rows.day(first + 1).daysSinceEpoch, status: MissionStatus(stored: rows.integer(first + 2)),
      records: rows.int(first + 3),
      id: hasKeys ? rows.missionID(first + 4) : MissionID(high: 0, low: 0),
      key: hasKeys ? rows.text(first + 5) : nil)
  }
}

extension JournalReader {
  /// Every mission that matches. What is read is of the moment when it began; the reader must live as long.
  ///
  /// - Parameter withKeys: ids and keys of objects are wanted, which make sorting costlier.
  package func sliceRows(_ filter: MissionFilter, withKeys: Bool) throws(JournalError) -> SliceRows {
    try reading {
      let condition = FilterSQL(filter)
      let keys = withKeys ? "id, s3_key" : "NULL, NULL"
      let rows = try connection.prepare(
        """
        SELECT \(SliceColumns.list), date_start, date_end, status, coalesce(ads_count, 0), \(keys)
        FROM missions WHERE \(condition.condition) ORDER BY \(SliceColumns.order)
        """)
      _ = try condition.bind(to: rows)
      return SliceRows(rows, path: path, hasKeys: withKeys)
    }
  }

  /// The first and the last day of the missions that match; nil when none does.
  package func firstAndLastDay(
    _ filter: MissionFilter
  ) throws(JournalError) -> (first: CalendarDay, last: CalendarDay)? {
    let days: [CalendarDay] = try reading {
      let condition = FilterSQL(filter)
      let row = try connection.prepare(
        "SELECT min(date_start), max(date_end) FROM missions WHERE \(condition.condition)")
      _ = try condition.bind(to: row)
      return try row.step() && !row.isNull(0) ? [row.day(0), row.day(1)] : []
    }
    return days.count == 2 ? (days[0], days[1]) : nil
  }
}
