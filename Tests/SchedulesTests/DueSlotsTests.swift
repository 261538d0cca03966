import MissionCore
import Testing

@testable import Schedules

@Suite("Slots that are due", .timeLimit(.minutes(1)))
struct DueSlotsTests {
  private func due(
    _ cron: String, _ catchUp: Schedule.CatchUp, seen: String?, now: String, zone: String = "UTC",
    isActive: Bool = true
  ) throws -> DueSlots {
    var schedule = try schedule(cron, zone)
    schedule.catchUp = catchUp
    schedule.isActive = isActive
    return DueSlots(schedule, seen: try seen.map(moment), now: try moment(now))
  }

  private func labels(_ due: DueSlots) -> [String] { due.slots.map { "\($0.label)" } }

  @Test("a schedule that is met for the first time owes nothing", arguments: Schedule.CatchUp.allCases)
  func first(catchUp: Schedule.CatchUp) throws {
    let due = try self.due("* * * * *", catchUp, seen: nil, now: "2026-03-10T02:00:30Z")
    #expect(try due.slots.isEmpty && due.seenAt == moment("2026-03-10T02:00:30Z") && !due.isClockBehind)
  }

  @Test("a slot is due from its moment on, and once", arguments: Schedule.CatchUp.allCases)
  func once(catchUp: Schedule.CatchUp) throws {
    func at(_ seen: String, _ now: String) throws -> [String] {
      labels(try self.due("0 2 * * *", catchUp, seen: seen, now: now))
    }
    #expect(try at("2026-03-09T02:00Z", "2026-03-10T01:59:59Z") == [])
    #expect(try at("2026-03-09T02:00Z", "2026-03-10T02:00Z") == ["2026-03-10T02:00"])
    #expect(try at("2026-03-09T02:00Z", "2026-03-10T02:04Z") == ["2026-03-10T02:00"])
    #expect(try at("2026-03-10T02:00Z", "2026-03-10T02:04Z") == [])
    #expect(try at("2026-03-10T01:59:59Z", "2026-03-10T02:04Z") == ["2026-03-10T02:00"])
    let due = try self.due("0 2 * * *", catchUp, seen: "2026-03-09T02:00Z", now: "2026-03-10T02:04Z")
    #expect(try due.seenAt == moment("2026-03-10T02:00Z"))
  }

  @Test("of the slots of a month that nobody saw all, the latest or none are made up")
  func month() throws {
    let (seen, now) = ("2026-02-10T02:00Z", "2026-03-10T12:00Z")
    let all = try self.due("0 2 * * *", .all, seen: seen, now: now)
    #expect(all.slots.count == 28 && labels(all).first == "2026-02-11T02:00")
    #expect(try labels(all).last == "2026-03-10T02:00" && all.seenAt == moment("2026-03-10T02:00Z"))
    #expect(labels(try self.due("0 2 * * *", .latest, seen: seen, now: now)) == ["2026-03-10T02:00"])
    let none = try self.due("0 2 * * *", .none, seen: seen, now: now)
    // Nothing is written down: the next one is judged by itself.
    #expect(none == DueSlots())
  }

  @Test("none takes the newest up to an hour after it")
  func hour() throws {
    #expect(
      labels(try self.due("0 2 * * *", .none, seen: "2026-02-10T02:00Z", now: "2026-03-10T03:00Z")) == [
        "2026-03-10T02:00"
      ])
    #expect(
      labels(try self.due("0 2 * * *", .none, seen: "2026-02-10T02:00Z", now: "2026-03-10T03:00:01Z")) == [])
    let latest = try self.due("*/10 * * * *", .none, seen: "2026-03-10T00:00Z", now: "2026-03-10T02:05Z")
    #expect(try labels(latest) == ["2026-03-10T02:00"] && latest.seenAt == moment("2026-03-10T02:00Z"))
  }

  @Test(
    "slots that a clock change leaves out are due together at its end, each once",
    arguments: Schedule.CatchUp.allCases)
  func gap(catchUp: Schedule.CatchUp) throws {
    let seen = "2026-03-08T06:00Z"
    let due = try self.due(
      "0 * * * *", catchUp, seen: seen, now: "2026-03-08T07:03Z", zone: "America/New_York")
    #expect(labels(due) == ["2026-03-08T02:00", "2026-03-08T03:00"])
    #expect(
      try self.due(
        "0 * * * *", catchUp, seen: "2026-03-08T07:00Z", now: "2026-03-08T07:03Z", zone: "America/New_York")
        == DueSlots())
  }

  @Test("in the hour that comes twice nothing is due the second time", arguments: Schedule.CatchUp.allCases)
  func repeated(catchUp: Schedule.CatchUp) throws {
    for now in ["2026-11-01T06:00Z", "2026-11-01T06:30Z", "2026-11-01T06:59:59Z"] {
      let due = try due(
        "*/30 1 * * *", catchUp, seen: "2026-11-01T05:30Z", now: now, zone: "America/New_York")
      #expect(due == DueSlots())
    }
  }

  @Test(
    "a clock that is set back begins anew where it is, and makes up for nothing",
    arguments: Schedule.CatchUp.allCases)
  func clockBack(catchUp: Schedule.CatchUp) throws {
    let due = try self.due("0 2 * * *", catchUp, seen: "2031-01-01T02:00Z", now: "2026-03-10T12:00Z")
    #expect(try due.slots.isEmpty && due.isClockBehind && due.seenAt == moment("2026-03-10T12:00Z"))
  }

  @Test("a schedule that is paused owes nothing and notes nothing", arguments: Schedule.CatchUp.allCases)
  func paused(catchUp: Schedule.CatchUp) throws {
    for seen in [nil, "2026-02-10T02:00Z", "2031-01-01T00:00Z"] {
      let due = try self.due("0 2 * * *", catchUp, seen: seen, now: "2026-03-10T12:00Z", isActive: false)
      #expect(due == DueSlots())
    }
  }

  @Test("no more than 100,000 missions are made at once, the oldest first; the next run goes on")
  func many() throws {
    var every = try schedule("* * * * *")
    every.catchUp = .all
    every.parameters = [MissionWindow.Parameter(name: "n", values: (1...50).map { .integer($0) })]
    let now = try moment("2026-03-10T00:00Z")
    let first = DueSlots(every, seen: try moment("2026-03-01T00:00Z"), now: now)
    #expect(first.slots.count == 2000 && labels(first).first == "2026-03-01T00:01")
    let second = DueSlots(every, seen: first.seenAt, now: now)
    #expect(second.slots.first?.label.minutes == first.slots.last!.label.minutes + 1)
  }

  @Test(
    "whatever the ticks of the timer are, all of a year's slots are met once",
    arguments: [1, 7, 61, 1441, 4000])
  func ticks(minutes: Int) throws {
    var hourly = try schedule("17 */3 * * *", "America/New_York")
    hourly.catchUp = .all
    let start = try moment("2026-01-01T00:00Z")
    var seen = start
    var met: [SlotLabel] = []
    var now = start
    let end = try moment("2027-01-01T00:00Z")
    while now < end {
      now = Timestamp(milliseconds: now.milliseconds + Int64(minutes) * 60_000)
      let due = DueSlots(hourly, seen: seen, now: now)
      met += due.slots.map(\.label)
      seen = due.seenAt ?? seen
    }
    let expected = hourly.next(after: start, count: met.count).map(\.label)
    #expect(met == expected && Set(met).count == met.count && met.count >= 365 * 8)
  }
}
