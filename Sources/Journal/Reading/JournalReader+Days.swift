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
      let rows = try connection.prepare(
        """
        SELECT date_start, date_end, count(*) FROM missions WHERE \(condition.condition)
        GROUP BY date_start, date_end ORDER BY date_start, date_end
        """)
      _ = try condition.bind(to: rows)
      while try rows.step() { body(rows.day(0), rows.day(1), rows.int(2)) }
    }
  }

  /// How the whole journal covers the calendar, whichever run did it, in no order; nil when there are more than
  /// `limit` different kinds.
  ///
  /// - Parameters:
  ///   - slices: that are told apart day by day; with more of them the days are those of all together.
  ///   - isWanted: asked again and again; false ends it, with nil.
  public func calendar(
    limit: Int, slices mostSlices: Int = 24, while isWanted: () -> Bool = { true }
  ) throws(JournalError) -> JournalCalendar? {
    try reading {
      var sums = CalendarSums(limit: limit, mostTold: mostSlices)
      // Added up here and not by GROUP BY, which would sort a million rows first.
      let rows = try connection.prepare(
        """
        SELECT \(SliceColumns.list), date_start, date_end, status, coalesce(ads_count, 0), suspicious IS NOT NULL
        FROM missions
        """)
      var passed = 0
      while try rows.step() {
        passed += 1
        guard passed % 16_384 != 0 || isWanted(), sums.add(rows) else { return nil }
      }
      return sums.calendar
    }
  }
}

/// Adds the missions of a journal up, in one pass.
private struct CalendarSums {
  /// Slices whose sums are kept.
  private static let mostSlices = 500

  private struct Key: Hashable {
    let start: CalendarDay
    let end: CalendarDay
    let status: MissionStatus
    let isSuspicious: Bool
    let slice: Int?
  }

  private(set) var calendar = JournalCalendar()
  private let limit: Int
  private let mostTold: Int
  private var tellsSlices = true
  private var places: [Key: Int] = [:]
  private var columns = SliceColumns()
  private var names: [String: Int] = [:]
  private var latest: (slice: MissionSlice, place: Int)?

  init(limit: Int, mostTold: Int) {
    self.limit = limit
    self.mostTold = mostTold
  }

  /// False when it is too much.
  mutating func add(_ row: SQLiteStatement) -> Bool {
    let at = SliceColumns.count
    let status = MissionStatus(stored: row.integer(at + 2))
    let isSuspicious = status == .done && row.integer(at + 4) != 0
    let ads = status == .done ? row.integer(at + 3) : 0
    let slice = place(of: columns.slice(row))
    if tellsSlices, slice >= mostTold { forgetSlices() }
    if slice < calendar.slices.count {
      calendar.slices[slice].add(status, isSuspicious, ads, row.day(at), row.day(at + 1))
    }
    var days = CoveredDays(
      start: row.day(at), end: row.day(at + 1), status: status, isSuspicious: isSuspicious,
      slice: tellsSlices ? slice : nil, missions: 1, ads: ads)
    if count(days) { return true }
    guard tellsSlices else { return false }
    // Too many kinds of days: those of all slices together are fewer.
    forgetSlices()
    days.slice = nil
    return count(days)
  }

  /// False when it is one kind too many.
  private mutating func count(_ days: CoveredDays) -> Bool {
    let key = Key(
      start: days.start, end: days.end, status: days.status, isSuspicious: days.isSuspicious,
      slice: days.slice)
    if let place = places[key] {
      calendar.days[place].missions += days.missions
      calendar.days[place].ads += days.ads
      return true
    }
    guard calendar.days.count < limit else { return false }
    places[key] = calendar.days.count
    calendar.days.append(days)
    return true
  }

  /// From now on the days are those of all slices together.
  private mutating func forgetSlices() {
    tellsSlices = false
    let told = calendar.days
    calendar.days = []
    places = [:]
    for var days in told {
      days.slice = nil
      // They are not more than they were.
      _ = count(days)
    }
  }

  private mutating func place(of slice: MissionSlice) -> Int {
    // Neighbours often share one.
    if let latest, latest.slice === slice { return latest.place }
    let name = [slice.source, slice.mediaType?.rawValue ?? "", slice.languages, slice.values.list]
      .filter { !$0.isEmpty }.joined(separator: " ")
    let place = names[name] ?? calendar.slices.count + calendar.moreSlices
    if names[name] == nil, names.count < 100_000 {
      names[name] = place
      if calendar.slices.count < Self.mostSlices {
        let day = CalendarDay(daysSinceEpoch: 0)
        calendar.slices.append(JournalCalendar.Slice(name: name, from: day, to: day))
      } else {
        calendar.moreSlices += 1
      }
    }
    latest = (slice, place)
    return place
  }
}

extension JournalCalendar.Slice {
  fileprivate mutating func add(
    _ status: MissionStatus, _ isSuspicious: Bool, _ ads: Int64, _ start: CalendarDay, _ end: CalendarDay
  ) {
    from = missions == 0 ? start : min(from, start)
    to = missions == 0 ? end : max(to, end)
    missions += 1
    if status == .done { done += 1 }
    if status == .failed { failed += 1 }
    if isSuspicious { suspicious += 1 }
    self.ads += ads
  }
}
