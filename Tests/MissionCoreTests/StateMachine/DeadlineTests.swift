import Testing

@testable import MissionCore

@Suite("a deadline is judged only by the answer to a look sent at or after it", .timeLimit(.minutes(5)))
struct DeadlineTests {
  private static let running = MissionEvent.jobLooked(.success(.waiting(status: "running", isKnown: true)))

  private func waiting() -> MissionDriver {
    var policy = RunPolicy()
    policy.timeoutJob = .seconds(70)
    return MissionDriver.at(.awaitingLook, policy: policy)
  }

  @Test("a job that ended in time and is looked at an hour late is taken")
  func late() {
    var mission = waiting()
    mission.pass(.seconds(3600))
    #expect(mission.send(.timerFired) == ["look at job-1 on worker-1"])
    #expect(mission.send(.jobLooked(.success(.completed(Sample.result)))).last == "load")
  }

  @Test("one that still runs at that look is cancelled as 202")
  func tooSlow() {
    var mission = waiting()
    mission.pass(.seconds(3600))
    mission.send(.timerFired)
    #expect(mission.send(Self.running) == ["cancel job-1 on worker-1"])
    #expect(
      mission.send(.jobCancelAnswered(isConfirmed: true)).last
        == "commit retry ERROR202 [SCRAPE_ERROR RETRY_QUEUED]")
  }

  @Test("an answer that comes after the deadline to a look sent before it does not judge")
  func lateAnswer() {
    var mission = waiting()
    mission.send(.timerFired)
    mission.pass(.seconds(3600))
    #expect(mission.send(Self.running) == ["wait"])
    #expect(mission.wait == .zero)
    #expect(mission.waitForTimer() == ["look at job-1 on worker-1"])
    #expect(mission.send(Self.running) == ["cancel job-1 on worker-1"])
  }

  @Test("a last look that fails is sent again before the job is given up, with a pause")
  func failedLook() {
    for kind in [SourceFailure.Kind.again, .busy] {
      var mission = waiting()
      mission.pass(.seconds(3600))
      mission.send(.timerFired)
      #expect(mission.send(.jobLooked(.failure(.of(kind, retryAfter: .seconds(2))))) == ["wait"])
      #expect(mission.wait! > .zero)
      #expect(mission.waitForTimer() == ["look at job-1 on worker-1"])
      #expect(mission.send(.jobLooked(.success(.completed(Sample.result)))).last == "load")
    }
  }

  @Test("a worker that is busy for ever ends the job's time all the same")
  func busyForEver() {
    var mission = waiting()
    mission.pass(.seconds(3600))
    for _ in 1...2 {
      mission.send(.timerFired, .jobLooked(.failure(.of(.busy, retryAfter: .seconds(300)))))
      #expect(mission.wait! <= .seconds(30), "as often as jobs are looked at")
    }
    mission.send(.timerFired)
    #expect(mission.send(.jobLooked(.failure(.of(.busy)))) == ["cancel job-1 on worker-1"])
  }

  @Test("a start that was put off is sent when the wait is over, however late that is seen")
  func lateStart() {
    var mission = MissionDriver.at(.starting)
    mission.send(.startFailed(.of(.busy, retryAfter: .seconds(5))))
    mission.pass(.seconds(90_000))
    #expect(mission.send(.timerFired) == ["start on worker-1"])
    #expect(
      mission.send(.startFailed(.of(.busy))).last
        == "commit retry ERROR202 [SCRAPE_ERROR RETRY_QUEUED]", "and its answer judges")
  }

  @Test("a refusal that is seen late, of a start sent in time, does not judge")
  func lateRefusal() {
    var mission = MissionDriver.at(.starting)
    mission.pass(.seconds(90_000))
    #expect(mission.send(.startFailed(.of(.busy))) == ["wait"])
    #expect(mission.wait! >= .seconds(5))
    #expect(mission.waitForTimer() == ["start on worker-1"])
  }
}
