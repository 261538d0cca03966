import Testing

@testable import MissionCore

@Suite("a job id that a worker gave to two missions is nobody's", .timeLimit(.minutes(5)))
struct RepeatedJobTests {
  private static let anew = [
    "release worker-1 lost", "write no job [SCRAPE_ERROR]", "commit queued",
  ]

  @Test(
    "the mission starts anew when the session has ended, not counted",
    arguments: [Reach.starting, .awaitingLook])
  func atOnce(place: Reach) {
    var mission = MissionDriver.at(place)
    #expect(mission.send(.jobIDRepeated("job-1")) == Self.anew)
    #expect(
      mission.text("message", of: .scrapeError) == "worker-1 gave job id job-1 to two missions at once")
    #expect(mission.send(.journaled) == ["leave until worker-1 is cleared"])
    #expect(mission.state.jobID == nil && mission.state.retryCount == 0)
  }

  @Test("what the step under way brings is not taken")
  func underWay() {
    let cases: [(Reach, MissionEvent, [String])] = [
      (.recordingJob, .journaled, Self.anew),
      (.looking, .jobLooked(.success(.completed(Sample.result))), ["remove the spool"] + Self.anew),
      (.looking, .jobLooked(.success(.failed(message: "no"))), Self.anew),
      (.looking, .jobLooked(.failure(.of(.notFound))), Self.anew),
      (
        .cancellingJob, .jobCancelAnswered(isConfirmed: true),
        ["release worker-1 failedWithUnknownJob", "commit retry ERROR200 [SCRAPE_ERROR RETRY_QUEUED]"]
      ), (.looking, .jobLooked(.failure(.of(.spoolFull))), ["stop the run"]),
    ]
    for (place, event, expected) in cases {
      var mission = MissionDriver.at(place)
      #expect(
        mission.send(.jobIDRepeated("job-1")) == ["write no job"],
        "a process that dies now must not adopt it in its next run")
      #expect(mission.send(event) == expected, "\(place), \(event)")
    }
  }

  @Test(
    "one that is cancelled ends with the session; one that the run stops under starts anew in a later run")
  func cancelledOrStopped() {
    var cancelled = MissionDriver.at(.looking)
    cancelled.send(.jobIDRepeated("job-1"), .cancelRequested)
    #expect(
      cancelled.send(.jobLooked(.success(.completed(Sample.result)))) == [
        "remove the spool", "release worker-1 abandoned", "commit CANCELLED [CANCELLED]",
      ])
    var stopped = MissionDriver.at(.looking)
    stopped.send(.jobIDRepeated("job-1"), .stopRequested)
    #expect(stopped.send(.jobLooked(.success(.completed(Sample.result)))).dropFirst() == Self.anew[...])
    #expect(stopped.send(.journaled) == ["leave for a later run"])
  }

  @Test("a worker that knows only one id costs counted retries from the third time on")
  func forEver() {
    var policy = RunPolicy()
    policy.maxRetries = 0
    var mission = MissionDriver(policy: policy)
    var told: [String] = []
    for _ in 1...3 {
      mission.send(.slotGiven(lane: "worker-1"), .laneReady(Sample.grant), .journaled)
      told.append(mission.send(.jobIDRepeated("job-1")).last!)
      mission.send(.journaled)
      mission.state.requeue()
    }
    #expect(
      told == ["commit queued", "commit queued", "commit FAILED ERROR100 [SCRAPE_ERROR FAILED]"])
  }

  @Test("the next job of the mission is its own again")
  func nextJob() {
    var mission = MissionDriver.at(.recordingJob)
    mission.send(.jobIDRepeated("job-1"), .journaled, .journaled)
    mission.state.requeue()
    mission.send(.slotGiven(lane: "worker-1"), .laneReady(Sample.grant), .journaled)
    mission.send(.jobStarted(jobID: "job-2"), .journaled)
    #expect(mission.send(.jobLooked(.success(.completed(Sample.result)))).last == "load")
  }
}
