import Testing

@testable import MissionCore

@Suite(.timeLimit(.minutes(5))) struct CalendarDayTests {
  @Test("every day of the years 1 to 9999 reads back what it writes, and follows the day before")
  func roundTrip() {
    let first = CalendarDay(year: 1, month: 1, day: 1)!
    let last = CalendarDay(year: 9999, month: 12, day: 31)!
    #expect(first.daysSinceEpoch == -719_162)
    #expect(last.daysSinceEpoch == 2_932_896)
    var broken = 0
    var expected = (year: 1, month: 1, day: 1)
    for number in first.daysSinceEpoch...last.daysSinceEpoch {
      let day = CalendarDay(daysSinceEpoch: number)
      let parts = day.components
      if parts != expected { broken += 1 }
      if CalendarDay(year: parts.year, month: parts.month, day: parts.day) != day { broken += 1 }
      expected.day += 1
      if expected.day > Self.length(expected.month, expected.year) {
        expected = (expected.year, expected.month + 1, 1)
      }
      if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
    }
    #expect(broken == 0)
  }

  /// The calendar's rule, written down a second time.
  private static func length(_ month: Int, _ year: Int) -> Int {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
    return lengths[month - 1] + (month == 2 && isLeap ? 1 : 0)
  }

  @Test("text of every 37th day reads back")
  func text() {
    for number in stride(from: Int32(-719_162), through: 2_932_896, by: 37) {
      let day = CalendarDay(daysSinceEpoch: number)
      #expect(CalendarDay(day.description) == day)
    }
    #expect(CalendarDay(daysSinceEpoch: 0).description == "1970-01-01")
    #expect(CalendarDay("0001-01-01")!.description == "0001-01-01")
    #expect(CalendarDay("2024-02-29")!.daysSinceEpoch == 19_782)
    #expect(CalendarDay("9999-12-31")!.description == "9999-12-31")
  }

  @Test(
    "what is no day of the calendar, or is written otherwise, is refused",
    arguments: [
      "2025-02-30", "2025-02-29", "1900-02-29", "2100-02-29", "2025-04-31", "2025-13-01", "2025-00-10",
      "2025-01-00",
      "2025-01-32", "0000-01-01", "2025-2-3", "25-02-03", "2025/02/03", "2025-02-03 ", " 2025-02-03",
      "+025-02-03",
      "2025-02-0x", "２０２５-02-03", "2025-02-03T", "", "----------", "2025-1-011", "202-501-01",
    ])
  func refused(text: String) { #expect(CalendarDay(text) == nil) }

  @Test("days compare and add by their numbers")
  func arithmetic() {
    let day = CalendarDay("2024-12-31")!
    #expect(day.adding(days: 1).description == "2025-01-01")
    #expect(day.adding(days: -366).description == "2023-12-31")
    #expect(day < day.adding(days: 1))
  }
}

@Suite(.timeLimit(.minutes(5))) struct TimestampTests {
  @Test(
    "times are RFC 3339 in UTC with milliseconds, and read back",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (1_769_903_999_123, "2026-01-31T23:59:59.123Z"),
      (-1, "1969-12-31T23:59:59.999Z"), (-86_400_000, "1969-12-31T00:00:00.000Z"),
      (1_709_164_800_007, "2024-02-29T00:00:00.007Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
    ] as [(Int64, String)])
  func roundTrip(milliseconds: Int64, text: String) {
    let time = Timestamp(milliseconds: milliseconds)
    #expect(time.description == text)
    #expect(Timestamp(text) == time)
    #expect(time.day.description == String(text.prefix(10)))
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "2026-01-31", "2026-01-31T23:59:59Z", "2026-01-31 23:59:59.123Z", "2026-01-31T23:59:59.123+",
      "2026-01-31T24:00:00.000Z", "2026-01-31T23:60:00.000Z", "2026-01-31T23:59:60.000Z",
      "2026-02-30T23:59:59.123Z",
      "2026-01-31T+3:59:59.123Z", "2026-01-31T-3:59:59.123Z", "2026-01-31T23-59-59.123Z",
      "2026-01-31T23:59:59,123Z",
      "2026-01-31T23:59:59.123z", "2026-01-31T2é:59:59.12Z",
    ])
  func refused(text: String) { #expect(Timestamp(text) == nil) }

  @Test("seconds between two times")
  func seconds() {
    #expect(Timestamp(milliseconds: 2500).seconds(since: Timestamp(milliseconds: 1000)) == 1.5)
    #expect(Timestamp(milliseconds: 0).seconds(since: Timestamp(milliseconds: 1000)) == -1)
    #expect(Timestamp(milliseconds: 1) < Timestamp(milliseconds: 2))
  }
}
