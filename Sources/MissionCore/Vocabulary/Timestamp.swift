/// A moment of wall time with millisecond precision; what the journal stores and reports show.
///
/// Waiting and deadlines never use it: they run on the monotonic clock.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public var day: CalendarDay {
    CalendarDay(daysSinceEpoch: Int32((Double(milliseconds) / 86_400_000).rounded(.down)))
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

  /// To the millisecond.
  package func later(by duration: Duration) -> Timestamp {
    let (seconds, attoseconds) = duration.components
    return Timestamp(milliseconds: milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  /// Seconds from `earlier` to this moment.
  public func seconds(since earlier: Timestamp) -> Double {
    Double(milliseconds - earlier.milliseconds) / 1000
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC with milliseconds: `2026-01-31T23:59:59.123Z`.
  public var description: String {
    let day = self.day
    let inDay = milliseconds - Int64(day.daysSinceEpoch) * 86_400_000
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let fraction = inDay % 1000
    let padding = fraction < 10 ? "00" : fraction < 100 ? "0" : ""
    return "\(day)T\(two(inDay / 3_600_000)):\(two(inDay / 60_000 % 60)):\(two(inDay / 1000 % 60))"
      + ".\(padding)\(fraction)Z"
  }

  /// Reads what `description` writes, and nothing else.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, let day = bytes[..<10].withUnsafeBufferPointer({ CalendarDay(bytes: $0) }) else {
      return nil
    }
    for (index, separator) in [(10, "T"), (13, ":"), (16, ":"), (19, "."), (23, "Z")] {
      guard bytes[index] == separator.utf8.first else { return nil }
    }
    func number(_ range: Range<Int>, below limit: Int64) -> Int64? {
      var value: Int64 = 0
      for byte in bytes[range] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 48)
      }
      return value < limit ? value : nil
    }
    guard let hour = number(11..<13, below: 24), let minute = number(14..<16, below: 60),
      let second = number(17..<19, below: 60), let fraction = number(20..<23, below: 1000)
    else { return nil }
    milliseconds =
      Int64(day.daysSinceEpoch) * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction
  }
}
