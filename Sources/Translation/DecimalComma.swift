/// Numbers inside sentences, as Portuguese and most languages but English write them: `1.234`, `1,4 s`.
enum DecimalComma {
  private static let units: Set<Substring> = ["s", "ms", "KiB", "MiB", "GiB", "TiB", "seconds"]

  /// Nil for what is no grouped number and no amount with a unit; versions and addresses are neither.
  static func text(_ text: String) -> String? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    if parts.count == 2, let minutes = withMinutes(parts[0], parts[1]) { return minutes }
    guard let number = parts.first, parts.count <= 2, number.utf8.first.map(isDigit) == true,
      number.utf8.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") })
    else { return nil }
    if parts.count == 1 { return isGrouped(number) ? swapped(number) : nil }
    guard units.contains(parts[1]) else { return nil }
    return swapped(number) + " " + (parts[1] == "seconds" ? "segundos" : parts[1])
  }

  /// `12m 05s` and `3h 07m`, whose minutes have another unit there.
  private static func withMinutes(_ first: Substring, _ second: Substring) -> String? {
    guard first.dropLast().utf8.allSatisfy(isDigit), second.dropLast().utf8.allSatisfy(isDigit),
      first.utf8.count > 1, second.utf8.count > 1
    else { return nil }
    switch (first.last, second.last) {
    case ("m", "s"): return "\(first.dropLast())min \(second)"
    case ("h", "m"): return "\(first) \(second.dropLast())min"
    default: return nil
    }
  }

  private static func isGrouped(_ number: Substring) -> Bool {
    let groups = number.split(separator: ",", omittingEmptySubsequences: false)
    return groups.count > 1 && (1...3).contains(groups[0].count)
      && groups.dropFirst().allSatisfy { $0.count == 3 }
      && !number.contains(".")
  }

  private static func swapped(_ number: Substring) -> String {
    String(number.map { $0 == "." ? "," : $0 == "," ? "." : $0 })
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
