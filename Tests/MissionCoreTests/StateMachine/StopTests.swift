import Testing

@testable import MissionCore

@Suite("the run stops, at every stage", .timeLimit(.minutes(5)))
struct StopTests {
  @Test(
    "what only waits is set back at once; a job runs on and is adopted later",
    arguments: [
      (Reach.awaitingLane, ["release worker-1 unused", "commit queued"]),
      (.awaitingStart, ["release worker-1 unused", "write no job", "commit queued"]),
      (.awaitingCheck, ["release worker-1 left", "commit queued"]),
      (.awaitingLook, ["release worker-1 left", "commit queued"]), (.awaitingLoad, ["commit queued"]),
      (.awaitingUpload, ["commit queued"]), (.awaitingLedger, ["commit queued"]),
    ])
  func atOnce(place: Reach, expected: [String]) {
    var mission = MissionDriver.at(place)
    #expect(mission.send(.stopRequested) == expected)
    #expect(mission.send(.journaled) == ["leave for a later run"])
  }

  static let underWay: [(Reach, MissionEvent, [String])] = [
    (.announcing, .journaled, ["release worker-1 unused", "write no job", "commit queued"]),
    (.starting, .startFailed(.of(.busy)), ["release worker-1 unused", "write no job", "commit queued"]),
    (.starting, .startFailed(.of(.again)), ["ask worker-1 for the start"]),
    (
      .findingStart, .startFound(.success(.notTaken)),
      ["release worker-1 unused", "write no job", "commit queued"]
    ),
    (.findingStart, .startFound(.failure(.of(.again))), ["release worker-1 left", "commit queued"]),
    (.recordingJob, .journaled, ["release worker-1 left", "commit queued"]),
    (
      .looking, .jobLooked(.success(.waiting(status: "running", isKnown: true))),
      ["release worker-1 left", "commit queued"]
    ),
    (.looking, .jobLooked(.failure(.of(.again))), ["release worker-1 left", "commit queued"]),
    (.looking, .jobLooked(.failure(.of(.busy))), ["release worker-1 left", "commit queued"]),
    (
      .looking, .jobLooked(.success(.completed(Sample.result))),
      ["release worker-1 good", "note scraped 3 [SCRAPE_COMPLETED]", "commit queued"]
    ),
    (.verifyingSpool, .spoolVerified(.intact), ["commit queued"]),
    (.loading, .loadFailed(.of(.destinationOther, again: true)), ["commit queued"]),
    (.loading, .loaded(Sample.rows), ["note loaded [DB_COMPLETED]", "commit queued"]),
    (.uploading, .uploadFailed(.of(.storeOther, again: true)), ["commit queued"]),
    (.verifyingLedger, .ledgerRead(.success("aa")), ["commit queued"]),
    (.verifyingLedger, .ledgerRead(.success(nil)), ["commit not loaded [RESUMED]"]),
    (.verifyingLedger, .ledgerRead(.failure(.of(.destinationOther, again: true))), ["commit queued"]),
    (.recordingReload, .journaled, ["commit queued"]), (.recordingReplacement, .journaled, ["commit queued"]),
    (.uploading, .uploaded(Sample.object), ["ask the ledger"]),
    (
      .ledgerAfterUpload, .ledgerRead(.success("aa")),
      ["free the slot", "commit DONE [S3_COMPLETED COMPLETED]"]
    ), (.ledgerAfterUpload, .ledgerRead(.success("bb")), ["commit not loaded [RESUMED]"]),
    (.ledgerAfterUpload, .ledgerRead(.failure(.of(.destinationOther, again: true))), ["commit queued"]),
    (.recordingUpload, .journaled, ["remove the spool", "leave DONE"]),
  ]

  @Test("each step in progress commits, and the next does not begin", arguments: underWay.indices)
  func later(index: Int) {
    let (place, event, expected) = Self.underWay[index]
    var mission = MissionDriver.at(place)
    #expect(mission.send(.stopRequested).isEmpty)
    #expect(mission.send(event) == expected, "\(place), \(event)")
  }

  @Test("a job id that arrives while the run stops is journaled before the mission is set back")
  func jobArrives() {
    var mission = MissionDriver.at(.starting)
    mission.send(.stopRequested)
    #expect(mission.send(.jobStarted(jobID: "job-7")) == ["commit job job-7 [SCRAPE_STARTED]"])
    #expect(mission.send(.journaled) == ["release worker-1 left", "commit queued"])
  }

  @Test("a failure is counted and left for a later run")
  func failure() {
    var mission = MissionDriver.at(.looking)
    mission.send(.stopRequested)
    mission.send(.jobLooked(.success(.failed(message: "no"))))
    #expect(mission.state.retryCount == 1)
    #expect(mission.send(.journaled) == ["leave for a later run"])
    var forgotten = MissionDriver.at(.looking)
    forgotten.send(.stopRequested, .jobLooked(.failure(.of(.notFound))))
    #expect(forgotten.send(.journaled) == ["leave for a later run"])
  }

  @Test(
    "cancelled and stopped: the person's wish wins",
    arguments: [Reach.announcing, .looking, .loading])
  func cancelled(place: Reach) {
    var mission = MissionDriver.at(place)
    mission.send(.stopRequested, .cancelRequested)
    let events: [Reach: MissionEvent] = [
      .announcing: .journaled,
      .looking: .jobLooked(.success(.failed(message: ""))),
      .loading: .loadFailed(.of(.destinationOther, again: true)),
    ]
    #expect(mission.send(events[place]!).last == "commit CANCELLED [CANCELLED]")
  }
}
