import Testing

@testable import MissionCore

@Suite("a source that asks to be started again later", .timeLimit(.minutes(5)))
struct PutOffTests {
  private func requeued(_ mission: MissionDriver) -> Duration? {
    for case .leave(.requeued(let delay, nil)) in mission.actions { return delay }
    return nil
  }

  private func putOff(_ mission: inout MissionDriver) -> Duration? {
    mission.send(.slotGiven(lane: "jobs"), .laneReady(nil), .journaled, .jobStarted(jobID: "job"), .journaled)
    mission.send(.jobLooked(.success(.putOff(message: "exit code 75"))), .journaled)
    defer { mission.state.requeue() }
    return requeued(mission)
  }

  @Test(
    "its wait doubles up to 300 s; all waits of an attempt are no longer than the attempt; nothing is counted"
  )
  func waits() {
    let source = SourcePolicy.with {
      ($0.findsStarts, $0.retryDelay, $0.timeout) = (true, .seconds(20), .seconds(1000))
    }
    var mission = MissionDriver(source: source)
    #expect(
      (1...6).map { _ in putOff(&mission) } == [20, 40, 80, 160, 300, 300].map { .seconds($0) })
    // 900 s have gone by in waits.
    #expect(putOff(&mission) == .seconds(100))
    #expect(mission.state.retryCount == 0 && mission.state.start.attempt == 7)
    mission.send(.slotGiven(lane: "jobs"), .laneReady(nil), .journaled, .jobStarted(jobID: "job"), .journaled)
    #expect(
      mission.send(.jobLooked(.success(.putOff(message: "exit code 75")))) == [
        "release jobs failed", "commit retry ERROR202 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
    mission.send(.journaled)
    mission.state.requeue()
    #expect(putOff(&mission) == .seconds(20), "the next attempt waits anew")
  }

  @Test("without a wait of its own it is a second")
  func second() {
    var mission = MissionDriver()
    #expect(putOff(&mission) == .seconds(1))
    #expect(putOff(&mission) == .seconds(2))
  }

  @Test("a stop and a person's cancel end the waiting")
  func ended() {
    var stopped = MissionDriver.at(.looking, source: .finding)
    stopped.send(.stopRequested, .jobLooked(.success(.putOff(message: "later"))))
    #expect(stopped.send(.journaled) == ["leave for a later run"])
    var cancelled = MissionDriver.at(.looking, source: .finding)
    cancelled.send(.cancelRequested)
    #expect(
      cancelled.send(.jobLooked(.success(.putOff(message: "later")))).last == "commit CANCELLED [CANCELLED]")
  }

  @Test("a counted retry of a scrape waits as its source says, and holds nothing")
  func retryDelay() {
    let source = SourcePolicy.with { $0.retryDelay = .seconds(60) }
    var mission = MissionDriver.at(.looking, source: source)
    #expect(
      mission.send(.jobLooked(.success(.failed(message: "no")))).first == "release worker-1 failed")
    mission.send(.journaled)
    #expect(requeued(mission) == .seconds(60))
  }

  @Test("retries and the time of an attempt are the source's own where it says so")
  func ownLimits() {
    let source = SourcePolicy.with {
      ($0.maxRetries, $0.timeout, $0.lookInterval) = (0, .seconds(50), .seconds(7))
    }
    var mission = MissionDriver.at(.awaitingLook, source: source)
    #expect(mission.wait == .seconds(7))
    mission.pass(.seconds(50))
    mission.send(.timerFired, .jobLooked(.success(.waiting(status: "running", isKnown: true))))
    #expect(
      mission.send(.jobCancelAnswered(isConfirmed: true)).last
        == "commit FAILED ERROR202 [SCRAPE_ERROR FAILED]")
  }
}
