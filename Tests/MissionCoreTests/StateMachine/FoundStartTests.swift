import Testing

@testable import MissionCore

@Suite("a start whose answer is lost, of a source that can be asked for it", .timeLimit(.minutes(5)))
struct FoundStartTests {
  private static func earlier(_ source: SourcePolicy = .finding) -> MissionDriver {
    var record = Sample.record()
    (record.worker, record.hasUnansweredStart, record.starts, record.startToken) = ("jobs", true, 3, 77)
    record.jobIDs = ["job-1"]
    var mission = MissionDriver(record, source: source)
    mission.context.token = 88
    return mission
  }

  @Test("what is found is the mission's job: it is journaled, looked at and told as adopted")
  func found() {
    var mission = MissionDriver.at(.findingStart, source: .finding)
    #expect(
      mission.send(.startFound(.success(.found(id: "job-9", kept: ["a": "b"])))) == [
        "commit job job-9 [SCRAPE_STARTED]"
      ])
    #expect(mission.state.kept == ["a": "b"] && mission.state.jobIDs == ["job-9"])
    #expect(mission.send(.journaled) == ["look at job-9 on worker-1"])
    #expect(
      mission.send(.jobLooked(.success(.waiting(status: "running", isKnown: true)))) == [
        "write events [JOB_ADOPTED]", "wait",
      ])
  }

  @Test("an answer that cannot be read is a lost one", arguments: [SourceFailure.Kind.again, .mismatch])
  func lost(kind: SourceFailure.Kind) {
    var mission = MissionDriver.at(.starting, source: .finding)
    #expect(mission.send(.startFailed(.of(kind))) == ["ask worker-1 for the start"])
    mission.send(.startFound(.success(.notTaken)))
    #expect(mission.waitForTimer() == ["start on worker-1"])
    #expect(mission.state.start.attempt == 1 && mission.state.retryCount == 0)
  }

  @Test("a start of which nothing is found tells what its lost answer was, each start its own")
  func explained() {
    var mission = MissionDriver.at(.starting, source: .finding)
    mission.send(.startFailed(.of(.mismatch)))
    mission.send(.startFound(.success(.failed(Failure(.scrapeOther, "not known")))))
    #expect(mission.text("message", of: .scrapeError) == "not known; before that mismatch of worker-1")

    var refused = MissionDriver.at(.starting, source: .finding)
    for kind in [SourceFailure.Kind.mismatch, .mismatch, .again] {
      refused.send(.startFailed(.of(kind)))
      refused.send(.startFound(.success(.notTaken)))
      if refused.wait != nil { refused.waitForTimer() }
    }
    let said = refused.text("message", of: .scrapeError)
    #expect(said?.hasSuffix("tries; before that again of worker-1") == true, "\(said ?? "nothing")")
  }

  @Test("after a crash the source is asked first; the start that is repeated is the same one")
  func afterACrash() {
    var mission = Self.earlier()
    #expect(
      mission.send(.slotGiven(lane: "jobs")) == ["write started on jobs [STARTED]", "ask jobs for the start"])
    mission.send(.startFound(.success(.notTaken)))
    #expect(mission.waitForTimer() == ["start on jobs"])
    #expect(mission.state.start == StartIntent(attempt: 3, token: 77))
    #expect(mission.send(.jobStarted(jobID: "job-2")) == ["commit job job-2 [SCRAPE_STARTED]"])
    #expect(mission.state.jobIDs == ["job-1", "job-2"])
  }

  @Test(
    "a start that an earlier process lost and that came to nothing is not counted; the next one is a new start"
  )
  func uncounted() {
    var mission = Self.earlier()
    mission.send(.slotGiven(lane: "jobs"))
    #expect(
      mission.send(.startFound(.success(.failed(Failure(.scrapeOther, "not known"))))) == [
        "release jobs lost", "write no job [SCRAPE_ERROR]", "commit queued",
      ])
    #expect(mission.send(.journaled) == ["leave to the queue"])
    mission.state.requeue()
    mission.send(.slotGiven(lane: "jobs"))
    mission.send(.laneReady(nil))
    #expect(mission.state.start == StartIntent(attempt: 4, token: 88))
    mission.send(.journaled)
    // In the same process it counts.
    mission.send(.startFailed(.of(.again)))
    #expect(
      mission.send(.startFound(.success(.failed(Failure(.scrapeOther, "not known"))))).last
        == "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]")
  }

  @Test(
    "after a counted failure nobody asks for an earlier process's start any more: the next one is a new start"
  )
  func forgotten() {
    var mission = Self.earlier()
    mission.send(.slotGiven(lane: "jobs"))
    for _ in 0..<2 {
      mission.send(.startFound(.success(.notTaken)))
      mission.waitForTimer()
      mission.send(.startFailed(.of(.again)))
    }
    #expect(
      mission.send(.startFound(.success(.notTaken))).last
        == "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]")
    #expect(!mission.state.hasUnansweredStart)
    mission.send(.journaled)
    mission.state.requeue()
    mission.send(.slotGiven(lane: "jobs"))
    mission.send(.laneReady(nil))
    #expect(mission.state.start == StartIntent(attempt: 4, token: 88))
  }

  @Test("a stop leaves a start that may have been taken to be found by the next run")
  func stopped() {
    for source in [SourcePolicy.finding, .once] {
      for events: [MissionEvent] in [
        [.stopRequested, .startFound(.success(.notTaken))],
        [.startFound(.success(.notTaken)), .stopRequested],
        [.startFound(.failure(.of(.again))), .stopRequested],
      ] {
        var mission = MissionDriver.at(.starting, source: source)
        mission.send(.startFailed(.of(.again)))
        for event in events { mission.send(event) }
        #expect(mission.actions.map(\.words) == ["release worker-1 left", "commit queued"])
      }
    }
    // One that was surely not taken is forgotten.
    var refused = MissionDriver.at(.starting, source: .once)
    refused.send(.startFailed(.of(.busy)))
    #expect(refused.send(.stopRequested) == ["release worker-1 unused", "write no job", "commit queued"])
  }

  @Test("while it cannot be reached it is asked again until the time is over; then nobody knows")
  func unreachable() {
    var mission = MissionDriver.at(.findingStart, source: .finding)
    for _ in 1...5 {
      #expect(mission.send(.startFound(.failure(.of(.unreachable)))) == ["wait"])
      #expect(mission.waitForTimer() == ["ask worker-1 for the start"])
    }
    mission.pass(.seconds(6000))
    mission.send(.startFound(.failure(.of(.unreachable))))
    mission.waitForTimer()
    #expect(
      mission.send(.startFound(.failure(.of(.unreachable)))).last
        == "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]")
  }

  @Test("the answer to a start may be its end")
  func ended() {
    let ends: [(JobLook, [String])] = [
      (
        .completed(Sample.result),
        ["release worker-1 good", "note scraped 3 [SCRAPE_COMPLETED]", "load"]
      ),
      (
        .failed(message: "no"),
        ["release worker-1 failed", "commit retry ERROR200 [SCRAPE_ERROR RETRY_QUEUED]"]
      ),
      (
        .cancelled(message: "no"),
        ["release worker-1 failed", "commit retry ERROR201 [SCRAPE_ERROR RETRY_QUEUED]"]
      ),
      (
        .putOff(message: "later"),
        ["release worker-1 good", "write no job [SCRAPE_ERROR]", "commit queued"]
      ),
      (
        .waiting(status: "x", isKnown: true),
        ["release worker-1 failed", "commit retry ERROR100 [SCRAPE_ERROR RETRY_QUEUED]"]
      ),
    ]
    for (look, words) in ends {
      var mission = MissionDriver.at(.starting, source: .finding)
      #expect(mission.send(.startEnded(look)) == words, "\(look)")
    }
  }

  @Test("a request that is refused for good is final; one that is too large as well")
  func refused() {
    var mission = MissionDriver.at(.starting, source: .finding)
    #expect(
      mission.send(.startFailed(.of(.refused))) == [
        "release worker-1 failed", "commit FAILED ERROR200 [SCRAPE_ERROR FAILED]",
      ])
    var large = MissionDriver.at(.starting, source: .finding)
    #expect(large.send(.startFailed(.of(.tooLarge))).last == "commit FAILED ERROR100 [SCRAPE_ERROR FAILED]")
  }

  @Test("a look that cannot reach the source goes on until the job's time is over")
  func unreachableLook() {
    var mission = MissionDriver.at(.looking, source: .finding)
    for _ in 1...5 {
      #expect(mission.send(.jobLooked(.failure(.of(.unreachable)))) == ["wait"])
      #expect(mission.waitForTimer() == ["look at job-1 on worker-1"])
    }
    mission.pass(.seconds(6000))
    mission.send(.jobLooked(.failure(.of(.unreachable))))
    mission.waitForTimer()
    #expect(mission.send(.jobLooked(.failure(.of(.unreachable)))) == ["cancel job-1 on worker-1"])
  }
}
