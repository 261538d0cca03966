import MissionCore
import SQLite
import Testing

@testable import Journal

@Suite("Schedules in the journal", .timeLimit(.minutes(5)))
struct ScheduleTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private func rule(_ names: [String] = ["nightly", "weekly"], retriesFailed: Bool = false) -> SelectionRule {
    var filter = MissionFilter()
    filter.schedules = names
    return SelectionRule(filter: filter, retriesFailed: retriesFailed, includesUnlisted: true)
  }

  private func add(_ missions: [ImportedMission], of schedule: String?) throws {
    var listing = ImportListing()
    listing.schedule = schedule
    _ = try fixture.journal.importMissions(missions, as: listing, at: start, moreFollows: true)
  }

  private func note(_ name: String, _ seconds: Int64, made: MadeSlots? = nil, run: String? = nil) throws {
    try fixture.journal.note(
      [ScheduleNote(name: name, seenAt: start.later(seconds), made: made)], runID: run)
  }

  private func has(_ rule: SelectionRule) throws -> Bool {
    try fixture.reader().hasMissionsOfSchedules(rule)
  }

  @Test("what was seen is remembered, the latest of each schedule")
  func seen() throws {
    #expect(try fixture.reader().schedulesSeen() == [:])
    try note("nightly", 10)
    try note("weekly", 20)
    try note("nightly", 30)
    #expect(try fixture.reader().schedulesSeen() == ["nightly": start.later(30), "weekly": start.later(20)])
    // A clock that was set back.
    try note("nightly", 5)
    #expect(try fixture.reader().schedulesSeen()["nightly"] == start.later(5))
  }

  @Test("missions and what was seen become durable together, or not at all")
  func together() throws {
    try add([mission(1)], of: "nightly")
    // Not committed yet: another connection sees neither.
    #expect(try fixture.reader().counts().total == 0)
    try note("nightly", 10)
    let reader = try fixture.reader()
    #expect(try reader.counts().pending == 1 && reader.schedulesSeen().count == 1)
  }

  @Test("only the missions of schedules that are named are chosen, whatever else is unfinished")
  func chosen() throws {
    try add([mission(0), mission(1)], of: nil)
    try add([mission(2), mission(3)], of: "nightly")
    try add([mission(4)], of: "weekly")
    try add([mission(5)], of: "paused")
    try note("nightly", 10)
    #expect(try has(rule()) && has(rule(["paused"])) && !has(rule(["other"])) && !has(rule([])))
    try fixture.journal.beginRun(RunRecord(id: "r", startedAt: start))
    let selection = try fixture.journal.select(run: "r", rule(), at: start)
    #expect(selection.selected == 3 && selection.unlisted == 0 && selection.failedEarlier == 0)
    let counts = try fixture.reader().counts()
    #expect(counts.queued == 3 && counts.pending == 3)
    for number in 2...4 { try fixture.advance(mission(number).id, through: .s3, run: "r") }
    #expect(try !has(rule()) && has(rule(["paused"])))
  }

  @Test("a mission that FAILED is looked at again when its surroundings failed, or when asked for")
  func failed() throws {
    try add([mission(1), mission(2)], of: "nightly")
    try note("nightly", 10)
    try fixture.journal.beginRun(RunRecord(id: "r", startedAt: start))
    _ = try fixture.journal.select(run: "r", rule(), at: start)
    func fail(_ number: Int, _ code: ErrorCode) throws {
      try fixture.write(mission(number).id, .started(worker: "worker-1"), run: "r")
      try fixture.write(mission(number).id, .failed(code: code, cause: nil, message: "no"), run: "r")
    }
    try fail(1, .jobFailed)
    try fail(2, .jobFailed)
    #expect(try !has(rule()) && has(rule(retriesFailed: true)))
    _ = try fixture.journal.retry(filter(mission(1).id), at: start)
    #expect(try has(rule()))
    _ = try fixture.journal.select(run: "r", rule(), at: start)
    try fail(1, .workerUnavailable)
    #expect(try has(rule()))
  }

  private func filter(_ id: MissionID) -> MissionFilter {
    var filter = MissionFilter()
    filter.ids = [id]
    return filter
  }

  @Test("a mission that is made twice is one, and keeps its schedule")
  func twice() throws {
    try add([mission(1)], of: "nightly")
    try note("nightly", 10)
    try add([mission(1)], of: "nightly")
    try note("nightly", 10)
    #expect(try fixture.reader().counts().total == 1)
    #expect(try has(rule(["nightly"])))
  }

  @Test("what runs made of slots is told, each run's own")
  func made() throws {
    let made = MadeSlots(slots: 2, missions: 6, first: "2026-03-09T02:00", last: "2026-03-10T02:00")
    for run in ["r1", "r2"] { try fixture.journal.beginRun(RunRecord(id: run, startedAt: start)) }
    try note("nightly", 10, made: made, run: "r2")
    let reader = try fixture.reader()
    #expect(try reader.madeSlots(runID: "r1").isEmpty)
    let told = try reader.madeSlots(runID: "r2")
    #expect(told.map(\.schedule) == ["nightly"] && told.map(\.made) == [made])
  }

  @Test("a plan chooses as a run does, among the missions of schedules alone")
  func plan() throws {
    try add([mission(0), mission(1)], of: nil)
    try add([mission(2)], of: "nightly")
    try note("nightly", 10)
    let scratch = try PlanScratch(journal: fixture.path)
    var listing = ImportListing()
    listing.schedule = "nightly"
    try scratch.add([mission(2), mission(7)], as: listing)
    #expect(try scratch.plan(rule()).selected == 2)
    let other = try PlanScratch(journal: fixture.path)
    #expect(try other.plan(rule(["weekly"])).selected == 0)
  }

  @Test("whether anything is unfinished is found by an index that holds the missions of schedules alone")
  func index() throws {
    fixture.journal.close()
    let connection = try SQLiteConnection(path: fixture.path, mode: .readOnly)
    let sql = try connection.text("SELECT sql FROM sqlite_schema WHERE name = 'missions_of_schedules'") ?? ""
    #expect(sql.contains("WHERE schedule IS NOT NULL AND status <> 3"))
  }
}
