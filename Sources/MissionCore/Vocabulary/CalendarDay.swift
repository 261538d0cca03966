import Dates

/// A calendar day of the proleptic Gregorian calendar, without a time zone.
///
/// Stored as days since 1970-01-01, so that ranges and gaps are integer arithmetic.
public struct CalendarDay: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before it.
  public let daysSinceEpoch: Int32

  public init(daysSinceEpoch: Int32) { self.daysSinceEpoch = daysSinceEpoch }

  /// The day, or nil when the calendar has no such day (2025-02-30).
  public init?(year: Int, month: Int, day: Int) {
    guard let number = GregorianDay.number(year: year, month: month, day: day) else { return nil }
    daysSinceEpoch = Int32(number)
  }

  /// Exactly `YYYY-MM-DD`; nil for anything else, impossible days included.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    let parsed: CalendarDay? = text.withUTF8 { CalendarDay(bytes: $0) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// Exactly `YYYY-MM-DD` in ASCII.
  public init?(bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        let digit = Int(bytes[index]) - 48
        guard (0...9).contains(digit) else { return nil }
        value = value * 10 + digit
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  public var components: (year: Int, month: Int, day: Int) { GregorianDay.components(Int(daysSinceEpoch)) }

  /// So many days later, or earlier.
  public func adding(days: Int) -> CalendarDay { CalendarDay(daysSinceEpoch: daysSinceEpoch + Int32(days)) }

  public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }
}

extension CalendarDay: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = components
    return String(unsafeUninitializedCapacity: 10) { out in
      func put(_ value: Int, at index: Int, digits: Int) {
        var value = value
        for offset in stride(from: digits - 1, through: 0, by: -1) {
          out[index + offset] = UInt8(48 + value % 10)
          value /= 10
        }
      }
      put(year, at: 0, digits: 4)
      out[4] = UInt8(ascii: "-")
      put(month, at: 5, digits: 2)
      out[7] = UInt8(ascii: "-")
      put(day, at: 8, digits: 2)
      return 10
    }
  }
}
