import Testing

@testable import MissionCore

@Suite("POST /scrape is never sent again blindly", .timeLimit(.minutes(5)))
struct StartTests {
  @Test("without a clear answer the session is asked first; only `ready` leads to another try")
  func readyAfterwards() {
    var mission = MissionDriver.at(.starting)
    for _ in 1...2 {
      #expect(mission.send(.jobRequestFailed(.of(.again))) == ["ask the session of worker-1"])
      #expect(mission.send(.startVerified(.success(.ready))) == ["wait"])
      #expect(mission.waitForTimer() == ["POST /scrape to worker-1"])
    }
    mission.send(.jobRequestFailed(.of(.again)))
    #expect(
      mission.send(.startVerified(.success(.ready))) == [
        "release worker-1 failed", "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
    #expect(mission.send(.journaled) == ["leave to the queue"])
  }

  @Test("a session that may run a job nobody knows is ended before the mission runs again")
  func unknownJob() {
    for status in [
      SessionStatus.scraping, .waiting("connecting", isKnown: true), .waiting("odd", isKnown: false),
    ] {
      var mission = MissionDriver.at(.verifyingStart)
      #expect(
        mission.send(.startVerified(.success(status))) == [
          "release worker-1 failedWithUnknownJob", "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]",
        ])
      #expect(mission.send(.journaled) == ["leave until the session of worker-1 has ended"])
    }
  }

  @Test(
    "`ready` of a session with room for several jobs says nothing: it is ended before the mission starts anew"
  )
  func shared() {
    for status in [SessionStatus.ready, .scraping, .waiting("connecting", isKnown: true)] {
      var mission = MissionDriver.at(.verifyingStart)
      mission.context.sessionIsShared = true
      #expect(
        mission.send(.startVerified(.success(status))) == [
          "release worker-1 lost", "write no job [SCRAPE_ERROR]", "commit queued",
        ])
      #expect(mission.send(.journaled) == ["leave until the session of worker-1 has ended"])
      #expect(mission.state.retryCount == 0)
    }
  }

  @Test("a shared session that broke may still run the mission's job while the others end")
  func sharedAndBroken() {
    for status in [SessionStatus.stuck, .disconnected, .terminated] {
      var mission = MissionDriver.at(.verifyingStart)
      mission.context.sessionIsShared = true
      mission.send(.startVerified(.success(status)))
      #expect(mission.send(.journaled) == ["leave until the session of worker-1 has ended"])
    }
  }

  @Test("a run that stops leaves the start unanswered in the journal, one that is cancelled ends the session")
  func sharedStop() {
    var mission = MissionDriver.at(.verifyingStart)
    mission.context.sessionIsShared = true
    mission.send(.stopRequested)
    #expect(
      mission.send(.startVerified(.success(.ready))) == ["release worker-1 left", "commit queued"])
    var cancelled = MissionDriver.at(.verifyingStart)
    cancelled.context.sessionIsShared = true
    cancelled.send(.cancelRequested)
    #expect(
      cancelled.send(.startVerified(.success(.ready))) == [
        "release worker-1 failedWithUnknownJob", "commit CANCELLED [CANCELLED]",
      ])
  }

  @Test("a worker that loses every answer costs a counted retry from the third on")
  func sharedForEver() {
    var policy = RunPolicy()
    policy.maxRetries = 0
    var mission = MissionDriver(policy: policy)
    mission.context.sessionIsShared = true
    var told: [String] = []
    for _ in 1...3 {
      mission.send(.slotGiven(worker: "worker-1"), .sessionBecameReady(Sample.grant), .journaled)
      mission.send(.jobRequestFailed(.of(.again)))
      told.append(mission.send(.startVerified(.success(.ready))).last!)
      mission.send(.journaled)
      mission.state.requeue()
    }
    #expect(
      told == ["commit queued", "commit queued", "commit FAILED ERROR100 [SCRAPE_ERROR FAILED]"])
  }

  @Test("a session that broke has its own code and runs no job")
  func brokenSession() {
    let cases: [(SessionStatus, String)] = [
      (.stuck, "ERROR102"), (.disconnected, "ERROR103"), (.terminated, "ERROR103"),
    ]
    for (status, code) in cases {
      var mission = MissionDriver.at(.verifyingStart)
      #expect(
        mission.send(.startVerified(.success(status))) == [
          "release worker-1 broken", "commit retry \(code) [SCRAPE_ERROR RETRY_QUEUED]",
        ])
      #expect(mission.send(.journaled) == ["leave to the queue"])
    }
  }

  @Test("asking the session is sent again when it fails; a good answer then decides")
  func checkAgain() {
    var mission = MissionDriver.at(.verifyingStart)
    for _ in 1...2 {
      #expect(mission.send(.startVerified(.failure(.of(.again)))) == ["wait"])
      #expect(mission.waitForTimer() == ["ask the session of worker-1"])
    }
    mission.send(.startVerified(.success(.ready)))
    #expect(mission.waitForTimer() == ["POST /scrape to worker-1"])
    #expect(mission.state.retryCount == 0)
  }

  @Test("asking the session in vain: a job may run, so the session must end")
  func checkInVain() {
    var mission = MissionDriver.at(.verifyingStart)
    for _ in 1...2 {
      mission.send(.startVerified(.failure(.of(.again))))
      mission.waitForTimer()
    }
    #expect(
      mission.send(.startVerified(.failure(.of(.again)))) == [
        "release worker-1 failedWithUnknownJob", "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
    for kind in [WorkerFailure.Kind.unusable, .notFound, .tooLarge, .mismatch] {
      var other = MissionDriver.at(.verifyingStart)
      #expect(
        other.send(.startVerified(.failure(.of(kind)))).first == "release worker-1 failedWithUnknownJob")
    }
  }

  @Test("a worker that asks to come back later is asked for its session again, not earlier")
  func checkBusy() {
    var mission = MissionDriver.at(.verifyingStart)
    #expect(mission.send(.startVerified(.failure(.of(.busy, retryAfter: .seconds(40))))) == ["wait"])
    #expect(mission.wait! >= .seconds(40))
    #expect(mission.waitForTimer() == ["ask the session of worker-1"])
    mission.pass(.seconds(6000))
    #expect(mission.send(.startVerified(.failure(.of(.busy)))) == ["wait"], "it was asked in time")
    mission.waitForTimer()
    #expect(
      mission.send(.startVerified(.failure(.of(.busy)))).first == "release worker-1 failedWithUnknownJob")
  }

  @Test(
    "a refusal is counted; whether a job may run depends on whether it was refused",
    arguments: [
      (WorkerFailure.Kind.notFound, "failed"), (.unusable, "failed"), (.mismatch, "failedWithUnknownJob"),
      (.tooLarge, "failedWithUnknownJob"),
    ])
  func refused(kind: WorkerFailure.Kind, verdict: String) {
    var mission = MissionDriver.at(.starting)
    #expect(
      mission.send(.jobRequestFailed(.of(kind))) == [
        "release worker-1 \(verdict)", "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
  }

  @Test("409, 429 and 503: not earlier than asked, at most 300 s, never counted")
  func busy() {
    var mission = MissionDriver.at(.starting)
    for (asked, least, most) in [(nil, 5, 6), (7, 7, 8), (0, 0, 1), (100_000, 300, 300)] as [(Int?, Int, Int)]
    {
      mission.send(.jobRequestFailed(.of(.busy, retryAfter: asked.map { .seconds($0) })))
      #expect(mission.wait! >= .seconds(least))
      #expect(mission.wait! <= .seconds(most))
      #expect(mission.waitForTimer() == ["POST /scrape to worker-1"])
    }
    #expect(mission.state.retryCount == 0)
  }

  @Test("a worker that has no place for the job's whole time: 202; it is not asked earlier than it wants")
  func busyForEver() {
    var policy = RunPolicy()
    policy.timeoutJob = .seconds(400)
    var mission = MissionDriver.at(.starting, policy: policy)
    mission.send(.jobRequestFailed(.of(.busy, retryAfter: .seconds(300))))
    #expect(mission.waitForTimer() == ["POST /scrape to worker-1"])
    mission.send(.jobRequestFailed(.of(.busy, retryAfter: .seconds(300))))
    #expect(mission.wait == .seconds(100))
    #expect(
      mission.waitForTimer() == [
        "release worker-1 failed", "commit retry ERROR202 [SCRAPE_ERROR RETRY_QUEUED]",
      ])
  }

  @Test("a worker that has no place after another failed try is waited for all the same")
  func busyAfterOtherFailures() {
    for first in [WorkerFailure.Kind.unreachable, .again] {
      var mission = MissionDriver.at(.starting)
      mission.send(.jobRequestFailed(.of(first)))
      if first == .again { mission.send(.startVerified(.success(.ready))) }
      mission.waitForTimer()
      #expect(mission.send(.jobRequestFailed(.of(.busy))) == ["wait"])
      #expect(mission.state.retryCount == 0)
    }
  }

  @Test("no space for anything stops the run")
  func spoolFull() {
    var mission = MissionDriver.at(.starting)
    #expect(mission.send(.jobRequestFailed(.of(.spoolFull))) == ["stop the run"])
  }
}
