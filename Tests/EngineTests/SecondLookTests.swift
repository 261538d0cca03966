import MissionCore
import Ports
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("where and when a result is seen twice", .timeLimit(.minutes(5)))
struct SecondLookTests {
  private static let empty = JobLook.completed(ScrapedResult(adsCount: 0, size: 2, sha256: "00"))
  private static let verdict = MissionEvent.judged(.suspicious(.empty, expected: 40))

  private func driver(_ workers: [String], proxies: [String] = [], after: Duration = .zero) -> SchedulerDriver
  {
    let policy = SourcePolicy.with { $0.quality = QualityPolicy(.secondLook, secondLookAfter: after) }
    let lanes = workers.map { SourceLane(name: $0, capacity: 1) }
    let sessions = workers.map { SessionState(worker: $0, capacity: 1) }
    let machine = WorkerLanes(
      policy: proxies.isEmpty ? SessionPolicy() : .throughProxies, sessions: sessions,
      proxies: ProxyPool(proxies.map { .init(server: $0) }))
    let run = SchedulerDriver(sources: [
      ScheduledSource(name: "default", missions: .every, lanes: lanes, machine: machine, policy: policy)
    ])
    run.wallFollows = true
    run.send()
    return run
  }

  @Test("it is scraped again on another worker while one can be used, even when the first is free")
  func otherWorker() {
    let run = driver(["w1", "w2"])
    run.claim(1, 2)
    run.open("w1")
    run.open("w2")
    run.mission(2, .jobStarted(jobID: "job-2"))
    run.run(1, Self.empty)
    #expect(run.mission(1, Self.verdict) == [], "w1 is free, but the second look waits for w2")
    #expect(run.logs.last?.contains("is scraped once more to be sure") == true)
    run.mission(2, .jobLooked(.success(.done)))
    #expect(run.mission(2, .judged(.ok)).contains("load 2"))
    #expect(run.scheduler.activeMissions.contains { $0.id == .numbered(1) && $0.lane == "w2" })
    #expect(run.scheduler.activeMissions.first { $0.id == .numbered(1) }?.attempt == 1)
  }

  @Test(
    "with one worker it has another session through another proxy; with one proxy at least another session")
  func otherProxy() {
    for proxies in [["p1", "p2"], ["p1"], []] {
      let run = driver(["w1"], proxies: proxies)
      let opened = run.claim(1).first ?? ""
      run.open("w1")
      run.run(1, Self.empty)
      #expect(run.mission(1, Self.verdict) == ["end w1"])
      let again = run.session("w1", .ended).first ?? ""
      #expect((again == opened) == (proxies.count < 2), "\(opened), then \(again)")
      run.session("w1", .opened(sessionID: "s-other"))
      run.fire { if case .lane = $0 { true } else { false } }
      #expect(run.session("w1", .looked(.success(.ready))) == ["POST 1 w1"])
    }
  }

  @Test("another worker's session through the same proxy is replaced before")
  func sameProxyElsewhere() {
    let run = driver(["w1", "w2"], proxies: ["p1", "p2"])
    #expect(Set(run.claim(1, 2).prefix(2)).count == 2)
    run.open("w1")
    run.open("w2")
    for number in [1, 2] { run.run(number, Self.empty) }
    run.mission(1, Self.verdict)
    run.mission(2, Self.verdict)
    let proxies = run.scheduler.missions.values.map { $0.state.firstLook?.session?.proxy }
    #expect(Set(proxies) == ["p1", "p2"])
    // Each had its own worker and proxy, so each session of the other worker will do.
    #expect(run.scheduler.activeMissions.map(\.lane) == ["w2", "w1"])
    #expect(run.scheduler.missions.values.allSatisfy { $0.state.stage == .starting })
  }

  @Test("second_look_after passes before it, and a stop meanwhile leaves it to the next run")
  func waits() {
    let run = driver(["w1"], after: .seconds(60))
    run.claim(1)
    run.open("w1")
    run.run(1, Self.empty)
    #expect(run.mission(1, Self.verdict) == [])
    #expect(run.outcome == nil, "the run waits for it")
    #expect(run.fire { if case .retry = $0 { true } else { false } } == ["end w1"])
    #expect(run.now >= .seconds(60))

    let stopped = driver(["w1"], after: .seconds(60))
    stopped.claim(1)
    stopped.open("w1")
    stopped.run(1, Self.empty)
    stopped.mission(1, Self.verdict)
    #expect(stopped.send(.stopRequested(.signal(15))) == ["finish"])
  }

  @Test("when no lane is left for it the first result is taken")
  func noLane() {
    let run = driver(["w1"], after: .seconds(60))
    run.claim(1, 2)
    run.open("w1")
    run.run(1, Self.empty)
    run.mission(1, Self.verdict)
    run.mission(2, .startFailed(SourceFailure(.unavailable, "401")))
    #expect(run.fire { if case .retry = $0 { true } else { false } } == ["verify 1"])
    #expect(run.mission(1, .spoolVerified(.intact)) == ["load 1"])
  }
}

extension SourcePolicy {
  fileprivate static func with(_ change: (inout SourcePolicy) -> Void) -> SourcePolicy {
    var policy = SourcePolicy()
    change(&policy)
    return policy
  }
}
