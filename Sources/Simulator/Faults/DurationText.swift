/// Durations as they are typed: `250ms`, `1.5s`, `2m`, `1h`, `1d`; a bare number is seconds.
enum DurationText {
  static func parse(_ text: some StringProtocol) -> Duration? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = Double(number), value.isFinite else { return nil }
    let milliseconds: Double
    switch text[number.endIndex...] {
    case "ms": milliseconds = value
    case "", "s": milliseconds = value * 1000
    case "m": milliseconds = value * 60_000
    case "h": milliseconds = value * 3_600_000
    case "d": milliseconds = value * 86_400_000
    default: return nil
    }
    // A hundred years: beyond that nothing is meant.
    guard milliseconds <= 3.2e12 else { return nil }
    return .microseconds(Int64(milliseconds * 1000))
  }

  /// `20ms..2s`, or one duration for both ends.
  static func parseRange(_ text: String) -> ClosedRange<Duration>? {
    guard let dots = text.firstRange(of: "..") else { return parse(text).map { $0...$0 } }
    guard let low = parse(text[..<dots.lowerBound]), let high = parse(text[dots.upperBound...]), low <= high
    else {
      return nil
    }
    return low...high
  }
}
