import MissionCore
import Testing

@testable import Journal

/// Which missions a run chooses among (SPEC 2: files are the wish; SPEC 4: the second chance).
@Suite("Files are the wish", .timeLimit(.minutes(5)))
struct WishTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  /// What another process's run chooses whose files name `listed`.
  private func choose(
    _ id: String, naming listed: [ImportedMission], _ rule: SelectionRule = SelectionRule()
  ) throws -> (selection: Selection, days: [Int]) {
    fixture.journal.close()
    let journal = try Journal.open(path: fixture.path, busy: .zero)
    defer { journal.close() }
    try journal.beginRun(RunRecord(id: id, startedAt: start))
    _ = try journal.importMissions(listed, at: start, runID: id)
    let selection = try journal.select(run: id, rule, at: start)
    var chosen = MissionFilter()
    chosen.runID = id
    let missions = try fixture.reader().missions(chosen, limit: 100)
    let first = CalendarDay("2025-01-01")!.daysSinceEpoch
    return (selection, missions.map { Int($0.parameters.dateStart.daysSinceEpoch - first) }.sorted())
  }

  private func fail(_ day: Int, _ code: ErrorCode) throws {
    try fixture.write(mission(day).id, .started(worker: "w"))
    try fixture.write(mission(day).id, .failed(code: code, cause: nil, message: "m"))
  }

  private func ids(_ days: Int...) -> SelectionRule {
    var filter = MissionFilter()
    filter.ids = days.map { mission($0).id }
    return SelectionRule(filter: filter)
  }

  @Test("an unfinished mission that no file names any more is left alone and counted")
  func unlisted() throws {
    _ = try fixture.journal.importMissions((0..<4).map { mission($0) }, at: start)
    let (selection, days) = try choose("b", naming: [mission(1), mission(9)])
    #expect(days == [1, 9] && selection.selected == 2 && selection.unlisted == 3)
    #expect(try fixture.reader().run(id: "b")?.counts.skipped == 3)
  }

  @Test("a run may take the unlisted ones, too")
  func includingUnlisted() throws {
    _ = try fixture.journal.importMissions((0..<4).map { mission($0) }, at: start)
    let (selection, days) = try choose("b", naming: [mission(1)], SelectionRule(includesUnlisted: true))
    #expect(days == [0, 1, 2, 3] && selection.unlisted == 0)
  }

  @Test("what an earlier run left under way is chosen although no file names it")
  func underWay() throws {
    _ = try fixture.journal.importMissions((0..<6).map { mission($0) }, at: start)
    try fixture.run("a")
    // A job; a start without an answer; spooled bytes; rows without an object; a worker, but nothing begun.
    for day in 0..<3 { try fixture.write(mission(day).id, .started(worker: "w")) }
    for day in 0..<2 { try fixture.write(mission(day).id, .scrapeStarting(worker: "w", proxy: nil)) }
    try fixture.write(mission(0).id, .scrapeStarted(jobID: "job-1"))
    try fixture.advance(mission(3).id, through: .scrape)
    try fixture.advance(mission(4).id, through: .db)
    for day in 0..<5 { try fixture.write(mission(day).id, .requeued(crashes: 0, deferred: false)) }
    let (selection, days) = try choose("b", naming: [])
    #expect(days == [0, 1, 3, 4] && selection.unlisted == 2)
  }

  @Test("what a person puts back is chosen although no file names it, until it has ended")
  func putBack() throws {
    _ = try fixture.journal.importMissions((0..<3).map { mission($0) }, at: start)
    try fixture.run("a")
    try fail(0, .jobFailed)
    try fail(1, .jobFailed)
    var one = MissionFilter()
    one.ids = [mission(0).id]
    #expect(try fixture.journal.retry(one, at: start) == 1)
    #expect(try choose("b", naming: []).days == [0])
    // Stopped before it was begun: it is wanted still.
    #expect(try choose("c", naming: []).days == [0])
    let journal = try Journal.open(path: fixture.path, busy: .zero)
    try journal.write(
      [
        .mission(
          MissionTransition(
            mission: mission(0).id, change: .failed(code: .jobFailed, cause: nil, message: "m"), events: [],
            at: start))
      ], runID: nil)
    journal.close()
    #expect(try choose("d", naming: [], SelectionRule(retriesFailed: true)).days == [])
  }

  @Test("a listed mission whose surroundings failed is chosen again, any other stays FAILED and is counted")
  func secondChance() throws {
    let codes = ErrorCode.allCases
    _ = try fixture.journal.importMissions(codes.indices.map { mission($0) }, at: start)
    try fixture.run("a")
    for (day, code) in codes.enumerated() { try fail(day, code) }
    let again = codes.indices.filter {
      ["301", "302", "304", "401", "402", "501", "502"].contains(codes[$0].rawValue.dropFirst(5))
    }
    let (selection, days) = try choose("b", naming: codes.indices.map { mission($0) })
    #expect(days == again && again.count == 7)
    let forAPerson = codes.indices.filter { codes[$0].needsPerson }
    #expect(selection.failedEarlier == codes.count - 7)
    #expect(selection.retryable == codes.count - 7 - forAPerson.count)
    #expect(try fixture.reader().run(id: "b")?.counts.failedEarlier == codes.count - 7)
    let retried = try choose(
      "c", naming: codes.indices.map { mission($0) }, SelectionRule(retriesFailed: true))
    #expect(retried.days == codes.indices.filter { !forAPerson.contains($0) } && forAPerson.count == 3)
    #expect(retried.selection.failedEarlier == forAPerson.count)
  }

  @Test("what a person must look at is in no run, whatever names it, until it is put back")
  func forAPerson() throws {
    _ = try fixture.journal.importMissions([mission(0)], at: start)
    try fixture.run("a")
    try fail(0, .startUnknown)
    var rule = SelectionRule(retriesFailed: true, includesUnlisted: true)
    #expect(try choose("b", naming: [mission(0)], rule).days == [])
    rule.filter.ids = [mission(0).id]
    #expect(try choose("c", naming: [mission(0)], rule).days == [])
    let journal = try Journal.open(path: fixture.path, busy: .zero)
    #expect(try journal.retry(MissionFilter(), at: start) == 1)
    journal.close()
    #expect(try choose("d", naming: [mission(0)]).days == [0])
  }

  @Test("a FAILED mission that no file names stays as it is and is no listed one")
  func failedUnlisted() throws {
    _ = try fixture.journal.importMissions((0..<2).map { mission($0) }, at: start)
    try fixture.run("a")
    try fail(0, .workerUnavailable)
    try fail(1, .jobFailed)
    var found = try choose("b", naming: [], SelectionRule(retriesFailed: true))
    #expect(found.days == [] && found.selection.failedEarlier == 0 && found.selection.unlisted == 0)
    found = try choose("c", naming: [], SelectionRule(includesUnlisted: true))
    #expect(found.days == [0])
  }

  @Test(
    "a mission that is named by id is chosen, also when it FAILED or no file names it; not when it is over")
  func named() throws {
    _ = try fixture.journal.importMissions((0..<4).map { mission($0) }, at: start)
    try fixture.run("a")
    try fail(0, .jobFailed)
    try fixture.advance(mission(1).id, through: .s3)
    _ = try fixture.journal.cancel(mission(2).id, at: start)
    let (selection, days) = try choose("b", naming: [mission(0)], ids(0, 1, 2, 3))
    #expect(days == [0, 3])
    #expect(selection.failedEarlier == 0 && selection.unlisted == 0 && selection.retryable == 0)
  }

  @Test("the choosing options say which FAILED ones count; a limit leaves none behind")
  func choosing() throws {
    _ = try fixture.journal.importMissions((0..<6).map { mission($0) }, at: start)
    try fixture.run("a")
    for day in 0..<6 { try fail(day, day < 3 ? .jobFailed : .workerUnavailable) }
    let all = (0..<6).map { mission($0) }
    var late = MissionFilter()
    late.from = CalendarDay("2025-01-03")
    let (selection, days) = try choose("b", naming: all, SelectionRule(filter: late, limit: 2))
    #expect(days == [3, 4] && selection.failedEarlier == 1 && selection.more == 1)
  }
}
