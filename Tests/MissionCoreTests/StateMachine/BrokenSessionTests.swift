import Testing

@testable import MissionCore

@Suite("a mission whose session fails under it", .timeLimit(.minutes(5)))
struct BrokenSessionTests {
  private static let broke = MissionEvent.laneBroke(Failure(.sessionStuck, "session stuck"))
  private static let retry = "commit retry ERROR102 [SCRAPE_ERROR RETRY_QUEUED]"

  private func broken(at place: Reach) -> MissionDriver {
    var mission = MissionDriver.at(place)
    mission.send(Self.broke)
    return mission
  }

  @Test("between two looks the job is looked at at once; before its request the mission fails at once")
  func atOnce() {
    var waiting = MissionDriver.at(.awaitingLook)
    #expect(waiting.send(Self.broke) == ["look at job-1 on worker-1"])
    var unsent = MissionDriver.at(.awaitingStart)
    #expect(unsent.send(Self.broke) == ["release worker-1 failed", Self.retry])
    #expect(unsent.send(.journaled) == ["leave to the queue"])
    var unclear = MissionDriver.at(.awaitingCheck)
    #expect(unclear.send(Self.broke) == ["release worker-1 failedWithUnknownJob", Self.retry])
    #expect(unclear.send(.journaled) == ["leave until worker-1 is cleared"])
  }

  @Test(
    "what waits for an answer waits for it; who has left, or does not use the session yet, is not concerned")
  func others() {
    for place in Reach.allCases where ![.awaitingLook, .awaitingStart, .awaitingCheck].contains(place) {
      var mission = MissionDriver.at(place)
      #expect(mission.send(Self.broke).isEmpty, "\(place)")
    }
  }

  @Test("a job that ended well before its session did is taken")
  func completed() {
    for place in [Reach.looking, .awaitingLook] {
      var mission = broken(at: place)
      #expect(
        mission.send(.jobLooked(.success(.completed(Sample.result)))) == [
          "release worker-1 good", "note scraped 3 [SCRAPE_COMPLETED]", "load",
        ])
    }
  }

  @Test("a job that has not ended fails with its session, and runs nowhere else before that has ended")
  func running() {
    let looks: [(JobLook, isHeld: Bool)] = [
      (.waiting(status: "running", isKnown: true), true), (.waiting(status: "odd", isKnown: false), true),
      (.paused, true), (.failed(message: "no"), false), (.cancelled(message: "no"), false),
    ]
    for (look, isHeld) in looks {
      var mission = broken(at: .awaitingLook)
      let verdict = isHeld ? "failedWithUnknownJob" : "failed"
      #expect(
        mission.send(.jobLooked(.success(look))) == ["release worker-1 \(verdict)", Self.retry], "\(look)")
      #expect(
        mission.send(.journaled) == [
          isHeld ? "leave until worker-1 is cleared" : "leave to the queue"
        ])
      #expect(mission.state.jobID == nil)
    }
  }

  @Test("the look that was under way when the session failed is not the last one")
  func onceMore() {
    var mission = broken(at: .looking)
    let running = MissionEvent.jobLooked(.success(.waiting(status: "running", isKnown: true)))
    #expect(mission.send(running) == ["look at job-1 on worker-1"])
    #expect(mission.send(running) == ["release worker-1 failedWithUnknownJob", Self.retry])
    var ended = broken(at: .looking)
    ended.send(running)
    #expect(ended.send(.jobLooked(.success(.completed(Sample.result)))).first == "release worker-1 good")
  }

  @Test("an answer to the last look that gets lost is asked for again, three times in all")
  func lookIsLost() {
    for kind in [SourceFailure.Kind.busy, .again, .unreachable] {
      var mission = broken(at: .awaitingLook)
      for _ in 1...2 {
        #expect(mission.send(.jobLooked(.failure(.of(kind)))) == ["wait"], "\(kind)")
        #expect(mission.waitForTimer() == ["look at job-1 on worker-1"], "\(kind)")
      }
      #expect(
        mission.send(.jobLooked(.failure(.of(kind)))) == [
          "release worker-1 failedWithUnknownJob", Self.retry,
        ])
      var found = broken(at: .awaitingLook)
      found.send(.jobLooked(.failure(.of(kind))))
      found.waitForTimer()
      #expect(found.send(.jobLooked(.success(.completed(Sample.result)))).first == "release worker-1 good")
    }
  }

  @Test(
    "a last look that fails otherwise: the session's failure counts, unless the worker forgot the job or is lost"
  )
  func lookFails() {
    for kind in SourceFailure.Kind.all where ![.busy, .again, .unreachable].contains(kind) {
      var mission = broken(at: .awaitingLook)
      var plain = MissionDriver.at(.looking)
      let words = mission.send(.jobLooked(.failure(.of(kind))))
      if [.unusable, .unreadable, .refused].contains(kind) {
        #expect(words == ["release worker-1 failedWithUnknownJob", Self.retry], "\(kind)")
      } else {
        #expect(words == plain.send(.jobLooked(.failure(.of(kind)))), "\(kind)")
      }
    }
  }

  @Test("a request is not sent into a session that failed, and its answer decides what may run there")
  func starting() {
    var announced = broken(at: .announcing)
    #expect(announced.send(.journaled) == ["release worker-1 failed", Self.retry])
    #expect(announced.send(.journaled) == ["leave to the queue"])
    var started = broken(at: .starting)
    #expect(started.send(.jobStarted(jobID: "job-1")) == ["commit job job-1 [SCRAPE_STARTED]"])
    #expect(started.send(.journaled) == ["look at job-1 on worker-1"])
    #expect(
      started.send(.jobLooked(.success(.waiting(status: "running", isKnown: true)))) == [
        "release worker-1 failedWithUnknownJob", Self.retry,
      ])
    for kind in SourceFailure.Kind.all {
      var mission = broken(at: .starting)
      var plain = MissionDriver.at(.starting)
      let words = mission.send(.startFailed(.of(kind)))
      switch kind {
      case .unavailable, .spoolFull, .diskFails:
        #expect(words == plain.send(.startFailed(.of(kind))), "\(kind)")
      default:
        let isHeld = [.again, .mismatch, .tooLarge].contains(kind)
        let verdict = isHeld ? "failedWithUnknownJob" : "failed"
        #expect(words == ["release worker-1 \(verdict)", Self.retry], "\(kind)")
        #expect(
          mission.send(.journaled) == [
            isHeld ? "leave until worker-1 is cleared" : "leave to the queue"
          ], "\(kind)")
      }
    }
    for finding in [StartFinding.notTaken, .unknown, .unknownJob, .failed(Failure(.sessionStuck, "stuck"))] {
      var verified = broken(at: .findingStart)
      #expect(
        verified.send(.startFound(.success(finding))) == [
          "release worker-1 failedWithUnknownJob", Self.retry,
        ])
      #expect(verified.send(.journaled) == ["leave until worker-1 is cleared"])
    }
  }

  @Test("a cancel and a stop are what they always are")
  func cancelAndStop() {
    var cancelled = broken(at: .looking)
    cancelled.send(.cancelRequested)
    #expect(
      cancelled.send(.jobLooked(.success(.waiting(status: "running", isKnown: true)))) == [
        "cancel job-1 on worker-1"
      ])
    var stopped = broken(at: .looking)
    stopped.send(.stopRequested)
    #expect(
      stopped.send(.jobLooked(.success(.waiting(status: "running", isKnown: true)))) == [
        "release worker-1 left", "commit queued",
      ])
  }

  @Test("without a retry left the mission is FAILED with the session's code")
  func usedUp() {
    var policy = RunPolicy()
    policy.maxRetries = 0
    var mission = MissionDriver.at(.awaitingLook, policy: policy)
    mission.send(Self.broke)
    let words = mission.send(.jobLooked(.success(.waiting(status: "running", isKnown: true))))
    #expect(
      words == ["release worker-1 failedWithUnknownJob", "commit FAILED ERROR102 [SCRAPE_ERROR FAILED]"])
  }

  @Test("the next attempt begins with a clean slate")
  func next() {
    var mission = broken(at: .awaitingLook)
    mission.send(.jobLooked(.success(.failed(message: "no"))), .journaled)
    mission.state.requeue()
    mission.send(.slotGiven(lane: "worker-1"), .laneReady(Sample.grant), .journaled)
    mission.send(.jobStarted(jobID: "job-2"), .journaled)
    #expect(mission.send(.jobLooked(.success(.waiting(status: "running", isKnown: true)))) == ["wait"])
  }
}
