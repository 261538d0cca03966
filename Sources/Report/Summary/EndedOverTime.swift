import MissionCore

/// How many missions ended when: bars of equal length over the time in which they did, as many as a small chart bears.
///
/// Missions come in any order; the bars grow longer as the time does.
package struct EndedOverTime: Sendable {
  static let mostBars = 72

  private var milliseconds: Int64 = 1000
  /// By the time since 1970, in bars.
  private var counts: [Int64: Int] = [:]
  /// The first and the last of them; nil before the first mission.
  private var places: ClosedRange<Int64>?

  package init() {}

  mutating func add(_ moment: Timestamp) {
    let place = moment.milliseconds / milliseconds
    counts[place, default: 0] += 1
    var all = places.map { min($0.lowerBound, place)...max($0.upperBound, place) } ?? place...place
    while all.upperBound - all.lowerBound >= Self.mostBars {
      milliseconds *= 2
      var merged: [Int64: Int] = [:]
      for (place, count) in counts { merged[place / 2, default: 0] += count }
      counts = merged
      all = (all.lowerBound / 2)...(all.upperBound / 2)
    }
    places = all
  }

  /// From the first that ended to the last.
  package var bars: [Int] {
    places.map { $0.map { counts[$0] ?? 0 } } ?? []
  }

  package var barSeconds: Double { Double(milliseconds) / 1000 }
}
