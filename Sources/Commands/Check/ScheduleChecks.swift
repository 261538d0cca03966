import Configuration
import MissionCore
import Schedules

/// How many missions a slot of each schedule makes, and which slots come next.
enum ScheduleChecks {
  private static let told = 2

  static func items(_ configuration: Configuration, now: Timestamp) -> [CheckItem] {
    configuration.schedules.map { schedule, _ in
      CheckItem(name: "schedule \(schedule.name)", timeout: .seconds(30)) { reply in
        let count = schedule.missionsPerSlot
        let missions: Message = count == 1 ? "1 mission" : "\(count) missions"
        guard schedule.isActive else { return reply(.passed("paused, \(missions) for each slot")) }
        let next = schedule.next(after: now, count: Self.told).map { "\($0.label)" }
        guard !next.isEmpty else {
          return reply(.passed("\(missions) for each slot, none comes any more"))
        }
        reply(
          .passed(
            "\(missions) for each slot, next \(next.joined(separator: ", ")) in \(schedule.zone.name)"))
      }
    }
  }
}
