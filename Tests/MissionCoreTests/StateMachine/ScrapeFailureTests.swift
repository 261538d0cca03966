import Testing

@testable import MissionCore

@Suite("SCRAPE: what each fault leads to", .timeLimit(.minutes(5)))
struct ScrapeFailureTests {
  @Test(
    "a session that fails is counted, with its own code",
    arguments: [ErrorCode.sessionNotReady, .sessionStuck, .sessionDisconnected, .scrapeOther])
  func laneFailed(code: ErrorCode) {
    var mission = MissionDriver.at(.awaitingLane)
    #expect(
      mission.send(.laneFailed(Failure(code, "no"))) == [
        "release worker-1 failed", "commit retry \(code.rawValue) [SCRAPE_ERROR RETRY_QUEUED]",
      ])
    #expect(mission.send(.journaled) == ["leave to the queue"])
    #expect(mission.state.retryCount == 1)
  }

  @Test("without a proxy the mission is FAILED at once")
  func noProxy() {
    var mission = MissionDriver.at(.awaitingLane)
    #expect(
      mission.send(.laneFailed(Failure(.noProxyAvailable, "no"))).last
        == "commit FAILED ERROR501 [SCRAPE_ERROR FAILED]")
  }

  @Test("a job that ends badly is counted: failed 200, cancelled 201")
  func jobEnded() {
    for (look, code) in [(JobLook.failed(message: "x"), "ERROR200"), (.cancelled(message: "x"), "ERROR201")] {
      var mission = MissionDriver.at(.looking)
      #expect(
        mission.send(.jobLooked(.success(look))) == [
          "release worker-1 failed", "commit retry \(code) [SCRAPE_ERROR RETRY_QUEUED]",
        ])
      #expect(mission.send(.journaled) == ["leave to the queue"])
      #expect(mission.state.jobID == nil)
    }
  }

  @Test("a paused job is cancelled on the worker first, then counted as failed")
  func paused() {
    var mission = MissionDriver.at(.looking)
    #expect(mission.send(.jobLooked(.success(.paused))) == ["cancel job-1 on worker-1"])
    #expect(
      mission.send(.jobCancelAnswered(isConfirmed: true)) == [
        "release worker-1 failed", "commit retry ERROR200 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
    #expect(mission.send(.journaled) == ["leave to the queue"])
  }

  @Test("a job that does not end in time is cancelled on the worker, then counted as 202")
  func tooSlow() {
    var policy = RunPolicy()
    policy.timeoutJob = .seconds(70)
    var mission = MissionDriver.at(.looking, policy: policy)
    let running = MissionEvent.jobLooked(.success(.waiting(status: "running", isKnown: true)))
    for expected in [30, 30, 10] {
      mission.send(running)
      #expect(mission.wait == .seconds(expected))
      mission.waitForTimer()
    }
    #expect(mission.send(running) == ["cancel job-1 on worker-1"])
    #expect(
      mission.send(.jobCancelAnswered(isConfirmed: true)).last
        == "commit retry ERROR202 [SCRAPE_ERROR RETRY_QUEUED]")
  }

  @Test("a cancel that the worker does not confirm keeps the mission until the session has ended")
  func unconfirmedCancel() {
    var mission = MissionDriver.at(.cancellingJob)
    #expect(
      mission.send(.jobCancelAnswered(isConfirmed: false)) == [
        "release worker-1 failedWithUnknownJob", "commit retry ERROR200 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
    #expect(mission.send(.journaled) == ["leave until worker-1 is cleared"])
  }

  @Test("an unknown job status is waited on and told")
  func unknownStatus() {
    var mission = MissionDriver.at(.looking)
    #expect(
      mission.send(.jobLooked(.success(.waiting(status: "pondering", isKnown: false)))) == [
        "tell of pondering", "wait",
      ])
  }

  @Test(
    "a look that fails for good: its code, and whether the job is cancelled first",
    arguments: [
      (
        SourceFailure.Kind.mismatch,
        ["release worker-1 failed", "commit retry ERROR200 [SCRAPE_ERROR RETRY_QUEUED]"]
      ),
      (.tooLarge, ["release worker-1 failed", "commit FAILED ERROR100 [SCRAPE_ERROR FAILED]"]),
      (.unusable, ["cancel job-1 on worker-1"]), (.unreadable, ["cancel job-1 on worker-1"]),
      (.spoolFull, ["stop the run"]),
      (.diskFails, ["stop the run"]),
    ])
  func lookFailed(kind: SourceFailure.Kind, expected: [String]) {
    var mission = MissionDriver.at(.looking)
    #expect(mission.send(.jobLooked(.failure(.of(kind)))) == expected)
    if [.unusable, .unreadable].contains(kind) {
      #expect(
        mission.send(.jobCancelAnswered(isConfirmed: true)).last
          == "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]")
    }
  }

  @Test("a result over the limit keeps its own code, also when retries were made")
  func tooLargeAfterRetries() {
    var mission = MissionDriver.at(.looking, retryCount: 2)
    #expect(
      mission.send(.jobLooked(.failure(.of(.tooLarge)))).last
        == "commit FAILED ERROR100 [SCRAPE_ERROR FAILED]")
  }

  @Test("a look is sent again at most three times, not counted; a good one begins anew")
  func lookAgain() {
    var mission = MissionDriver.at(.looking)
    let reset = MissionEvent.jobLooked(.failure(.of(.again)))
    for tries in 1...2 {
      #expect(mission.send(reset) == ["wait"])
      #expect(mission.wait! <= .milliseconds(500) * (1 << tries))
      #expect(mission.waitForTimer() == ["look at job-1 on worker-1"])
    }
    mission.send(.jobLooked(.success(.waiting(status: "running", isKnown: true))))
    mission.waitForTimer()
    for _ in 1...2 {
      mission.send(reset)
      mission.waitForTimer()
    }
    #expect(mission.state.retryCount == 0)
    #expect(mission.send(reset) == ["cancel job-1 on worker-1"])
    #expect(
      mission.send(.jobCancelAnswered(isConfirmed: true)).last
        == "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]")
  }

  @Test("a look that the worker asks to put off is not sent earlier, and is never counted")
  func lookBusy() {
    var mission = MissionDriver.at(.looking)
    for _ in 1...20 {
      #expect(mission.send(.jobLooked(.failure(.of(.busy, retryAfter: .seconds(90))))) == ["wait"])
      #expect(mission.wait! >= .seconds(90))
      #expect(mission.wait! < .seconds(91))
      mission.waitForTimer()
    }
    #expect(mission.state.retryCount == 0)
    mission.send(.jobLooked(.failure(.of(.busy, retryAfter: .seconds(86_400)))))
    #expect(mission.wait == .seconds(300))
  }

  @Test("a wait ends with the job's time-out")
  func busyUntilTimeout() {
    var policy = RunPolicy()
    policy.timeoutJob = .seconds(100)
    var mission = MissionDriver.at(.looking, policy: policy)
    mission.send(.jobLooked(.failure(.of(.busy, retryAfter: .seconds(250)))))
    #expect(mission.wait == .seconds(100))
    #expect(mission.waitForTimer() == ["look at job-1 on worker-1"], "once more, then it is judged")
    #expect(
      mission.send(.jobLooked(.success(.waiting(status: "running", isKnown: true)))) == [
        "cancel job-1 on worker-1"
      ])
  }

  @Test("404 for a job: the scrape starts again, not counted, but not for ever")
  func jobForgotten() {
    var policy = RunPolicy()
    policy.maxRetries = 1
    var mission = MissionDriver(policy: policy)
    var told: [String] = []
    for _ in 1...6 {
      mission.send(.slotGiven(lane: "worker-1"), .laneReady(Sample.grant), .journaled)
      mission.send(.jobStarted(jobID: "job"), .journaled)
      told.append(mission.send(.jobLooked(.failure(.of(.notFound)))).last!)
      mission.send(.journaled)
      mission.state.requeue()
    }
    #expect(
      told == [
        "commit queued", "commit queued", "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]",
        "commit queued", "commit queued", "commit FAILED ERROR203 for ERROR100 [SCRAPE_ERROR FAILED]",
      ])
  }

  @Test("404 for a job does not blame the proxy; the session takes no new missions")
  func jobForgottenVerdict() {
    var mission = MissionDriver.at(.looking)
    #expect(
      mission.send(.jobLooked(.failure(.of(.notFound)))) == [
        "release worker-1 lost", "write no job [SCRAPE_ERROR]", "commit queued",
      ])
    #expect(mission.send(.journaled) == ["leave to the queue"])
  }
}
