import MissionCore
import Ports
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("lanes that get fewer jobs at once than they could have", .timeLimit(.minutes(5)))
struct AdaptingTests {
  private func driver(adapts: Bool = true) -> SchedulerDriver {
    let run = SchedulerDriver(workers: [SessionState(worker: "w1", capacity: 4)]) {
      $0.adapts = adapts
      $0.maxConcurrency = 8
    }
    run.send()
    run.claim(1, 2, 3, 4, 5, 6)
    return run
  }

  private let busy = MissionEvent.startFailed(
    SourceFailure(.busy, "w1 answered 429", retryAfter: .seconds(1)))

  @Test("a worker that refuses a job gets fewer; that is journaled and told")
  func refused() {
    let run = driver()
    #expect(run.open() == ["POST 1 w1", "POST 2 w1", "POST 3 w1", "POST 4 w1"])
    run.mission(2, busy)
    #expect(run.journal.last == "w1 limited to 3")
    for number in [1, 3, 4] { run.mission(number, .jobStarted(jobID: "job-\(number)")) }
    #expect(run.logs == ["w1 gets 3 of 4 jobs at once: it refused more (429 or 503)"])
    // The one that was refused keeps its place and asks again.
    #expect(run.mission(1, .jobLooked(.success(.done))) == ["load 1"])
    #expect(run.mission(3, .jobLooked(.success(.done))) == ["load 3", "POST 5 w1"])
  }

  @Test("with adaptive: false it always gets what its capacity says")
  func off() {
    let run = driver(adapts: false)
    run.open()
    run.mission(2, busy)
    for number in [1, 3, 4] { run.mission(number, .jobStarted(jobID: "job-\(number)")) }
    #expect(!run.journal.contains { $0.contains("limited") })
    #expect(run.mission(1, .jobLooked(.success(.done))) == ["load 1", "POST 5 w1"])
  }

  @Test("a session that fails takes part of the places, whoever waits for it, and says so to nobody")
  func sessionFailed() {
    let run = driver()
    run.session("w1", .opened(sessionID: "s"))
    run.fire { if case .lane = $0 { true } else { false } }
    run.session("w1", .looked(.success(.stuck)))
    #expect(run.journal.filter { $0.contains("limited") } == ["w1 limited to 3"])
    #expect(!run.logs.contains { $0.contains("at once") })
  }

  @Test("a source that does not adapt, as programs do not, keeps its capacity")
  func fixed() {
    let lane = SourceLane(name: "program", capacity: 2, adapts: false)
    let run = SchedulerDriver(
      sources: [ScheduledSource(name: "program", missions: .every, lanes: [lane], policy: .withoutSessions)]
    ) { $0.adapts = true }
    run.send()
    run.claim(1, 2, 3)
    run.mission(1, busy)
    #expect(!run.journal.contains { $0.contains("limited") })
  }

  @Test("with many missions before it a worker begins with half, and is told of as compared")
  func comparing() {
    let run = SchedulerDriver(
      sources: [.workers([SessionState(worker: "w1", capacity: 4)])], selected: 1000
    ) { $0.adapts = true }
    run.send()
    run.claim((1...64).map { .numbered($0) }, isLast: false)
    #expect(run.open() == ["POST 1 w1", "POST 2 w1"])
    #expect(run.scheduler.laneLimits == ["w1": LaneLimit(limit: 2, capacity: 4, reason: .comparing)])
    #expect(run.logs.isEmpty)
  }
}
