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

  /// Reads what `description` writes.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 24, bytes[10] == UInt8(ascii: "T"), bytes[23] == UInt8(ascii: "Z"),
      let day = CalendarDay(text.prefix(10)),
      let hour = Int64(text.dropFirst(11).prefix(2)), let minute = Int64(text.dropFirst(14).prefix(2)),
      let second = Int64(text.dropFirst(17).prefix(2)), let fraction = Int64(text.dropFirst(20).prefix(3))
    else { return nil }
    milliseconds =
      Int64(day.daysSinceEpoch) * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction
  }
}
