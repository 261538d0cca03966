import MissionCore
import Testing

@testable import Journal

@Suite("Starts of missions", .timeLimit(.minutes(5)))
struct StartTests {
  private let fixture: Fixture
  private let id = mission(0).id

  init() throws {
    fixture = try Fixture()
    _ = try fixture.journal.importMissions([mission(0)], at: start, runID: nil)
    try fixture.run("run-1")
  }

  private func record() throws -> MissionRecord { try #require(try fixture.reader().mission(id)) }

  @Test("an intent is kept with its number, its token and its run, also when its answer never comes")
  func intent() throws {
    #expect(try record().starts == 0)
    try fixture.write(id, .started(worker: "w"), run: "run-1")
    let intent = StartIntent(attempt: 1, token: .max - 1)
    try fixture.write(id, .scrapeStarting(worker: "w", proxy: nil, start: intent), run: "run-1")
    let found = try record()
    #expect(found.starts == 1 && found.startToken == .max - 1 && found.startRunID == "run-1")
    #expect(found.hasUnansweredStart && found.jobIDs.isEmpty && found.kept.isEmpty)
  }

  @Test("what a source keeps of a job stays with it until the next start")
  func kept() throws {
    try fixture.write(id, .started(worker: "w"))
    try fixture.write(id, .scrapeStarting(worker: "w", proxy: nil))
    let kept: KeptValues = ["dataset": "d\"1\"\n", "b": ""]
    try fixture.write(id, .scrapeStarted(jobID: "job-1", kept: kept, isRemembered: true))
    #expect(try record().kept == kept)
    try fixture.write(id, .scrapeStarting(worker: "w", proxy: nil, start: StartIntent(attempt: 2, token: 1)))
    #expect(try record().kept.isEmpty)
  }

  @Test("the jobs of all starts are kept where they may be asked for, and no others")
  func jobs() throws {
    try fixture.write(id, .started(worker: "w"))
    for (number, isRemembered) in [(1, true), (2, false), (3, true)] {
      let intent = StartIntent(attempt: number, token: 1)
      try fixture.write(id, .scrapeStarting(worker: "w", proxy: nil, start: intent))
      try fixture.write(id, .scrapeStarted(jobID: "job \(number)", isRemembered: isRemembered))
    }
    let found = try record()
    #expect(found.jobIDs == ["job 1", "job 3"] && found.jobID == "job 3" && found.starts == 3)
  }

  @Test("neither a retry nor a failure sets the number of starts back")
  func lasting() throws {
    try fixture.write(id, .started(worker: "w"))
    try fixture.write(id, .scrapeStarting(worker: "w", proxy: nil))
    try fixture.write(id, .failed(code: .jobFailed, cause: nil, message: "no"))
    _ = try fixture.journal.retry(MissionFilter(), at: start)
    #expect(try record().starts == 1)
    #expect(try record().status == .pending)
  }
}
