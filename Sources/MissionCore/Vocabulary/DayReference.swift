/// A day as people write it: a date, or so many days before today.
package enum DayReference: Hashable, Sendable {
  case date(CalendarDay)
  /// 0 is today.
  case daysAgo(Int)

  /// What is accepted, for messages.
  package static let accepted: Message =
    "a day (YYYY-MM-DD, today, yesterday or -7d for seven days ago)"
  private static let mostDaysAgo = 100_000

  /// Nil for anything else.
  package init?(_ text: String) {
    switch text {
    case "today": self = .daysAgo(0)
    case "yesterday": self = .daysAgo(1)
    default:
      if let day = CalendarDay(text) {
        self = .date(day)
        return
      }
      let digits = text.utf8.dropFirst().dropLast()
      guard text.hasPrefix("-"), text.hasSuffix("d"), (1...6).contains(digits.count),
        digits.allSatisfy({ (48...57).contains($0) }),
        let days = Int(String(decoding: digits, as: UTF8.self)),
        days <= Self.mostDaysAgo
      else { return nil }
      self = .daysAgo(days)
    }
  }

  /// The day that it is when `today` is the day.
  package func day(today: CalendarDay) -> CalendarDay {
    switch self {
    case .date(let day): return day
    case .daysAgo(let days): return today.adding(days: -days)
    }
  }
}

extension DayReference: CustomStringConvertible {
  /// As `init` reads it.
  package var description: String {
    switch self {
    case .date(let day): return "\(day)"
    case .daysAgo(0): return "today"
    case .daysAgo(1): return "yesterday"
    case .daysAgo(let days): return "-\(days)d"
    }
  }
}
