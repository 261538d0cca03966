import Coverage
import MissionCore
import Report

/// A year as a strip of weeks, Monday on top; days of one state are one path, so that many years stay small.
struct CoverageYear {
  /// Units of a day's place, and of the square that stands in it.
  private static let pitch = 4
  private static let square = 3

  private let year: Int
  private let ranges: [DayRange]
  private let words: CoveragePhrases

  init(_ year: Int, _ ranges: [DayRange], _ words: CoveragePhrases) {
    self.year = year
    self.ranges = ranges
    self.words = words
  }

  var markup: Markup? {
    guard let first = CalendarDay(year: year, month: 1, day: 1),
      let last = CalendarDay(year: year, month: 12, day: 31)
    else { return nil }
    // The Monday of the week that the year begins in; 1970-01-01 was a Thursday.
    let weekday = (first.daysSinceEpoch + 3).floored(by: 7)
    let start = first.daysSinceEpoch - weekday
    var paths: [DayState: String] = [:]
    var counts: [DayState: Int] = [:]
    for range in ranges where range.from <= last.daysSinceEpoch && range.to >= first.daysSinceEpoch {
      let days = max(range.from, first.daysSinceEpoch)...min(range.to, last.daysSinceEpoch)
      counts[range.state, default: 0] += days.count
      for day in days {
        let place = Int(day - start)
        paths[range.state, default: ""] +=
          "M\(place / 7 * Self.pitch) \(place % 7 * Self.pitch)h\(Self.square)v\(Self.square)h-\(Self.square)z"
      }
    }
    guard !counts.isEmpty else { return nil }
    let states = DayState.allCases.filter { counts[$0] != nil }
    let told = states.map { words.counted(counts[$0] ?? 0, $0) }
      .joined(separator: ", ")
    return """
      <div class="strip"><h3>\(year) <span class="soft small">\(told)</span></h3>
      <div class="scroll"><svg viewBox="0 -7 212 35" role="img" aria-label="\(year): \(told)">\(months(start))\
      \(states.map { "<path class=\"day-\($0.rawValue)\" d=\"\(paths[$0] ?? "")\"/>" as Markup })</svg></div></div>

      """
  }

  private func months(_ start: Int32) -> [Markup] {
    words.months.enumerated().compactMap { index, name in
      guard let day = CalendarDay(year: year, month: index + 1, day: 1) else { return nil }
      // Above the first whole week of the month.
      let week = Int(day.daysSinceEpoch - start + 6) / 7
      return "<text x=\"\(week * Self.pitch)\" y=\"-2\">\(name)</text>"
    }
  }
}

extension Int32 {
  /// The remainder that is never negative.
  fileprivate func floored(by divisor: Int32) -> Int32 {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
