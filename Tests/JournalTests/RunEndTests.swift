import MissionCore
import Synchronization
import Testing

@testable import Journal

@Suite("The end of a run in the journal", .timeLimit(.minutes(5)))
struct RunEndTests {
  private let fixture: Fixture

  init() throws {
    fixture = try Fixture()
    _ = try fixture.journal.importMissions([mission(1), mission(2), mission(3)], at: start)
  }

  @Test("why it ended is kept; a version that did not write it down is read by its code")
  func ended() throws {
    try fixture.run("run-1")
    try fixture.journal.endRun("run-1", exitCode: 75, ended: .timeUp, at: start.later(5))
    let run = try #require(try fixture.reader().run(id: "run-1"))
    #expect(run.ended == .timeUp && run.end(isLive: false) == .timeUp)
    #expect(run.endedAt(isLive: false) == start.later(5))
    var old = run
    old.ended = nil
    for (code, left, end) in [
      (0, 0, RunEnd.finished), (1, 0, .finished), (65, 0, .finished), (75, 2, .stopped), (69, 1, .failed),
      (69, 0, .finished), (73, 1, .failed), (70, 0, .failed),
    ] {
      old.exitCode = code
      old.counts = RunCounts()
      old.counts.selected = left
      #expect(old.end(isLive: false) == end, "\(code)")
    }
  }

  @Test("a run without an end is killed, at its last sign of life, unless it lives")
  func killed() throws {
    try fixture.run("run-1")
    var run = try #require(try fixture.reader().run(id: "run-1"))
    #expect(run.end(isLive: true) == nil && run.endedAt(isLive: true) == nil)
    #expect(run.end(isLive: false) == .killed && run.endedAt(isLive: false) == start)
    try fixture.write(mission(1).id, .started(worker: "w"), run: "run-1", at: start.later(2))
    try fixture.write(
      mission(1).id, .failed(code: .jobFailed, cause: nil, message: ""), run: "run-1", at: start.later(4))
    run = try #require(try fixture.reader().run(id: "run-1"))
    #expect(run.endedAt(isLive: false) == start.later(4), "a step that is counted is a sign of life")
    fixture.journal.noteAlive("run-1", at: start.later(14))
    _ = try fixture.journal.proxies()
    run = try #require(try fixture.reader().run(id: "run-1"))
    #expect(run.endedAt(isLive: false) == start.later(14))
  }

  @Test("ends of the run's missions are told once they are durable, those of other runs are not")
  func follows() throws {
    try fixture.run("run-1", limit: 1)
    try fixture.write(mission(1).id, .started(worker: "w"), run: "run-1")
    try fixture.write(mission(1).id, .failed(code: .jobFailed, cause: nil, message: ""), run: "run-1")
    try fixture.run("run-2")
    try fixture.journal.followEnds(of: "run-2")
    #expect(fixture.journal.takeEnds().isEmpty)
    try fixture.advance(mission(2).id, through: .s3, run: "run-2")
    // Refused, and rolled back with what stood before it.
    let steps: [MissionChange] = [.cancelled, .cancelled]
    let writes = steps.map {
      JournalWrite.mission(MissionTransition(mission: mission(3).id, change: $0, events: [], at: start))
    }
    #expect(throws: JournalError.self) { try fixture.journal.write(writes, runID: "run-2") }
    _ = try fixture.journal.retry(MissionFilter(), at: start)
    let ends = fixture.journal.takeEnds()
    #expect(ends.map(\.isEnded) == [true])
    #expect(try fixture.reader().missions(numbers: ends.map(\.number)).map(\.id) == [mission(2).id])
    #expect(fixture.journal.takeEnds().isEmpty)
  }

  @Test(
    "choosing ends between two transactions when it is not wanted any more, and the next run chooses anew")
  func stopped() throws {
    let failure = #expect(throws: JournalError.self) {
      try fixture.journal.beginRun(RunRecord(id: "run-1", startedAt: start))
      _ = try fixture.journal.select(
        run: "run-1", SelectionRule(), at: start, while: { false })
    }
    #expect(failure == .stopped && failure?.exitCode == .stoppedEarly)
    #expect(try fixture.run("run-2") == 3)
  }

  @Test("the days of the whole journal are added up by what covers them, up to a limit")
  func days() throws {
    _ = try fixture.journal.importMissions([mission(1, languages: ["eng"]), mission(5, days: 3)], at: start)
    try fixture.run("run-1")
    try fixture.advance(mission(1).id, through: .s3, run: "run-1", ads: 7)
    let all = try #require(try fixture.reader().calendar(limit: 10)).days
    #expect(all.map(\.missions).reduce(0, +) == 5)
    #expect(all.filter { $0.status == .done }.map(\.ads) == [7])
    #expect(all.contains { $0.end.daysSinceEpoch - $0.start.daysSinceEpoch == 2 })
    #expect(try fixture.reader().calendar(limit: 2) == nil)
  }

  @Test("days are told by slice, and together where there are too many slices or kinds of days")
  func slices() throws {
    let slices = ["pt", "eng", "es"]
    let missions = (0..<4).flatMap { day in slices.map { mission(day, languages: [$0]) } }
    _ = try fixture.journal.importMissions(missions, at: start)
    try fixture.run("run-1")
    try fixture.advance(missions[1].id, through: .s3, run: "run-1", ads: 7)
    let total = try fixture.reader().counts().total
    let told = try #require(try fixture.reader().calendar(limit: 100))
    #expect(told.slices.map(\.missions).reduce(0, +) == total)
    #expect(told.slices.filter { $0.done == 1 && $0.ads == 7 }.map(\.missions) == [4])
    #expect(Set(told.days.map(\.slice)).count == told.slices.count)
    for (limit, most) in [(100, 2), (8, 24)] {
      let together = try #require(try fixture.reader().calendar(limit: limit, slices: most))
      #expect(together.days.allSatisfy { $0.slice == nil })
      #expect(together.days.map(\.missions).reduce(0, +) == total)
      #expect(together.slices == told.slices)
    }
  }
}
