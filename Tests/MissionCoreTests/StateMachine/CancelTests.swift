import Testing

@testable import MissionCore

@Suite("a person cancels, at every stage", .timeLimit(.minutes(5)))
struct CancelTests {
  @Test(
    "what only waits is cancelled at once",
    arguments: [
      (Reach.queued, ["commit CANCELLED [CANCELLED]"]),
      (.awaitingLane, ["release worker-1 unused", "commit CANCELLED [CANCELLED]"]),
      (.awaitingStart, ["release worker-1 unused", "commit CANCELLED [CANCELLED]"]),
      (.awaitingCheck, ["release worker-1 abandoned", "commit CANCELLED [CANCELLED]"]),
      (.awaitingLook, ["cancel job-1 on worker-1"]), (.awaitingLoad, ["commit CANCELLED [CANCELLED]"]),
      (.awaitingUpload, ["commit CANCELLED [CANCELLED]"]),
      (.awaitingLedger, ["commit CANCELLED [CANCELLED]"]),
    ])
  func atOnce(place: Reach, expected: [String]) {
    var mission = MissionDriver.at(place)
    #expect(mission.send(.cancelRequested) == expected)
    if place == .awaitingLook {
      #expect(
        mission.send(.jobCancelAnswered(isConfirmed: true)) == [
          "release worker-1 good", "commit CANCELLED [CANCELLED]",
        ])
    }
    #expect(mission.send(.journaled) == ["remove the spool", "leave CANCELLED"])
  }

  /// What happens next where something was under way when the person asked, and what the machine then does.
  static let underWay: [(Reach, MissionEvent, [String])] = [
    (.announcing, .journaled, ["release worker-1 good", "commit CANCELLED [CANCELLED]"]),
    (.starting, .startFailed(.of(.busy)), ["release worker-1 good", "commit CANCELLED [CANCELLED]"]),
    (
      .starting, .startFailed(.of(.unusable)),
      ["release worker-1 failed", "commit CANCELLED [CANCELLED]"]
    ),
    (
      .findingStart, .startFound(.success(.notTaken)),
      ["release worker-1 good", "commit CANCELLED [CANCELLED]"]
    ),
    (
      .findingStart, .startFound(.success(.unknownJob)),
      ["release worker-1 failedWithUnknownJob", "commit CANCELLED [CANCELLED]"]
    ),
    (
      .findingStart, .startFound(.failure(.of(.again))),
      ["release worker-1 abandoned", "commit CANCELLED [CANCELLED]"]
    ),
    (.recordingJob, .journaled, ["cancel job-1 on worker-1"]),
    (
      .looking, .jobLooked(.success(.waiting(status: "running", isKnown: true))), ["cancel job-1 on worker-1"]
    ),
    (.looking, .jobLooked(.failure(.of(.again))), ["cancel job-1 on worker-1"]),
    (.looking, .jobLooked(.failure(.of(.busy))), ["cancel job-1 on worker-1"]),
    (
      .looking, .jobLooked(.failure(.of(.notFound))),
      ["release worker-1 lost", "commit CANCELLED [CANCELLED]"]
    ),
    (
      .looking, .jobLooked(.success(.failed(message: ""))),
      ["release worker-1 failed", "commit CANCELLED [CANCELLED]"]
    ),
    (
      .cancellingJob, .jobCancelAnswered(isConfirmed: true),
      ["release worker-1 failed", "commit CANCELLED [CANCELLED]"]
    ),
    (
      .looking, .jobLooked(.success(.completed(Sample.result))),
      ["release worker-1 good", "note scraped 3 [SCRAPE_COMPLETED]", "commit CANCELLED [CANCELLED]"]
    ),
    (.verifyingSpool, .spoolVerified(.intact), ["commit CANCELLED [CANCELLED]"]),
    (
      .verifyingSpool, .spoolVerified(.lost(why: "x")),
      ["tell of lost bytes", "commit CANCELLED [CANCELLED]"]
    ),
    (.uploading, .spoolVerified(.lost(why: "x")), ["tell of lost bytes", "commit CANCELLED [CANCELLED]"]),
    (.loading, .spoolVerified(.unknown(why: "x", diskFails: false)), ["stop the run"]),
    (.verifyingLedger, .ledgerRead(.success("aa")), ["commit CANCELLED [CANCELLED]"]),
    (.verifyingLedger, .ledgerRead(.success(nil)), ["commit CANCELLED [CANCELLED]"]),
    (
      .verifyingLedger, .ledgerRead(.failure(.of(.destinationTimedOut))),
      ["write not loaded", "commit CANCELLED [CANCELLED]"]
    ),
    (
      .verifyingLedger, .ledgerRead(.failure(.of(.destinationOther, again: true))),
      ["commit CANCELLED [CANCELLED]"]
    ), (.recordingReload, .journaled, ["commit CANCELLED [CANCELLED]"]),
    (.recordingReplacement, .journaled, ["commit CANCELLED [CANCELLED]"]),
    (.loading, .loadFailed(.of(.destinationTimedOut)), ["commit CANCELLED [CANCELLED]"]),
    (.loading, .loadFailed(.of(.destinationOther, again: true)), ["commit CANCELLED [CANCELLED]"]),
    (.loading, .loaded(Sample.rows), ["note loaded [DB_COMPLETED]", "commit CANCELLED [CANCELLED]"]),
    (.uploading, .uploadFailed(.of(.storeOther)), ["commit CANCELLED [CANCELLED]"]),
    (.uploading, .uploadFailed(.of(.storeOther, again: true)), ["commit CANCELLED [CANCELLED]"]),
    (.leavingForRetry, .journaled, ["commit CANCELLED [CANCELLED]"]),
  ]

  @Test("what is under way ends first; then nothing new begins", arguments: underWay.indices)
  func later(index: Int) {
    let (place, event, expected) = Self.underWay[index]
    var mission = MissionDriver.at(place)
    #expect(mission.send(.cancelRequested).isEmpty)
    #expect(mission.send(event) == expected, "\(place), \(event)")
  }

  @Test("a job that was just started is cancelled on the worker as soon as its id is on disk")
  func started() {
    var mission = MissionDriver.at(.starting)
    mission.send(.cancelRequested)
    #expect(mission.send(.jobStarted(jobID: "job-7")) == ["commit job job-7 [SCRAPE_STARTED]"])
    #expect(mission.send(.journaled) == ["cancel job-7 on worker-1"])
    #expect(
      mission.send(.jobCancelAnswered(isConfirmed: false)) == [
        "release worker-1 abandoned", "commit CANCELLED [CANCELLED]",
      ])
  }

  @Test("a load that succeeds all the same is recorded, then the mission ends")
  func loaded() {
    var mission = MissionDriver.at(.loading)
    mission.send(.cancelRequested)
    #expect(
      mission.send(.loaded(Sample.rows)) == ["note loaded [DB_COMPLETED]", "commit CANCELLED [CANCELLED]"])
  }

  @Test("too late: what is DONE or FAILED stays so")
  func tooLate() {
    var mission = MissionDriver.at(.uploading)
    mission.send(.cancelRequested)
    #expect(mission.send(.uploaded(Sample.object)) == ["ask the ledger"])
    #expect(
      mission.send(.ledgerRead(.success("aa"))) == [
        "free the slot", "commit DONE [S3_COMPLETED COMPLETED]",
      ])
    #expect(mission.send(.cancelRequested).isEmpty)
    #expect(mission.send(.journaled) == ["remove the spool", "leave DONE"])
    #expect(mission.send(.cancelRequested).isEmpty)
    var failed = MissionDriver.at(.uploading)
    failed.send(.uploadFailed(.of(.storeOther)), .cancelRequested)
    #expect(failed.send(.journaled) == ["leave FAILED"])
  }

  @Test("asking twice changes nothing", arguments: Reach.allCases)
  func twice(place: Reach) {
    var mission = MissionDriver.at(place)
    mission.send(.cancelRequested)
    let stage = mission.state.stage
    #expect(mission.send(.cancelRequested).isEmpty)
    #expect(mission.state.stage == stage)
  }
}
