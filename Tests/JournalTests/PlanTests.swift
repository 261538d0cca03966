import Glibc
import MissionCore
import Testing

@testable import Journal

@Suite("Planning", .timeLimit(.minutes(5)))
struct PlanTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private func plan(
    _ rows: [ImportedMission], journal: String?, _ filter: MissionFilter = MissionFilter(),
    order: MissionOrder = .oldest, limit: Int? = nil, retryFailed: Bool = false
  ) throws -> MissionPlan {
    let scratch = try PlanScratch(journal: journal)
    for row in rows { try scratch.add([row]) }
    return try scratch.plan(
      SelectionRule(filter: filter, order: order, limit: limit, retriesFailed: retryFailed))
  }

  private func day(_ offset: Int) -> CalendarDay { CalendarDay("2025-01-01")!.adding(days: offset) }

  @Test("without a journal every distinct row is selected, with range, duplicates and gaps")
  func fresh() throws {
    let rows =
      [0, 1, 5, 1].map { mission($0) } + [mission(2, days: 3), mission(20)]
      + [0, 9].map { mission($0, languages: ["pt", "eng"], type: .image) }
    let plan = try plan(rows, journal: nil)
    #expect(plan.selected == 7 && plan.duplicates == 1 && plan.skipped.total == 0)
    #expect(plan.from == day(0) && plan.to == day(20))
    #expect(
      plan.gaps == [
        MissionPlan.Gap(
          from: day(6), to: day(19), kind: MissionPlan.Kind(mediaType: .video, languages: ["pt"])),
        MissionPlan.Gap(
          from: day(1), to: day(8), kind: MissionPlan.Kind(mediaType: .image, languages: ["eng", "pt"])),
      ])
  }

  @Test("nothing selected has no range and no gaps")
  func nothing() throws {
    var filter = MissionFilter()
    filter.mediaType = .all
    let plan = try plan([mission(0), mission(4)], journal: nil, filter)
    #expect(plan.selected == 0 && plan.skipped.notSelected == 2)
    #expect(plan.from == nil && plan.to == nil && plan.gaps.isEmpty)
  }

  @Test("what is known is skipped or resumed, and days that are done leave no gap")
  func known() throws {
    _ = try fixture.journal.importMissions((0..<6).map { mission($0) }, at: start)
    try fixture.run("a")
    try fixture.advance(mission(1).id, through: .s3)
    try fixture.advance(mission(2).id, through: .scrape)
    try fixture.write(mission(2).id, .requeued(crashes: 0, deferred: false))
    try fixture.advance(mission(3).id, through: .db)
    try fixture.write(mission(4).id, .started(worker: "w"))
    try fixture.advance(mission(5).id, through: .scrape)
    try fixture.write(mission(5).id, .failed(code: .destinationRefused, cause: nil, message: "m"))
    let rows = [0, 1, 4, 6, 9].map { mission($0) }
    var plan = try plan(rows, journal: fixture.path)
    #expect(plan.selected == 6 && plan.duplicates == 0)
    #expect(plan.resumed == MissionPlan.Resumed(scrape: 1, db: 1, s3: 1))
    #expect(plan.skipped == MissionPlan.Skipped(done: 1, failed: 1, cancelled: 0, notSelected: 0))
    #expect(plan.gaps.map(\.from) == [day(7)])
    plan = try self.plan(rows, journal: fixture.path, limit: 2, retryFailed: true)
    #expect(plan.selected == 2 && plan.skipped.notSelected == 4 && plan.skipped.failed == 1)
    #expect(plan.to == day(2))
  }

  @Test("a plan says what selecting then does", arguments: 1...20)
  func agreement(seed: UInt64) throws {
    var random = Scatter(seed: seed)
    func rows(_ count: Int) -> [ImportedMission] {
      (0..<count).map { _ in
        mission(
          Int.random(in: 0..<40, using: &random),
          languages: [["pt"], ["pt", "eng"]].randomElement(using: &random)!,
          priority: Int.random(in: 0...2, using: &random))
      }
    }
    _ = try fixture.journal.importMissions(rows(30), at: start)
    try fixture.run("a", limit: 20)
    for (index, mission) in try fixture.journal.claim(after: nil, order: .oldest, limit: 20).0.enumerated() {
      try leave(mission.id, index % 6)
    }
    fixture.journal.close()
    let files = rows(25)
    var filter = MissionFilter()
    if Bool.random(using: &random) { filter.languages = ["eng"] }
    if Bool.random(using: &random) { filter.shard = MissionFilter.Shard(index: 1, count: 2) }
    let known = try fixture.reader().missions(MissionFilter(), limit: 100)
    if Int.random(in: 0..<4, using: &random) == 0 {
      filter = MissionFilter()
      filter.ids = known.shuffled(using: &random).prefix(9).map(\.id)
    }
    let rule = SelectionRule(
      filter: filter, order: MissionOrder.allCases.randomElement(using: &random)!,
      limit: [nil, 4, 9].randomElement(using: &random)!, retriesFailed: Bool.random(using: &random),
      includesUnlisted: Int.random(in: 0..<3, using: &random) == 0)
    // Some hundred bytes of memory: most of it goes to disk and comes back.
    let scratch = try PlanScratch(journal: fixture.path, mostBytes: 200)
    try scratch.add(files)
    let plan = try scratch.plan(rule)

    let journal = try Journal.open(path: fixture.path, busy: .seconds(1))
    defer { journal.close() }
    try journal.beginRun(RunRecord(id: "b", startedAt: start))
    for mission in try journal.interrupted() {
      let requeued = MissionTransition(
        mission: mission.id, change: .requeued(crashes: 0, deferred: false), events: [], at: start)
      try journal.write([.mission(requeued)], runID: "b")
    }
    let imported = try journal.importMissions(files, at: start)
    let selection = try journal.select(run: "b", rule, at: start)
    #expect(selection == plan.selection && selection.selected == plan.selected)
    var chosen = MissionFilter()
    chosen.runID = "b"
    chosen.statuses = [.queued]
    let missions = try fixture.reader().missions(chosen, limit: 100)
    #expect(missions.count == plan.selected)
    #expect(missions.map(\.parameters.dateStart).min() == plan.from)
    #expect(missions.map(\.parameters.dateEnd).max() == plan.to)
    #expect(try fixture.reader().run(id: "b")?.counts.skipped == plan.skipped.total)
    #expect(plan.duplicates == files.count - Set(files.map(\.id)).count)
    #expect(imported.new + imported.known + imported.duplicates == files.count)
  }

  /// What a run can leave of a mission that it chose.
  private func leave(_ id: MissionID, _ way: Int) throws {
    switch way {
    case 0: try fixture.advance(id, through: .s3)
    case 1, 2:
      try fixture.write(id, .started(worker: "w"))
      try fixture.write(
        id, .failed(code: way == 1 ? .jobFailed : .workerUnavailable, cause: nil, message: "m"))
    case 3: try fixture.advance(id, through: .scrape)
    case 4:
      try fixture.write(id, .started(worker: "w"))
      try fixture.write(id, .failed(code: .jobFailed, cause: nil, message: "m"))
      var one = MissionFilter()
      one.ids = [id]
      _ = try fixture.journal.retry(one, at: start)
    default: break
    }
  }

  @Test("planning writes nothing and leaves no files")
  func readOnly() throws {
    _ = try fixture.journal.importMissions([mission(0)], at: start)
    fixture.journal.close()
    var before = stat()
    var after = stat()
    stat(fixture.path, &before)
    _ = try plan([mission(1)], journal: fixture.path)
    stat(fixture.path, &after)
    #expect(before.st_mtim.tv_nsec == after.st_mtim.tv_nsec && before.st_size == after.st_size)
    #expect(access(fixture.path + "-wal", F_OK) != 0)
    #expect(try fixture.reader().counts().total == 1)
  }
}
