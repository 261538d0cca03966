import Testing

@testable import MissionCore

@Suite("a start is never repeated blindly", .timeLimit(.minutes(5)))
struct StartTests {
  @Test(
    "without a clear answer the source is asked first; only a start that was surely not taken is repeated")
  func readyAfterwards() {
    var mission = MissionDriver.at(.starting)
    for _ in 1...2 {
      #expect(mission.send(.startFailed(.of(.again))) == ["ask worker-1 for the start"])
      #expect(mission.send(.startFound(.success(.notTaken))) == ["wait"])
      #expect(mission.waitForTimer() == ["start on worker-1"])
    }
    mission.send(.startFailed(.of(.again)))
    #expect(
      mission.send(.startFound(.success(.notTaken))) == [
        "release worker-1 failed", "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
    #expect(mission.send(.journaled) == ["leave to the queue"])
  }

  @Test("a lane that may run a job nobody knows is cleared before the mission runs again")
  func unknownJob() {
    var mission = MissionDriver.at(.findingStart)
    #expect(
      mission.send(.startFound(.success(.unknownJob))) == [
        "release worker-1 failedWithUnknownJob", "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
    #expect(mission.send(.journaled) == ["leave until worker-1 is cleared"])
  }

  @Test("a source that cannot tell: the lane is cleared, and the mission starts anew without being counted")
  func unclear() {
    var mission = MissionDriver.at(.findingStart)
    #expect(
      mission.send(.startFound(.success(.unknown))) == [
        "release worker-1 lost", "write no job [SCRAPE_ERROR]", "commit queued",
      ])
    #expect(mission.send(.journaled) == ["leave until worker-1 is cleared"])
    #expect(mission.state.retryCount == 0)
  }

  @Test("a run that stops leaves the start unanswered in the journal, one that is cancelled clears the lane")
  func unclearStop() {
    var mission = MissionDriver.at(.findingStart)
    mission.send(.stopRequested)
    #expect(
      mission.send(.startFound(.success(.unknown))) == ["release worker-1 left", "commit queued"])
    var cancelled = MissionDriver.at(.findingStart)
    cancelled.send(.cancelRequested)
    #expect(
      cancelled.send(.startFound(.success(.unknown))) == [
        "release worker-1 abandoned", "commit CANCELLED [CANCELLED]",
      ])
  }

  @Test("a worker that loses every answer costs a counted retry from the third on")
  func unclearForEver() {
    var policy = RunPolicy()
    policy.maxRetries = 0
    var mission = MissionDriver(policy: policy)
    var told: [String] = []
    for _ in 1...3 {
      mission.send(.slotGiven(lane: "worker-1"), .laneReady(Sample.grant), .journaled)
      mission.send(.startFailed(.of(.again)))
      told.append(mission.send(.startFound(.success(.unknown))).last!)
      mission.send(.journaled)
      mission.state.requeue()
    }
    #expect(
      told == ["commit queued", "commit queued", "commit FAILED ERROR100 [SCRAPE_ERROR FAILED]"])
  }

  @Test("a start that has come to nothing has the code that its source gives")
  func failedStart() {
    var mission = MissionDriver.at(.findingStart)
    #expect(
      mission.send(.startFound(.success(.failed(Failure(.sessionStuck, "stuck"))))) == [
        "release worker-1 failed", "commit retry ERROR102 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
    #expect(mission.send(.journaled) == ["leave to the queue"])
  }

  @Test("the question is asked again when it fails; a good answer then decides")
  func checkAgain() {
    var mission = MissionDriver.at(.findingStart)
    for _ in 1...2 {
      #expect(mission.send(.startFound(.failure(.of(.again)))) == ["wait"])
      #expect(mission.waitForTimer() == ["ask worker-1 for the start"])
    }
    mission.send(.startFound(.success(.notTaken)))
    #expect(mission.waitForTimer() == ["start on worker-1"])
    #expect(mission.state.retryCount == 0)
  }

  @Test("asking in vain: a job may run, so the lane must be cleared")
  func checkInVain() {
    var mission = MissionDriver.at(.findingStart)
    for _ in 1...2 {
      mission.send(.startFound(.failure(.of(.again))))
      mission.waitForTimer()
    }
    #expect(
      mission.send(.startFound(.failure(.of(.again)))) == [
        "release worker-1 failedWithUnknownJob", "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
    for kind in [SourceFailure.Kind.unusable, .notFound, .tooLarge, .mismatch] {
      var other = MissionDriver.at(.findingStart)
      #expect(
        other.send(.startFound(.failure(.of(kind)))).first == "release worker-1 failedWithUnknownJob")
    }
  }

  @Test("a worker that asks to come back later is asked again, not earlier")
  func checkBusy() {
    var mission = MissionDriver.at(.findingStart)
    #expect(mission.send(.startFound(.failure(.of(.busy, retryAfter: .seconds(40))))) == ["wait"])
    #expect(mission.wait! >= .seconds(40))
    #expect(mission.waitForTimer() == ["ask worker-1 for the start"])
    mission.pass(.seconds(6000))
    #expect(mission.send(.startFound(.failure(.of(.busy)))) == ["wait"], "it was asked in time")
    mission.waitForTimer()
    #expect(
      mission.send(.startFound(.failure(.of(.busy)))).first == "release worker-1 failedWithUnknownJob")
  }

  @Test(
    "a refusal is counted; whether a job may run depends on whether it was refused",
    arguments: [
      (SourceFailure.Kind.notFound, "failed"), (.unusable, "failed"), (.mismatch, "failedWithUnknownJob"),
      (.tooLarge, "failedWithUnknownJob"),
    ])
  func refused(kind: SourceFailure.Kind, verdict: String) {
    var mission = MissionDriver.at(.starting)
    #expect(
      mission.send(.startFailed(.of(kind))) == [
        "release worker-1 \(verdict)", "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
  }

  @Test("409, 429 and 503: not earlier than asked, at most 300 s, never counted")
  func busy() {
    var mission = MissionDriver.at(.starting)
    for (asked, least, most) in [(nil, 5, 6), (7, 7, 8), (0, 0, 1), (100_000, 300, 300)] as [(Int?, Int, Int)]
    {
      mission.send(.startFailed(.of(.busy, retryAfter: asked.map { .seconds($0) })))
      #expect(mission.wait! >= .seconds(least))
      #expect(mission.wait! <= .seconds(most))
      #expect(mission.waitForTimer() == ["start on worker-1"])
    }
    #expect(mission.state.retryCount == 0)
  }

  @Test("a worker that has no place for the job's whole time: 202; it is not asked earlier than it wants")
  func busyForEver() {
    var policy = RunPolicy()
    policy.timeoutJob = .seconds(400)
    var mission = MissionDriver.at(.starting, policy: policy)
    mission.send(.startFailed(.of(.busy, retryAfter: .seconds(300))))
    #expect(mission.waitForTimer() == ["start on worker-1"])
    mission.send(.startFailed(.of(.busy, retryAfter: .seconds(300))))
    #expect(mission.wait == .seconds(100))
    #expect(
      mission.waitForTimer() == [
        "release worker-1 failed", "commit retry ERROR202 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
  }

  @Test("a worker that has no place after another failed try is waited for all the same")
  func busyAfterOtherFailures() {
    for first in [SourceFailure.Kind.unreachable, .again] {
      var mission = MissionDriver.at(.starting)
      mission.send(.startFailed(.of(first)))
      if first == .again { mission.send(.startFound(.success(.notTaken))) }
      mission.waitForTimer()
      #expect(mission.send(.startFailed(.of(.busy))) == ["wait"])
      #expect(mission.state.retryCount == 0)
    }
  }

  @Test("no space for anything stops the run")
  func spoolFull() {
    var mission = MissionDriver.at(.starting)
    #expect(mission.send(.startFailed(.of(.spoolFull))) == ["stop the run"])
  }
}
