import MissionCore

/// A window as a run meets it: its rows, as if a file had them.
package struct WindowRows: Sendable {
  package let window: MissionWindow
  /// The day that its relative days count from.
  package let today: CalendarDay
  /// The line of the configuration on which it stands.
  package let line: Int
  private let needsMedia: Bool

  /// - Parameter sources: what its source is looked up in.
  package init(_ window: MissionWindow, today: CalendarDay, line: Int, sources: MissionSources) {
    self.window = window
    self.today = today
    self.line = line
    needsMedia = sources.declaration(of: window.source)?.needsMedia ?? true
  }

  package var count: Int { window.count(today: today) }

  /// The days of the first and of the last of its missions; nil when it makes none.
  package var range: (from: CalendarDay, to: CalendarDay)? {
    let periods = window.every.periods(from: window.from.day(today: today), to: window.to.day(today: today))
    guard let first = periods.first, let last = periods.last else { return nil }
    return (first.start, last.end)
  }

  /// In batches, by date.
  package func deliver(to deliver: ([MissionRow]) throws -> Void) rethrows {
    var identity = MissionIdentity()
    let missions = window.missions(today: today)
    for start in stride(from: 0, to: missions.count, by: MissionFileReader.batchSize) {
      try deliver(
        missions[start..<min(missions.count, start + MissionFileReader.batchSize)].map { parameters in
          MissionRow(
            id: identity.id(of: parameters, needsMedia: needsMedia), parameters: parameters,
            priority: window.priority, line: line)
        })
    }
  }
}
