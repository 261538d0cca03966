import Dates
import KeyTable
import MissionCore
import Schedules
import YAML

extension Configuration {
  /// An entry of `schedules:`, as it is written.
  package struct ScheduleEntry: ConfigurationSection, MissionMaker {
    package var name = ""
    package var cron: CronExpression?
    /// Nil: that of the whole configuration.
    package var timeZone: TimeZone?
    package var source = "default"
    package var days = SlotDays.today
    package var catchUp = Schedule.CatchUp.latest
    package var mediaType: MediaType?
    package var languages: [String]?
    package var priority = 0
    var parameters: [WindowParameter] = []
    package var isActive = true
    /// Where it begins.
    package var mark = YAMLMark.start
    package init() {}

    package mutating func check(_ reader: inout ConfigurationReader, path: String) {
      mark = reader.sectionStart
    }
  }

  /// The names of the schedules that are not paused.
  package var activeSchedules: [String] { scheduleEntries.filter(\.isActive).map(\.name) }

  /// The schedules, ready to make missions, with the lines on which they begin.
  package var schedules: [(schedule: Schedule, line: Int)] {
    scheduleEntries.compactMap { entry in
      guard let cron = entry.cron else { return nil }
      var schedule = Schedule(name: entry.name, cron: cron, zone: entry.timeZone ?? timeZone)
      schedule.days = entry.days
      schedule.catchUp = entry.catchUp
      schedule.isActive = entry.isActive
      schedule.source = entry.source
      schedule.mediaType = entry.mediaType
      schedule.languages = entry.languages ?? []
      schedule.priority = entry.priority
      schedule.parameters = entry.values(declaration(of: entry.source))
      return (schedule, entry.mark.line)
    }
  }
}
