/// Sizes as people write them: `4GiB`, `100MB`, `64KiB`, or a bare number of bytes.
public enum SizeText {
  private static let units: [(name: String, bytes: Int64)] = [
    ("TiB", 1 << 40), ("TB", 1_000_000_000_000), ("GiB", 1 << 30), ("GB", 1_000_000_000),
    ("MiB", 1 << 20), ("MB", 1_000_000), ("KiB", 1 << 10), ("KB", 1000), ("B", 1),
  ]

  /// Nil for anything else, also for what does not fit 64 bits. Units are read without case.
  public static func parse(_ text: some StringProtocol) -> Int64? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let suffix = text.dropFirst(digits.count).lowercased()
    guard let number = Int64(digits) else { return nil }
    if suffix.isEmpty { return number }
    guard let unit = units.first(where: { $0.name.lowercased() == suffix }) else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit.bytes)
    return overflow ? nil : bytes
  }

  /// With the unit that gives the smallest whole number.
  public static func format(_ bytes: Int64) -> String {
    let fitting = units.filter { bytes >= $0.bytes && bytes % $0.bytes == 0 }
    guard let unit = fitting.max(by: { $0.bytes < $1.bytes }) else { return "\(bytes)B" }
    return "\(bytes / unit.bytes)\(unit.name)"
  }
}
