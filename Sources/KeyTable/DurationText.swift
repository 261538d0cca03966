import MissionCore

/// A unit that a bare number of a key may have.
public enum DurationUnit: String, CaseIterable, Sendable {
  case milliseconds = "ms"
  case seconds = "s"
  case minutes = "m"
  case hours = "h"
  case days = "d"

  package var nanoseconds: Int64 {
    switch self {
    case .milliseconds: return 1_000_000
    case .seconds: return 1_000_000_000
    case .minutes: return 60_000_000_000
    case .hours: return 3_600_000_000_000
    case .days: return 86_400_000_000_000
    }
  }

  public var plural: Message {
    switch self {
    case .milliseconds: return "milliseconds"
    case .seconds: return "seconds"
    case .minutes: return "minutes"
    case .hours: return "hours"
    case .days: return "days"
    }
  }
}

/// Durations as people write them: `250ms`, `90s`, `1.5h`, or a bare number of the key's unit.
public enum DurationText {
  /// Ten years; longer ones are typing mistakes, and sums of them must not overflow.
  public static let longest = Duration.seconds(3650 * 86_400)

  /// Nil for anything else, also for negative and longer ones.
  public static func parse(_ text: some StringProtocol, bareUnit: DurationUnit = .seconds) -> Duration? {
    let digits = text.utf8.prefix { $0 != UInt8(ascii: ".") && !(0x41...0x7A).contains($0) }
    let number = text.utf8.prefix { !(0x41...0x7A).contains($0) }
    let suffix = String(text.dropFirst(number.count))
    guard let unit = suffix.isEmpty ? bareUnit : DurationUnit(rawValue: suffix),
      let whole = decimal(digits, limit: 12), let fraction = fraction(number.dropFirst(digits.count))
    else { return nil }
    let (product, overflow) = whole.multipliedReportingOverflow(by: unit.nanoseconds)
    guard !overflow else { return nil }
    // The fraction has nine digits: at most 10^9 x 86,400 x 10^9 / 10^9 once divided first.
    let part = Int64((Double(fraction) / 1e9 * Double(unit.nanoseconds)).rounded())
    let duration = Duration.nanoseconds(product) + .nanoseconds(part)
    return duration <= longest ? duration : nil
  }

  /// With the largest unit that needs no fraction: `3m`, `90s`, `250ms`; shorter ones in milliseconds.
  public static func format(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    if nanoseconds == 0 { return "0s" }
    for unit in DurationUnit.allCases.reversed() where nanoseconds % unit.nanoseconds == 0 {
      return "\(nanoseconds / unit.nanoseconds)\(unit.rawValue)"
    }
    var fraction = String(nanoseconds % 1_000_000 + 1_000_000).dropFirst()
    while fraction.hasSuffix("0") { fraction = fraction.dropLast() }
    return "\(nanoseconds / 1_000_000).\(fraction)ms"
  }

  private static func decimal(_ digits: some Collection<UInt8>, limit: Int) -> Int64? {
    guard !digits.isEmpty, digits.count <= limit else { return nil }
    var value: Int64 = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - 0x30)
    }
    return value
  }

  /// `.25` as billionths; nothing is 0.
  private static func fraction(_ text: some Collection<UInt8>) -> Int64? {
    guard text.first == UInt8(ascii: ".") else { return text.isEmpty ? 0 : nil }
    let digits = text.dropFirst()
    guard let value = decimal(digits, limit: 9) else { return nil }
    return (digits.count..<9).reduce(value) { scaled, _ in scaled * 10 }
  }
}
