/// The basic format of ISO 8601, in which Amazon writes dates: `20130524T000000Z`.
package enum BasicDate {
  /// `20260131T101112Z`.
  package static func text(secondsSince1970 seconds: Int64) -> String {
    let time = UTCTime(secondsSince1970: seconds)
    return "\(time.date.year)\(UTCTime.twoDigits(time.date.month))\(UTCTime.twoDigits(time.date.day))"
      + "T\(time.clock(separator: ""))Z"
  }

  /// Seconds since 1970; nil for anything else, and for what is no moment of 1970 to 9999.
  package static func seconds(_ text: String) -> Int64? {
    let digits = Array(text.utf8)
    guard digits.count == 16, digits[8] == UInt8(ascii: "T"), digits[15] == UInt8(ascii: "Z") else {
      return nil
    }
    func number(_ range: Range<Int>) -> Int? {
      digits[range].reduce(into: 0 as Int?) { value, digit in
        value = (48...57).contains(digit) ? value.map { $0 * 10 + Int(digit) - 48 } : nil
      }
    }
    guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
      let hour = number(9..<11), let minute = number(11..<13), let second = number(13..<15)
    else { return nil }
    return UTCTime.seconds((year, month, day), hour, minute, second)
  }
}
