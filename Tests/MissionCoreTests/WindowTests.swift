import Dates
import MissionCore
import Testing

@Suite("Windows", .timeLimit(.minutes(2)))
struct WindowTests {
  private static func day(_ text: String) -> CalendarDay { CalendarDay(text)! }

  private func texts(_ period: CalendarPeriod, _ from: String, _ to: String) -> [String] {
    period.periods(from: Self.day(from), to: Self.day(to)).map { "\($0.start)..\($0.end)" }
  }

  @Test("days are all between two days, over leap days and turns of the year")
  func days() {
    #expect(
      texts(.day, "2024-02-28", "2024-03-01") == ["28", "29"].map { "2024-02-\($0)..2024-02-\($0)" } + [
        "2024-03-01..2024-03-01"
      ])
    #expect(texts(.day, "2023-02-28", "2023-03-01").count == 2)
    #expect(texts(.day, "2023-12-31", "2024-01-01").count == 2)
    #expect(texts(.day, "2024-01-02", "2024-01-01") == [])
  }

  @Test("weeks go from Monday to Sunday, and only whole ones are made")
  func weeks() {
    // 2025-01-06 is a Monday.
    #expect(texts(.week, "2025-01-06", "2025-01-12") == ["2025-01-06..2025-01-12"])
    #expect(texts(.week, "2025-01-07", "2025-01-19") == ["2025-01-13..2025-01-19"])
    #expect(texts(.week, "2025-01-06", "2025-01-11") == [])
    #expect(texts(.week, "2024-12-25", "2025-01-12") == ["2024-12-30..2025-01-05", "2025-01-06..2025-01-12"])
  }

  @Test("months are calendar months, and only whole ones are made")
  func months() {
    #expect(texts(.month, "2024-02-01", "2024-03-30") == ["2024-02-01..2024-02-29"])
    #expect(texts(.month, "2023-02-01", "2023-02-28") == ["2023-02-01..2023-02-28"])
    #expect(
      texts(.month, "2023-12-02", "2024-02-29") == ["2024-01-01..2024-01-31", "2024-02-01..2024-02-29"])
    #expect(texts(.month, "1900-02-01", "1900-02-28") == ["1900-02-01..1900-02-28"])
    #expect(texts(.month, "2000-02-01", "2000-02-28") == [])
    #expect(texts(.month, "9999-12-01", "9999-12-31") == ["9999-12-01..9999-12-31"])
    #expect(texts(.month, "9999-12-02", "9999-12-31") == [])
  }

  @Test(
    "are made as a look at every single day makes them, and as many as were counted",
    arguments: CalendarPeriod.allCases)
  func naive(period: CalendarPeriod) {
    var random = SplitMix(state: 7)
    for _ in 0..<400 {
      let from = CalendarDay(daysSinceEpoch: Int32(random.next() % 60_000) - 30_000)
      let to = from.adding(days: Int(random.next() % 130) - 4)
      let made = period.periods(from: from, to: to)
      var expected: [String] = []
      for number in Int(from.daysSinceEpoch)..<max(Int(from.daysSinceEpoch), Int(to.daysSinceEpoch) + 1) {
        let day = CalendarDay(daysSinceEpoch: Int32(number))
        guard Self.begins(period, day) else { continue }
        var end = day
        while !Self.begins(period, end.adding(days: 1)) { end = end.adding(days: 1) }
        if end <= to { expected.append("\(day)..\(end)") }
      }
      #expect(made.map { "\($0.start)..\($0.end)" } == expected, "\(period) \(from) \(to)")
      #expect(period.count(from: from, to: to) == expected.count, "\(period) \(from) \(to)")
    }
  }

  private static func begins(_ period: CalendarPeriod, _ day: CalendarDay) -> Bool {
    switch period {
    case .day: return true
    // 2024-01-01 was a Monday.
    case .week: return (day.daysSinceEpoch - Self.day("2024-01-01").daysSinceEpoch) % 7 == 0
    case .month: return day.components.day == 1
    }
  }

  @Test("count what they would make without making it, however much that is")
  func counts() {
    var window = MissionWindow()
    window.from = .date(Self.day("0001-01-01"))
    window.to = .date(Self.day("9999-12-31"))
    #expect(window.count(today: Self.day("2025-01-01")) == 3_652_059)
    window.every = .week
    // The first day of the calendar is a Monday.
    #expect(window.count(today: Self.day("2025-01-01")) == 3_652_059 / 7)
    window.every = .month
    #expect(window.count(today: Self.day("2025-01-01")) == 9999 * 12)
    let values = (0..<100_000).map { ParameterValue.integer(Int64($0)) }
    window.parameters = (0..<5).map { MissionWindow.Parameter(name: "p\($0)", values: values) }
    #expect(window.count(today: Self.day("2025-01-01")) == .max)
  }

  @Test("make a mission for each day and each combination of values, in a fixed order")
  func product() {
    var window = MissionWindow()
    window.from = .daysAgo(2)
    window.to = .daysAgo(1)
    window.source = "amplis"
    window.parameters = [
      .init(name: "tipo", values: [.text("reag"), .text("master")]),
      .init(name: "conta", values: [.integer(1), .integer(2)]),
    ]
    let made = window.missions(today: Self.day("2024-03-01"))
    #expect(
      made.map { "\($0.dateStart) \($0.dateEnd) \($0.values.json)" }
        == ["2024-02-28", "2024-02-29"].flatMap { day in
          ["reag", "master"].flatMap { tipo in
            [1, 2].map { #"\#(day) \#(day) {"conta":\#($0),"tipo":"\#(tipo)"}"# }
          }
        })
    #expect(made.allSatisfy { $0.source == "amplis" } && window.count(today: Self.day("2024-03-01")) == 8)
    window.to = .daysAgo(3)
    #expect(
      window.missions(today: Self.day("2024-03-01")) == [] && window.count(today: Self.day("2024-03-01")) == 0
    )
  }

  @Test(
    "know days as they are written, and nothing else",
    arguments: [
      ("today", "2025-03-01"), ("yesterday", "2025-02-28"), ("-7d", "2025-02-22"), ("-0d", "2025-03-01"),
      ("-100000d", "1751-05-17"), ("2024-02-29", "2024-02-29"), ("-100001d", nil), ("7d", nil), ("-d", nil),
      ("--1d", nil),
      ("-1", nil), ("-1w", nil), ("Today", nil), ("2025-02-29", nil), ("", nil), ("-１d", nil), ("-+1d", nil),
    ] as [(String, String?)])
  func references(text: String, expected: String?) {
    #expect(DayReference(text)?.day(today: Self.day("2025-03-01")).description == expected)
    if let reference = DayReference(text) { #expect(DayReference("\(reference)") == reference) }
  }

  @Test("run again what was done so many days ago, whenever on that day; else after the exact time")
  func refresh() {
    let now = Timestamp("2025-03-10T02:00:00.000Z")!
    let zone = TimeZone.utc
    #expect(RefreshAfter.days(1).dueBefore(now, in: zone) == Timestamp("2025-03-10T00:00:00.000Z")!)
    #expect(RefreshAfter.days(7).dueBefore(now, in: zone) == Timestamp("2025-03-04T00:00:00.000Z")!)
    // Done exactly so long ago is due.
    let exact = RefreshAfter.exact(.seconds(36 * 3600)).dueBefore(now, in: zone)
    #expect(Timestamp("2025-03-08T14:00:00.000Z")! < exact)
    #expect(Timestamp("2025-03-08T14:00:00.001Z")! >= exact)
  }

  private struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return (mixed ^ (mixed >> 31)) >> 1
    }
  }
}
