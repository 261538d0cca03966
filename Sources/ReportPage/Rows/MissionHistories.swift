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
    try calendar(limit: limit, slices: CalendarSums.mostTold, while: isWanted)
  }
}

extension MergedReport: MissionHistories {
  package func history(of mission: MissionID) throws -> [RecordedEvent] { try events(of: mission) }

  /// Its missions are all that is known, and a page that lists them shows them as they are.
  package func calendar(limit: Int, while isWanted: () -> Bool) throws -> JournalCalendar? {
    account.listed > MissionRows.mostListed ? try wholeCalendar(limit: limit, while: isWanted) : nil
  }

  /// Its missions added up as those of a journal are.
  func wholeCalendar(limit: Int, while isWanted: () -> Bool = { true }) throws -> JournalCalendar? {
    let sums = CalendarSums(limit: limit)
    var goesOn = true
    try eachMission { mission in
      goesOn = try sums.add(mission) && isWanted()
      return goesOn
    }
    return goesOn ? sums.calendar : nil
  }
}
