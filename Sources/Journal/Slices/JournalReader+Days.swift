import MissionCore
import SQLite

/// Missions of the journal that cover the same days and have the same status.
public struct CoveredDays: Hashable, Sendable {
  public let start: CalendarDay
  public let end: CalendarDay
  public let status: MissionStatus
  /// DONE, with a result that is not trusted.
  public let isSuspicious: Bool
  /// The place of its slice among the calendar's; nil when there are too many to tell them apart.
  public var slice: Int?
  public var missions: Int
  /// Elements of `data`, of DONE missions.
  public var ads: Int64
}

/// How the whole journal covers the calendar.
public struct JournalCalendar: Sendable {
  /// What a slice holds altogether.
  public struct Slice: Hashable, Sendable {
    /// Its source, media type, languages and parameters.
    public let name: String
    public internal(set) var missions = 0
    public internal(set) var done = 0
    public internal(set) var failed = 0
    public internal(set) var suspicious = 0
    public internal(set) var ads: Int64 = 0
    public internal(set) var from: CalendarDay
    public internal(set) var to: CalendarDay
  }

  public internal(set) var days: [CoveredDays] = []
  /// The first that came.
  public internal(set) var slices: [Slice] = []
  /// Slices beside those.
  public internal(set) var moreSlices = 0
}

extension JournalReader {
  /// The days of the chosen missions, in their order, each range with how many missions have it.
  package func eachDays(
    _ filter: MissionFilter, _ body: (_ from: CalendarDay, _ to: CalendarDay, _ missions: Int) -> Void
  ) throws(JournalError) {
    try reading {
      let condition = FilterSQL(filter)
      let rows = try connection.prepare(Self.daysSQL(condition.condition))
      _ = try condition.bind(to: rows)
      while try rows.step() { body(rows.day(0), rows.day(1), rows.int(2)) }
    }
  }

  static func daysSQL(_ condition: String) -> String {
    """
    SELECT date_start, date_end, count(*) FROM missions WHERE \(condition)
    GROUP BY date_start, date_end ORDER BY date_start, date_end
    """
  }

  /// How the whole journal covers the calendar, whichever run did it, in no order; nil when there are more than
  /// `limit` different kinds.
  ///
  /// - Parameters:
  ///   - slices: that are told apart day by day; with more of them the days are those of all together.
  ///   - isWanted: asked again and again; false ends it, with nil.
  package func calendar(
    limit: Int, slices mostSlices: Int = CalendarSums.mostTold, while isWanted: () -> Bool = { true }
  ) throws(JournalError) -> JournalCalendar? {
    try reading {
      let sums = CalendarSums(limit: limit, slices: mostSlices)
      // Added up here and not by GROUP BY, which would sort a million rows first.
      let rows = try connection.prepare(
        """
        SELECT \(SliceColumns.list), date_start, date_end, status, coalesce(ads_count, 0), suspicious IS NOT NULL
        FROM missions
        """)
      var passed = 0
      while try rows.step() {
        passed += 1
        guard passed % 16_384 != 0 || isWanted(), try sums.add(rows) else { return nil }
      }
      return sums.calendar
    }
  }
}
