import MissionCore

/// Reads a `Retry-After` field (RFC 9110, 10.2.3): seconds, or a date in the fixed format.
package enum RetryAfter {
  /// Nil when it is neither; never negative.
  package static func duration(_ text: String, nowSeconds: Int64) -> Duration? {
    if let seconds = Int64(text) { return seconds >= 0 ? .seconds(min(seconds, 86_400)) : nil }
    return dateSeconds(text).map { .seconds(min(max(0, $0 - nowSeconds), 86_400)) }
  }

  /// Seconds since 1970 of `Sun, 06 Nov 1994 08:49:37 GMT`.
  static func dateSeconds(_ text: String) -> Int64? {
    let parts = text.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
      let month = months.firstIndex(of: parts[2]),
      let date = CalendarDay(year: year, month: month + 1, day: day)
    else { return nil }
    let clock = parts[4].split(separator: ":").compactMap { Int64($0) }
    // Also what keeps numbers of any size from overflowing the sum; 60 is a leap second.
    guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]),
      (0...60).contains(clock[2])
    else { return nil }
    return Int64(date.daysSinceEpoch) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  }

  private static let months: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
