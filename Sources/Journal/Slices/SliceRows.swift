import MissionCore
import SQLite

/// A mission of the journal as far as the calendar is concerned.
package struct SliceRow {
  /// As the collection numbers it that the rows are read for.
  let slice: UInt32
  /// Both included, as days since 1970.
  package let from: Int32
  package let to: Int32
  /// DONE also where the mission was put back: what the old scrape left outside stays until the new one replaces it.
  package let status: MissionStatus
  /// Elements of `data`; 0 when they are not known.
  package let records: Int
  package let isSuspicious: Bool
  /// Nil when nobody asked.
  package let outside: Outside?

  /// What finds a mission in destination and store.
  package struct Outside: Sendable {
    package let id: MissionID
    package let parameters: MissionParameters
    /// Of the audit object; nil when there is none.
    package let key: String?

    package init(id: MissionID, parameters: MissionParameters, key: String?) {
      self.id = id
      self.parameters = parameters
      self.key = key
    }
  }
}

/// The missions of a journal in no order, one after the other.
package final class SliceRows {
  private let rows: SQLiteStatement
  private let path: String
  private let namesOutside: Bool
  private let slices: CoveredSlices
  /// A statement that came to its end begins again when it is asked once more.
  private var isOver = false

  fileprivate init(_ rows: SQLiteStatement, path: String, namesOutside: Bool, _ slices: CoveredSlices) {
    self.rows = rows
    self.path = path
    self.namesOutside = namesOutside
    self.slices = slices
  }

  /// Nil at the end.
  package func next() throws(JournalError) -> SliceRow? {
    do {
      guard !isOver, try rows.step() else {
        isOver = true
        return nil
      }
      let first = SliceColumns.count
      return SliceRow(
        slice: try slices.number(of: rows), from: rows.day(first).daysSinceEpoch,
        to: rows.day(first + 1).daysSinceEpoch, status: MissionStatus(stored: rows.integer(first + 2)),
        records: rows.int(first + 3), isSuspicious: rows.integer(first + 4) != 0,
        outside: namesOutside ? outside(first) : nil)
    } catch { throw JournalError(error, path: path) }
  }

  private func outside(_ first: Int32) -> SliceRow.Outside {
    let parameters = MissionParameters(
      source: rows.text(0) ?? "", dateStart: rows.day(first), dateEnd: rows.day(first + 1),
      mediaType: MediaType(stored: rows.integer(1)),
      languages: (rows.text(2) ?? "").split(separator: ",").map(String.init), values: rows.parameters(3))
    return SliceRow.Outside(
      id: rows.missionID(first + 5), parameters: parameters, key: rows.text(first + 6))
  }
}

extension JournalReader {
  /// Every mission that matches, and those that were removed and are remembered. What is read is of the moment when it
  /// began; the reader must live as long.
  ///
  /// - Parameters:
  ///   - slices: the collection that the rows are for.
  ///   - namesOutside: what finds them in destination and store is wanted.
  package func sliceRows(
    _ filter: MissionFilter, for slices: CoveredSlices, namesOutside: Bool
  ) throws(JournalError) -> SliceRows {
    try reading {
      let condition = FilterSQL(filter)
      let rows = try connection.prepare(sliceSQL(condition.condition, namesOutside: namesOutside))
      _ = try condition.bind(to: rows)
      return SliceRows(rows, path: path, namesOutside: namesOutside, slices)
    }
  }

  /// Without an order: sorting rows of texts would cost more than all the rest.
  func sliceSQL(_ condition: String, namesOutside: Bool) throws -> String {
    """
    SELECT \(SliceColumns.list), date_start, date_end, status, records, is_suspicious,
      \(namesOutside ? "id, s3_key" : "NULL, NULL")
    FROM (\(try everyMission())) WHERE \(condition)
    """
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
