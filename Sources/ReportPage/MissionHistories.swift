import Journal
import MissionCore
import Report

/// What a page tells besides the missions of its report.
package protocol MissionHistories {
  func history(of mission: MissionID) throws -> [RecordedEvent]
  /// How all that is known covers the calendar; nil when the page is to show its own missions only.
  func calendar(limit: Int, while isWanted: () -> Bool) throws -> JournalCalendar?
}

extension JournalReader: MissionHistories {
  package func history(of mission: MissionID) throws -> [RecordedEvent] { try events(of: mission) }

  package func calendar(limit: Int, while isWanted: () -> Bool) throws -> JournalCalendar? {
    try calendar(limit: limit, slices: 24, while: isWanted)
  }
}

extension MergedReport: MissionHistories {
  package func history(of mission: MissionID) throws -> [RecordedEvent] { try events(of: mission) }

  /// Its missions are all that is known.
  package func calendar(limit: Int, while isWanted: () -> Bool) throws -> JournalCalendar? { nil }
}
