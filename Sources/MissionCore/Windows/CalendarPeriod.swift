/// A stretch of the calendar that a mission of a window covers.
package enum CalendarPeriod: String, CaseIterable, Sendable {
  case day
  /// Monday to Sunday.
  case week
  case month

  /// The whole periods between two days, both included; none when the last comes first.
  package func periods(from first: CalendarDay, to last: CalendarDay) -> [(
    start: CalendarDay, end: CalendarDay
  )] {
    var periods: [(start: CalendarDay, end: CalendarDay)] = []
    guard var start = firstStart(from: first, to: last) else { return [] }
    while let end = end(from: start), end <= last {
      periods.append((start, end))
      guard end < Self.lastDay else { break }
      start = end.adding(days: 1)
    }
    return periods
  }

  /// How many whole periods there are, without making them.
  package func count(from first: CalendarDay, to last: CalendarDay) -> Int {
    guard let start = firstStart(from: first, to: last) else { return 0 }
    let days = Int(last.daysSinceEpoch - start.daysSinceEpoch) + 1
    switch self {
    case .day: return max(0, days)
    case .week: return max(0, days / 7)
    case .month:
      guard days > 0 else { return 0 }
      let (from, to) = (start.components, last.components)
      let isWhole = end(from: CalendarDay(year: to.year, month: to.month, day: 1) ?? last) == last
      return (to.year - from.year) * 12 + to.month - from.month + (isWhole ? 1 : 0)
    }
  }

  /// Nil when no period begins in the range.
  private func firstStart(from first: CalendarDay, to last: CalendarDay) -> CalendarDay? {
    var start = first
    switch self {
    case .day: break
    case .week:
      // 1970-01-01 was a Thursday, three days behind a Monday.
      let behindMonday = ((first.daysSinceEpoch + 3) % 7 + 7) % 7
      if behindMonday > 0 { start = first.adding(days: Int(7 - behindMonday)) }
    case .month:
      let (year, month, day) = first.components
      if day > 1 {
        guard let next = CalendarDay(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)
        else {
          return nil
        }
        start = next
      }
    }
    return start <= last ? start : nil
  }

  /// The last day of the period that begins on a day; nil outside of the calendar.
  private func end(from start: CalendarDay) -> CalendarDay? {
    switch self {
    case .day: return start
    case .week:
      let end = start.adding(days: 6)
      return end <= Self.lastDay ? end : nil
    case .month:
      let (year, month, _) = start.components
      return [31, 30, 29, 28].lazy.compactMap { CalendarDay(year: year, month: month, day: $0) }.first
    }
  }

  /// Of the calendar.
  private static let lastDay =
    CalendarDay(year: 9999, month: 12, day: 31) ?? CalendarDay(daysSinceEpoch: .max)
}
