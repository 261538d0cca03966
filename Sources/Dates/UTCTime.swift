/// A second of UTC, taken apart into what protocols write of it.
package struct UTCTime {
  static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  /// From the weekday of 1970-01-01 on.
  private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

  package let date: (year: Int, month: Int, day: Int)
  /// `Thu`.
  package let weekday: String
  /// Of the day.
  private let second: Int

  package init(secondsSince1970 seconds: Int64) {
    let days = Int((seconds >= 0 ? seconds : seconds - 86_399) / 86_400)
    date = GregorianDay.components(days)
    weekday = Self.weekdays[((days % 7) + 7) % 7]
    second = Int(seconds) - days * 86_400
  }

  /// `Nov`.
  package var month: String { Self.months[date.month - 1] }

  /// `08:49:37`, or with another separator.
  package func clock(separator: String = ":") -> String {
    [second / 3600, second / 60 % 60, second % 60].map(Self.twoDigits).joined(separator: separator)
  }

  /// `07`.
  package static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Nil when there is no such moment, or it is not of the years 1970 to 9999. A leap second counts as the one before
  /// it, so that the last one of 9999 stays in that year.
  static func seconds(_ date: (year: Int, month: Int, day: Int), _ hour: Int, _ minute: Int, _ second: Int)
    -> Int64?
  {
    guard date.year >= 1970, (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
      let days = GregorianDay.number(year: date.year, month: date.month, day: date.day)
    else { return nil }
    return Int64(days * 86_400 + hour * 3600 + minute * 60 + min(second, 59))
  }
}
