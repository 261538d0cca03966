/// The date format of HTTP header fields (RFC 9110, 5.6.7), in the only form that may still be sent:
/// `Sun, 06 Nov 1994 08:49:37 GMT`.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Milliseconds since 1970; nil when `text` has another form.
  static func milliseconds(_ text: String) -> Int64? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), (1...31).contains(day),
      let month = months.firstIndex(of: String(words[2])), let year = Int64(words[3]),
      (1970...9999).contains(year)
    else { return nil }
    let time = words[4].split(separator: ":").compactMap { Int64($0) }
    guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2])
    else { return nil }
    let days = GregorianDay.days(year: year, month: Int64(month) + 1, day: day)
    // A leap second counts as the one before it, so that the last one of 9999 stays in that year.
    return (days * 86_400 + time[0] * 3600 + time[1] * 60 + min(time[2], 59)) * 1000
  }
}
