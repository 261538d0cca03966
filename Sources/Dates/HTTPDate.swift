/// The date format of HTTP header fields (RFC 9110, 5.6.7), in the only form that may still be sent:
/// `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
  /// `Sat, 31 Jan 2026 10:11:12 GMT`.
  package static func text(secondsSince1970 seconds: Int64) -> String {
    let time = UTCTime(secondsSince1970: seconds)
    return "\(time.weekday), \(UTCTime.twoDigits(time.date.day)) \(time.month) \(time.date.year) "
      + "\(time.clock()) GMT"
  }

  /// Milliseconds since 1970; nil when `text` has another form, or names no moment of 1970 to 9999.
  package static func milliseconds(_ text: String) -> Int64? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), let year = Int(words[3]),
      let month = UTCTime.months.firstIndex(of: String(words[2]))
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3 else { return nil }
    return UTCTime.seconds((year, month + 1, day), clock[0], clock[1], clock[2]).map { $0 * 1000 }
  }
}
