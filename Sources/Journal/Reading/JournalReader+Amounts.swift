import MissionCore
import SQLite

/// What missions of the journal came to, whichever run did it.
package struct JournalAmounts: Hashable, Sendable {
  /// Elements of `data` over the DONE ones.
  package var ads: Int64 = 0
  /// The first start and the latest end.
  package var startedAt: Timestamp?
  package var finishedAt: Timestamp?
  /// The first and the last day that they cover.
  package var from: CalendarDay?
  package var to: CalendarDay?
}

extension JournalReader {
  /// What the chosen missions come to.
  package func amounts(_ filter: MissionFilter) throws(JournalError) -> JournalAmounts {
    try reading {
      let condition = FilterSQL(filter)
      let row = try connection.prepare(
        """
        SELECT sum(CASE WHEN \(is: .done) THEN coalesce(ads_count, 0) ELSE 0 END), min(started_at), max(finished_at),
          min(date_start), max(date_end)
        FROM missions WHERE \(condition.condition)
        """)
      _ = try condition.bind(to: row)
      var amounts = JournalAmounts()
      guard try row.step() else { return amounts }
      amounts.ads = row.integer(0)
      amounts.startedAt = row.time(1)
      amounts.finishedAt = row.time(2)
      if !row.isNull(3) { (amounts.from, amounts.to) = (row.day(3), row.day(4)) }
      return amounts
    }
  }
}
