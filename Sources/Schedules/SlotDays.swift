import MissionCore

/// The days that a slot's mission asks for, counted from the slot's own: `today`, `yesterday`, `-7d..yesterday`.
package struct SlotDays: Hashable, Sendable {
  /// 0 is the slot's day.
  package let from: Int
  package let to: Int

  package static let today = SlotDays(from: 0, to: 0)

  /// What is accepted, for messages.
  package static let accepted: Message =
    "a day (today, yesterday or -7d) or two with .. between them, the earlier one first (-7d..yesterday)"

  private init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }

  /// Nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let days: [Substring]
    switch parts.count {
    case 1: days = parts
    case 3 where parts[1].isEmpty: days = [parts[0], parts[2]]
    default: return nil
    }
    let counted = days.compactMap { day -> Int? in
      guard case .daysAgo(let days)? = DayReference(String(day)) else { return nil }
      return days
    }
    guard counted.count == days.count, let from = counted.first, let to = counted.last, from >= to else {
      return nil
    }
    self.init(from: from, to: to)
  }

  func range(on day: CalendarDay) -> (from: CalendarDay, to: CalendarDay) {
    (day.adding(days: -from), day.adding(days: -to))
  }
}

extension SlotDays: CustomStringConvertible {
  /// As `init` reads it.
  package var description: String {
    from == to
      ? "\(DayReference.daysAgo(from))" : "\(DayReference.daysAgo(from))..\(DayReference.daysAgo(to))"
  }
}
