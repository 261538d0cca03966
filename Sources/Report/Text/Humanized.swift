/// Numbers, durations and bytes as people read them. Without a locale of the system: the same everywhere.
public enum Humanized {
  /// `1,234,567`.
  public static func count(_ value: Int) -> String { count(Int64(value)) }

  /// `1,234,567`.
  public static func count(_ value: Int64) -> String {
    let digits = Array(String(value.magnitude).utf8)
    var out = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { out += "," }
      out.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return out
  }

  /// `412 B`, `1.4 KiB`, `20 MiB`.
  public static func bytes(_ value: Int64) -> String {
    guard value >= 1024 else { return "\(value) B" }
    var scaled = Double(value)
    var unit = ""
    for name in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] where scaled >= 1023.95 || unit.isEmpty {
      scaled /= 1024
      unit = name
    }
    return "\(short(scaled)) \(unit)"
  }

  /// `45 ms`, `1.4 s`, `12m 05s`, `3h 07m`, `2d 04h`.
  public static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "-" }
    if seconds == 0 { return "0 s" }
    if seconds < 0.9995 { return "\(max(1, Int((seconds * 1000).rounded()))) ms" }
    if seconds < 59.95 { return "\(short(seconds)) s" }
    let whole = Int64(min(seconds.rounded(), 9e15))
    if whole < 3600 { return "\(whole / 60)m \(two(whole % 60))s" }
    if whole < 86_400 { return "\(whole / 3600)h \(two(whole / 60 % 60))m" }
    return "\(whole / 86_400)d \(two(whole / 3600 % 24))h"
  }

  /// `12/s`, `1.5/s`, `0.3/s`, `3.2/min`, `4/h`.
  public static func rate(perSecond value: Double) -> String {
    guard value.isFinite, value > 0 else { return "0/s" }
    if value >= 0.1 { return "\(short(value))/s" }
    if value * 60 >= 0.1 { return "\(short(value * 60))/min" }
    return "\(short(value * 3600))/h"
  }

  /// `42%`; 100% only when nothing is left.
  public static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "0%" }
    return "\(Int(Double(part) * 100 / Double(whole)))%"
  }

  /// One decimal below 10, none above; `,` groups.
  private static func short(_ value: Double) -> String {
    if value >= 9.95 { return count(Int64(min(value.rounded(), 9e15))) }
    let tenths = Int64((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
