import MissionCore
import Testing

@testable import Journal

@Suite("Steps that are written together", .timeLimit(.minutes(5)))
struct JoinedUpdatesTests {
  private let way: [(MissionChange, [JournalEvent])] = [
    (.started(worker: "worker-1"), [JournalEvent(.started)]),
    (
      .scrapeStarting(worker: "worker-2", proxy: "p:1", start: StartIntent(attempt: 1, token: 9)),
      [JournalEvent(.sessionReady, [("worker", .text("worker-2"))]), JournalEvent(.scrapeStarting)]
    ),
    (.scrapeStarted(jobID: "job-7"), [JournalEvent(.scrapeStarted)]),
    (
      .scrapeCompleted(adsCount: 5, size: 99, sha256: "abc", seconds: 1.25),
      [JournalEvent(.scrapeCompleted, [("ads_count", .integer(5)), ("note", .text("a \"b\""))])]
    ),
    (.dbCompleted(seconds: 0.5), [JournalEvent(.dbCompleted)]),
    (
      .s3Completed(key: "k", etag: "\"e\"", size: 120, sha256: "def", seconds: 0.125),
      [JournalEvent(.s3Completed), JournalEvent(.completed)]
    ),
  ]

  private func fixture() throws -> Fixture {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions([mission(0), mission(1)], at: start, runID: nil)
    try fixture.run("run-1")
    return fixture
  }

  private func steps(of id: MissionID) -> [JournalWrite] {
    way.enumerated().map { index, step in
      .mission(
        MissionTransition(mission: id, change: step.0, events: step.1, at: start.later(Int64(index + 1))))
    }
  }

  @Test("leave the same row and the same history as one after the other")
  func same() throws {
    let id = mission(0).id
    let (apart, together) = (try fixture(), try fixture())
    for step in steps(of: id) { try apart.journal.write([step], runID: "run-1") }
    try together.journal.write(steps(of: id), runID: "run-1")
    let (first, second) = (try apart.reader(), try together.reader())
    #expect(try first.mission(id) == second.mission(id))
    #expect(try first.mission(id)?.status == .done)
    let histories = try [first, second].map { reader in
      try reader.events(of: id).map { "\($0.kind) \($0.at) \($0.attempt) \($0.detailsJSON ?? "")" }
    }
    #expect(histories[0] == histories[1] && histories[0].count == way.reduce(2) { $0 + $1.1.count })
    #expect(try first.counts() == second.counts())
  }

  @Test("of two missions among each other, and with what is written of lanes between them")
  func mixed() throws {
    let fixture = try fixture()
    let (a, b) = (steps(of: mission(0).id), steps(of: mission(1).id))
    var writes: [JournalWrite] = []
    for (one, other) in zip(a, b) { writes += [one, .sessionTainted(worker: "w"), other] }
    try fixture.journal.write(writes, runID: "run-1")
    #expect(try fixture.reader().counts().done == 2)
  }

  @Test("are undone together where one of them is not allowed")
  func refused() throws {
    let fixture = try fixture()
    let id = mission(0).id
    let wrong = Array(steps(of: id).prefix(2)) + [steps(of: id)[5]]
    #expect(failure { try fixture.journal.write(wrong, runID: "run-1") } != nil)
    #expect(try fixture.reader().mission(id)?.status == .queued)
    #expect(try fixture.reader().events(of: id).count == 2)
    try fixture.journal.write(steps(of: id), runID: "run-1")
    #expect(try fixture.reader().mission(id)?.status == .done)
  }

  @Test("write a column once, as the later step says, with the values in their places")
  func text() {
    #expect(
      MissionAssignment.text(of: [.scrapeCompleted, .dbCompleted])
        == "ads_count = ?2, size = ?3, sha256 = ?4, scrape_ms = ?5, unanswered_start = 0, kept_files = ?6, "
        + "former_files = ?7, first_look = NULL, checkpoint = 2, db_ms = ?8, crashes = 0, deferred = 0")
    #expect(MissionUpdate.scrapeStarting.valueCount == 6 && MissionUpdate.jobForgotten.valueCount == 0)
  }
}
