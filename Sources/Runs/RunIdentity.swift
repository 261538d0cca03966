import MissionCore

/// A run's name: sorts by start, unique without asking anybody, fit for a file name.
enum RunIdentity {
  /// `run-20260131-101112-4f09ab`, in UTC.
  static func make(at moment: Timestamp, random: inout some RandomNumberGenerator) -> String {
    let digits = moment.description.utf8.filter { (48...57).contains($0) }.prefix(14)
    let text = String(decoding: digits, as: UTF8.self)
    let tail = String(UInt32.random(in: 0..<1 << 24, using: &random) | 1 << 24, radix: 16).dropFirst()
    return "run-\(text.prefix(8))-\(text.dropFirst(8))-\(tail)"
  }
}
