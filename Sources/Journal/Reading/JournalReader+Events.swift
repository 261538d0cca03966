import MissionCore
import SQLite

/// An entry of a mission's history, with the mission that it belongs to.
package struct LoggedEvent: Hashable, Sendable {
  package let mission: MissionID
  package let source: String
  package let dateStart: CalendarDay
  /// Which of the mission's entries it is, from 1 on.
  package let place: Int64
  package let event: RecordedEvent
}

// Histories in the order of time, as a log shows them.
extension JournalReader {
  /// Every entry that a run wrote, or that one mission has; `body` answers false to stop.
  package func eachEvent(
    ofRun runID: String? = nil, of mission: MissionID? = nil, _ body: (LoggedEvent) throws -> Bool
  ) throws {
    do {
      var conditions: [String] = []
      if let runID { conditions.append("e.run = \(try runDirectory.number(of: runID))") }
      if mission != nil { conditions.append("m.id = ?") }
      let condition = conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
      let rows = try connection.prepare(
        "\(Self.loggedEvents) WHERE \(condition) ORDER BY e.at, m.number, e.seq")
      if let mission { try rows.bind(mission, at: 1) }
      while try rows.step() {
        if let event = try loggedEvent(rows), try !body(event) { return }
      }
    } catch let error as SQLiteError { throw JournalError(error, path: path) }
  }

  /// What a run has written at `time` or later, of missions that it has begun, in the order of time.
  package func events(ofRun runID: String, since time: Timestamp) throws(JournalError) -> [LoggedEvent] {
    try reading {
      let run = try runDirectory.number(of: runID)
      let rows = try connection.prepare(
        """
        \(Self.loggedEvents) WHERE m.run = \(run) AND m.started_at IS NOT NULL
          AND (m.finished_at IS NULL OR m.finished_at >= ?1) AND e.run = \(run) AND e.at >= ?1
        ORDER BY e.at, m.number, e.seq
        """)
      try rows.bind(time, at: 1)
      var events: [LoggedEvent] = []
      while try rows.step() { if let event = try loggedEvent(rows) { events.append(event) } }
      return events
    }
  }

  private static let loggedEvents = """
    SELECT m.id, m.source, m.date_start, e.seq, e.at, e.run, e.attempt, e.kind, e.details
    FROM missions m CROSS JOIN events e ON e.mission = m.number
    """

  private func loggedEvent(_ row: SQLiteStatement) throws -> LoggedEvent? {
    guard let kind = EventKind(stored: row.integer(7)) else { return nil }
    let event = RecordedEvent(
      at: Timestamp(milliseconds: row.integer(4)),
      runID: try row.optionalInteger(5).map { try runDirectory.id(of: $0) } ?? nil, attempt: row.int(6),
      kind: kind, detailsJSON: row.text(8))
    return LoggedEvent(
      mission: row.missionID(0), source: row.text(1) ?? "", dateStart: row.day(2), place: row.integer(3),
      event: event)
  }
}
