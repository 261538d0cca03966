import MissionCore
import SQLite

/// A mission of the journal as far as the calendar is concerned.
package struct SliceRow {
  package let slice: MissionSlice
  /// Both included, as days since 1970.
  package let from: Int32
  package let to: Int32
  /// DONE also where the mission was put back: what the old scrape left outside stays until the new one replaces it.
  package let status: MissionStatus
  /// Elements of `data`; 0 when they are not known.
  package let records: Int
  package let isSuspicious: Bool
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
      isSuspicious: rows.integer(first + 4) != 0,
      id: hasKeys ? rows.missionID(first + 5) : MissionID(high: 0, low: 0),
      key: hasKeys ? rows.text(first + 6) : nil)
  }
}

extension JournalReader {
  /// Every mission that matches, and those that were removed and are remembered. What is read is of the moment when it
  /// began; the reader must live as long.
  ///
  /// - Parameter withKeys: ids and keys of objects are wanted, which make sorting costlier.
  package func sliceRows(_ filter: MissionFilter, withKeys: Bool) throws(JournalError) -> SliceRows {
    try reading {
      let condition = FilterSQL(filter)
      let keys = withKeys ? "id, s3_key" : "NULL, NULL"
      let rows = try connection.prepare(
        """
        SELECT \(SliceColumns.list), date_start, date_end, status, records, is_suspicious, \(keys)
        FROM (\(try everyMission())) WHERE \(condition.condition) ORDER BY \(SliceColumns.order)
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
        "SELECT min(date_start), max(date_end) FROM (\(try everyMission())) WHERE \(condition.condition)")
      _ = try condition.bind(to: row)
      return try row.step() && !row.isNull(0) ? [row.day(0), row.day(1)] : []
    }
    return days.count == 2 ? (days[0], days[1]) : nil
  }

  /// The missions as what they have left outside, where some were put back.
  private static let replacing = """
    SELECT m.id, m.source, m.media_type, m.languages, m.parameters, m.date_start, m.date_end,
      CASE WHEN r.mission IS NULL THEN m.status ELSE \(status: .done) END AS status,
      coalesce(CASE WHEN r.mission IS NULL THEN m.ads_count ELSE r.ads_count END, 0) AS records,
      CASE WHEN r.mission IS NULL THEN m.suspicious ELSE r.suspicious END IS NOT NULL AS is_suspicious,
      CASE WHEN r.mission IS NULL THEN m.s3_key ELSE r.s3_key END AS s3_key
    FROM missions m LEFT JOIN replaced r ON r.mission = m.number
    """

  /// Rows that have the columns of `missions` that a calendar and its filters need. One that was removed and came back
  /// is there twice; what it was done with stays.
  private func everyMission() throws -> String {
    let isReplacing = try connection.integer("SELECT 1 FROM replaced LIMIT 1") != nil
    let known =
      isReplacing
      ? Self.replacing
      : """
      SELECT id, \(SliceColumns.list), date_start, date_end, status, coalesce(ads_count, 0) AS records,
        suspicious IS NOT NULL AS is_suspicious, s3_key FROM missions
      """
    guard try connection.integer("SELECT 1 FROM past_missions WHERE is_removed = 1 LIMIT 1") != nil else {
      return known
    }
    return known + """
       UNION ALL SELECT p.id, s.source, s.media_type, s.languages, p.parameters, p.date_start,
        p.date_start + p.days - 1, p.status, p.records, p.is_suspicious, NULL
      FROM past_missions p JOIN slices s ON s.number = p.slice WHERE p.is_removed = 1
      """
  }
}
