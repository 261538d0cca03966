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
    try MadeRows(line: line, priority: window.priority, needsMedia: needsMedia).deliver(
      window.missions(today: today), to: deliver)
  }
}

/// Missions that need no file, as if one had their rows.
package struct MadeRows: Sendable {
  /// Of the configuration, where what makes them stands.
  private let line: Int
  private let priority: Int
  private let needsMedia: Bool

  fileprivate init(line: Int, priority: Int, needsMedia: Bool) {
    self.line = line
    self.priority = priority
    self.needsMedia = needsMedia
  }

  /// - Parameter sources: what their source is looked up in.
  package init(line: Int, priority: Int, source: String, in sources: MissionSources) {
    self.init(
      line: line, priority: priority, needsMedia: sources.declaration(of: source)?.needsMedia ?? true)
  }

  /// In batches.
  package func deliver(
    _ missions: [MissionParameters], to deliver: ([MissionRow]) throws -> Void
  ) rethrows {
    var identity = MissionIdentity()
    for start in stride(from: 0, to: missions.count, by: MissionFileReader.batchSize) {
      try deliver(
        missions[start..<min(missions.count, start + MissionFileReader.batchSize)].map { parameters in
          MissionRow(
            id: identity.id(of: parameters, needsMedia: needsMedia), parameters: parameters,
            priority: priority, line: line)
        })
    }
  }
}
