import MissionCore

/// How many missions ended when: bars of equal length over the time in which they did, as many as a small chart bears.
///
/// Missions come in any order; the bars grow longer as the time does.
package struct EndedOverTime: Sendable {
  static let mostBars = 72

  private var milliseconds: Int64 = 1000
  /// By the time since 1970, in bars.
  private var counts: [Int64: Int] = [:]

  package init() {}

  mutating func add(_ moment: Timestamp) {
    counts[moment.milliseconds / milliseconds, default: 0] += 1
    while let first = counts.keys.min(), let last = counts.keys.max(), last - first >= Self.mostBars {
      milliseconds *= 2
      var merged: [Int64: Int] = [:]
      for (place, count) in counts { merged[place / 2, default: 0] += count }
      counts = merged
    }
  }

  /// From the first that ended to the last.
  package var bars: [Int] {
    guard let first = counts.keys.min(), let last = counts.keys.max() else { return [] }
    return (first...last).map { counts[$0] ?? 0 }
  }

  package var barSeconds: Double { Double(milliseconds) / 1000 }
}
