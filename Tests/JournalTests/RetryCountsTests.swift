import MissionCore
import TestSupport
import Testing

@testable import Journal

@Suite("Failed attempts in the journal", .timeLimit(.minutes(5)))
struct RetryCountsTests {
  private func attempt(
    _ day: Int, _ fixture: Fixture, _ end: MissionChange, worker: String = "w1", proxy: String? = "p1",
    took: Int64
  ) throws {
    let id = mission(day).id
    try fixture.write(id, .started(worker: worker), run: "run-1")
    try fixture.write(id, .scrapeStarting(worker: worker, proxy: proxy), run: "run-1")
    try fixture.write(id, .scrapeStarted(jobID: "j"), run: "run-1")
    try fixture.write(id, end, run: "run-1", at: start.later(took))
  }

  @Test(
    "each is counted with its code, worker and proxy and the time that it took; what a person must look at is none"
  )
  func counted() throws {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions((0..<4).map { mission($0) }, at: start)
    try fixture.run("run-1")
    try attempt(0, fixture, .retryQueued(code: .jobFailed, message: "m"), took: 5)
    try attempt(0, fixture, .retryQueued(code: .jobFailed, message: "m"), took: 7)
    try attempt(0, fixture, .failed(code: .jobRetriesUsedUp, cause: .jobFailed, message: "m"), took: 1)
    try attempt(
      1, fixture, .retryQueued(code: .sessionStuck, message: "m"), worker: "w2", proxy: nil, took: 2)
    try attempt(2, fixture, .failed(code: .resultSuspicious, cause: nil, message: "m"), took: 9)
    let expected = [
      FailedAttempts(
        code: .sessionStuck, worker: "w2", proxy: nil, retries: 1, failures: 1, lostSeconds: 2),
      FailedAttempts(code: .jobFailed, worker: "w1", proxy: "p1", retries: 2, failures: 3, lostSeconds: 13),
    ]
    #expect(try fixture.reader().failedAttempts(runID: "run-1") == expected)
    #expect(try fixture.reader().failedAttempts() == expected)
  }

  @Test("at DB and S3 neither worker nor proxy has to do with it, and no job's time is lost")
  func local() throws {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions([mission(0)], at: start)
    try fixture.run("run-1")
    try fixture.advance(mission(0).id, through: .scrape, run: "run-1")
    try fixture.write(
      mission(0).id, .retryQueued(code: .destinationTimedOut, message: "m"), run: "run-1", at: start.later(60)
    )
    #expect(
      try fixture.reader().failedAttempts(runID: "run-1") == [
        FailedAttempts(
          code: .destinationTimedOut, worker: nil, proxy: nil, retries: 1, failures: 1, lostSeconds: 0)
      ])
  }

  @Test("events of a run come in the order of time, each with its mission, and new ones by themselves")
  func events() throws {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions([mission(0), mission(1)], at: start)
    try fixture.run("run-1")
    let steps: [(Int, MissionChange, EventKind, Int64)] = [
      (0, .started(worker: "w1"), .started, 1), (1, .started(worker: "w2"), .started, 2),
      (0, .scrapeStarting(worker: "w1", proxy: nil), .scrapeStarting, 3),
    ]
    for (day, change, kind, seconds) in steps {
      try fixture.write(
        mission(day).id, change, [JournalEvent(kind)], run: "run-1", at: start.later(seconds))
    }
    var seen: [MissionID] = []
    try fixture.reader().eachEvent(ofRun: "run-1") { event in
      if event.event.kind != .queued { seen.append(event.mission) }
      return true
    }
    #expect(seen == [mission(0).id, mission(1).id, mission(0).id])
    let new = try fixture.reader().events(ofRun: "run-1", since: start.later(2))
    #expect(new.map(\.event.kind) == [.started, .scrapeStarting])
    #expect(new.last?.dateStart == mission(0).parameters.dateStart)
    var own = 0
    try fixture.reader().eachEvent(of: mission(1).id) { _ in
      own += 1
      return true
    }
    #expect(try own == fixture.reader().events(of: mission(1).id).count)
  }
}
