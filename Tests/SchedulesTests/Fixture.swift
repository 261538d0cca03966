import Dates
import Foundation
import MissionCore
import Testing

@testable import Schedules

typealias Zone = Dates.TimeZone

/// A zone of the system's database.
func zone(_ name: String) throws -> Zone {
  if name == "UTC" { return .utc }
  let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
  return try #require(Zone(name: name, file: Array(data)))
}

/// `2026-03-10T02:00`.
func label(_ text: String) throws -> SlotLabel {
  SlotLabel(minutes: Int(try moment(text + "Z").milliseconds / 60_000))
}

/// `2026-03-10T02:00Z`, or with seconds.
func moment(_ text: String) throws -> Timestamp {
  let body = text.dropLast()
  return try #require(Timestamp(body.count == 16 ? "\(body):00.000Z" : "\(body).000Z"))
}

func schedule(_ cron: String, _ name: String = "UTC") throws -> Schedule {
  Schedule(name: "nightly", cron: try CronExpression(cron), zone: try zone(name))
}
