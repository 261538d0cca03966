import MissionCore
import Translation

/// Numbers, durations, bytes and days as people read them in a language. Without a locale of the system: the same on
/// every machine.
public struct Humanized: Sendable {
  let language: Language

  public init(_ language: Language) { self.language = language }

  private var groupMark: String { language == .portuguese ? "." : "," }
  private var decimalMark: String { language == .portuguese ? "," : "." }
  private var minutes: String { language == .portuguese ? "min" : "m" }

  /// `1,234,567`.
  public func count(_ value: Int) -> String { count(Int64(value)) }

  /// `1,234,567`.
  public func count(_ value: Int64) -> String {
    let digits = Array(String(value.magnitude).utf8)
    var out = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { out += groupMark }
      out.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return out
  }

  /// `412 B`, `1.4 KiB`, `20 MiB`.
  public func bytes(_ value: Int64) -> String {
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
  public func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "-" }
    if seconds == 0 { return "0 s" }
    if seconds < 0.9995 { return "\(max(1, Int((seconds * 1000).rounded()))) ms" }
    if seconds < 59.95 { return "\(short(seconds)) s" }
    let whole = Int64(min(seconds.rounded(), 9e15))
    if whole < 3600 { return "\(whole / 60)\(minutes) \(two(whole % 60))s" }
    if whole < 86_400 { return "\(whole / 3600)h \(two(whole / 60 % 60))\(minutes)" }
    return "\(whole / 86_400)d \(two(whole / 3600 % 24))h"
  }

  /// `12/s`, `1.5/s`, `0.3/s`, `3.2/min`, `4/h`.
  public func rate(perSecond value: Double) -> String {
    guard value.isFinite, value > 0 else { return "0/s" }
    if value >= 0.1 { return "\(short(value))/s" }
    if value * 60 >= 0.1 { return "\(short(value * 60))/min" }
    return "\(short(value * 3600))/h"
  }

  /// `42%`; 100% only when nothing is left.
  public func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "0%" }
    return "\(Int(Double(part) * 100 / Double(whole)))%"
  }

  /// `2025-01-31`, in Portuguese `31/01/2025`.
  public func day(_ day: CalendarDay) -> String {
    guard language == .portuguese else { return day.description }
    return day.description.split(separator: "-").reversed().joined(separator: "/")
  }

  /// `2025-01-01`, or `2025-01-01..2025-01-07`.
  public func days(_ from: CalendarDay, _ to: CalendarDay) -> String {
    if from == to { return day(from) }
    return language == .portuguese ? "\(day(from)) a \(day(to))" : "\(from)..\(to)"
  }

  /// `2026-01-31T10:11:12Z`, in Portuguese `31/01/2026 10:11:12 UTC`.
  public func moment(_ moment: Timestamp) -> String {
    let text = moment.description
    guard language == .portuguese else { return text.prefix(19) + "Z" }
    return "\(day(moment.day)) \(text.dropFirst(11).prefix(8)) UTC"
  }

  /// With its milliseconds.
  public func exactMoment(_ moment: Timestamp) -> String {
    let text = moment.description
    guard language == .portuguese else { return text }
    let time = text.dropFirst(11).dropLast().map { $0 == "." ? "," : $0 }
    return "\(day(moment.day)) \(String(time)) UTC"
  }

  /// One decimal below 10, none above.
  private func short(_ value: Double) -> String {
    if value >= 9.95 { return count(Int64(min(value.rounded(), 9e15))) }
    let tenths = Int64((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10)\(decimalMark)\(tenths % 10)"
  }

  private func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
