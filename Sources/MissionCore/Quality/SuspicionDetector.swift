/// What a slice's earlier missions brought, as far as a new result is compared with it (TRUST 1).
package struct SliceHistory: Hashable, Sendable {
  /// Days before a mission's first day that are looked at.
  package static let days = 56

  /// One earlier result of the slice.
  package struct Entry: Hashable, Sendable {
    /// The mission's first day.
    package let day: CalendarDay
    package let records: Int

    package init(day: CalendarDay, records: Int) {
      self.day = day
      self.records = records
    }
  }

  /// Missions of the same number of days, by first day.
  package var entries: [Entry]
  /// Days of each.
  package let missionDays: Int

  package init(_ entries: [Entry], missionDays: Int = 1) {
    self.entries = entries
    self.missionDays = missionDays
  }
}

/// How a result looks beside its history.
public enum SuspicionVerdict: Hashable, Sendable {
  case ok
  case tooLittleHistory
  /// - Parameter expected: records that its like had, rounded.
  case suspicious(Suspicion.Kind, expected: Int)
}

/// Compares a result with its history; pure.
///
/// On a square-root scale counts spread alike whatever their size, so that one bound serves all: the median of the same
/// weekday, less 2.8 times the spread (median absolute deviation of all days from their weekdays' medians). What lies
/// below it and below three tenths of what is expected is far too thin.
package enum SuspicionDetector {
  /// Days of history below which only a streak tells something.
  private static let leastDays = 14
  /// The same of records a day.
  private static let leastRecordsADay = 5.0
  /// Results in a row that were not empty.
  private static let streak = 7
  /// An empty result where fewer are expected is nothing special.
  private static let leastExpected = 3.0
  /// More empties than these in the window, where records were expected, are the slice's way.
  private static let mostEmpties = 2
  /// Results of the same weekday that are enough to go by.
  private static let leastOfWeekday = 4
  /// Chosen on series with the noise of counts and up to 25 % beside it: see the detector's tests.
  private static let spreads = 2.8
  private static let thinShare = 0.3
  /// The spread of pure counts on the square-root scale.
  private static let leastSpread = 0.5
  /// Makes a median absolute deviation a standard deviation.
  private static let deviation = 1.4826

  /// Whether so many records are like what the slice had before `day` (TRUST 1).
  package static func judge(
    records: Int, day: CalendarDay, _ history: SliceHistory
  ) -> SuspicionVerdict {
    let roots = history.entries.map { Double(max(0, $0.records)).squareRoot() }
    let middle = median(roots)
    let isLittle =
      history.entries.count * history.missionDays < leastDays || history.entries.count < streak
      || middle * middle / Double(max(1, history.missionDays)) < leastRecordsADay
    if isLittle { return afterStreak(records, history, middle) }
    let medians = weekdayMedians(history, roots, middle)
    let root = medians[weekday(day)]
    let expected = root * root
    guard records > 0 else {
      let empties = zip(history.entries, roots).count { entry, found in
        let usual = medians[weekday(entry.day)]
        return found == 0 && usual * usual >= leastExpected
      }
      return expected >= leastExpected && empties <= mostEmpties
        ? .suspicious(.empty, expected: rounded(expected)) : .ok
    }
    let spread = deviation * median(zip(history.entries, roots).map { abs($1 - medians[weekday($0.day)]) })
    // The median of eight values is itself uncertain.
    let bound = root - spreads * max(leastSpread, spread) * 1.1
    let isThin = Double(records).squareRoot() < bound && Double(records) < thinShare * expected
    return isThin ? .suspicious(.thin, expected: rounded(expected)) : .ok
  }

  private static func afterStreak(
    _ records: Int, _ history: SliceHistory, _ middle: Double
  ) -> SuspicionVerdict {
    let latest = history.entries.suffix(streak)
    guard records == 0, latest.count == streak, latest.allSatisfy({ $0.records > 0 }) else {
      return .tooLittleHistory
    }
    return .suspicious(.empty, expected: max(1, rounded(middle * middle)))
  }

  /// By weekday; of one with few results that of all.
  private static func weekdayMedians(
    _ history: SliceHistory, _ roots: [Double], _ middle: Double
  ) -> [Double] {
    var found = [[Double]](repeating: [], count: 7)
    for (entry, root) in zip(history.entries, roots) { found[weekday(entry.day)].append(root) }
    return found.map { $0.count < leastOfWeekday ? middle : median($0) }
  }

  private static func weekday(_ day: CalendarDay) -> Int {
    let rest = Int(day.daysSinceEpoch) % 7
    return rest < 0 ? rest + 7 : rest
  }

  private static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
  }

  private static func rounded(_ value: Double) -> Int { Int(value.rounded()) }
}
