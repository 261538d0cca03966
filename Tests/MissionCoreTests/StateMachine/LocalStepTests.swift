import Testing

@testable import MissionCore

@Suite("DB and S3: what each fault leads to", .timeLimit(.minutes(5)))
struct LocalStepTests {
  @Test("a refused destination and one that does not fit are final; only the first opens the breaker")
  func finalAtDB() {
    var mission = MissionDriver.at(.loading)
    #expect(
      mission.send(.loadFailed(.of(.destinationRefused))) == [
        "open the breaker ERROR301", "commit FAILED ERROR301 [DB_ERROR FAILED]",
      ])
    #expect(mission.send(.journaled) == ["leave FAILED"])
    mission = MissionDriver.at(.loading, retryCount: 1)
    #expect(
      mission.send(.loadFailed(.of(.destinationDoesNotFit))) == [
        "commit FAILED ERROR303 [DB_ERROR FAILED]"
      ])
  }

  @Test("a deadlock is tried again three times inside the step, then counted as 300")
  func deadlock() {
    var mission = MissionDriver.at(.loading)
    for tries in 1...2 {
      #expect(mission.send(.loadFailed(.of(.destinationOther, again: true))) == ["wait"])
      #expect(mission.wait! <= .milliseconds(500) * (1 << tries))
      #expect(mission.waitForTimer() == ["load"])
    }
    #expect(
      mission.send(.loadFailed(.of(.destinationOther, again: true))) == [
        "commit retry ERROR300 [DB_ERROR RETRY_QUEUED]"
      ])
  }

  @Test("a load is tried no earlier than the destination asks, inside the step and by a counted retry")
  func busyDestination() {
    var mission = MissionDriver.at(.loading)
    let busy = MissionEvent.loadFailed(.of(.destinationOther, again: true, retryAfter: .seconds(40)))
    for _ in 1...2 {
      #expect(mission.send(busy) == ["wait"])
      #expect(mission.wait! >= .seconds(40))
      #expect(mission.waitForTimer() == ["load"])
    }
    #expect(mission.send(busy) == ["commit retry ERROR300 [DB_ERROR RETRY_QUEUED]"])
    guard case .leaving(.requeued(let wait, _)) = mission.state.stage else {
      Issue.record("it stands at \(mission.state.stage)")
      return
    }
    #expect(wait == .seconds(40))
  }

  @Test(
    "S3 has no counted retry: the code stays, whatever was retried before",
    arguments: [
      ErrorCode.storeOther, .storeCredentials, .bucketMissing, .storePermissionDenied, .uploadTimedOut,
    ])
  func finalAtS3(code: ErrorCode) {
    for retryCount in 0...2 {
      var mission = MissionDriver.at(.uploading, retryCount: retryCount)
      let breaker =
        code == .storeCredentials || code == .bucketMissing ? ["open the breaker \(code.rawValue)"] : []
      #expect(
        mission.send(.uploadFailed(.of(code))) == breaker + [
          "commit FAILED \(code.rawValue) [S3_ERROR FAILED]"
        ])
      #expect(mission.send(.journaled) == ["leave FAILED"], "the spool stays for `retry`")
    }
  }

  @Test("an upload is tried three times, not earlier than the store asks, then FAILED")
  func slowDown() {
    var mission = MissionDriver.at(.uploading)
    for _ in 1...2 {
      #expect(
        mission.send(.uploadFailed(.of(.storeOther, again: true, retryAfter: .seconds(20)))) == ["wait"])
      #expect(mission.wait! >= .seconds(20))
      #expect(mission.waitForTimer() == ["upload"])
    }
    #expect(
      mission.send(.uploadFailed(.of(.storeOther, again: true))) == [
        "commit FAILED ERROR400 [S3_ERROR FAILED]"
      ])
  }

  @Test("an upload waits while the store wants everybody to slow down")
  func uploadsNotBefore() {
    var mission = MissionDriver.at(.loading)
    mission.context.uploadsNotBefore = mission.context.now + .seconds(8)
    #expect(mission.send(.loaded(Sample.rows)) == ["note loaded [DB_COMPLETED]", "wait"])
    #expect(mission.wait == .seconds(8))
    #expect(mission.waitForTimer() == ["upload"])
  }

  @Test("a closed breaker parks what is scraped or loaded, with its spool, uncounted")
  func closedBreakers() {
    var atDB = MissionDriver.at(.looking)
    atDB.context.mayLoad = false
    #expect(atDB.send(.jobLooked(.success(.completed(Sample.result)))).last == "commit queued")
    #expect(atDB.send(.journaled) == ["leave for a later run"])
    var atS3 = MissionDriver.at(.loading)
    atS3.context.mayUpload = false
    #expect(atS3.send(.loaded(Sample.rows)) == ["note loaded [DB_COMPLETED]", "commit queued"])
    #expect(atS3.send(.journaled) == ["leave for a later run"])
    var waiting = MissionDriver.at(.awaitingLoad)
    waiting.context.mayLoad = false
    #expect(waiting.waitForTimer() == ["commit queued"])
  }

  @Test("a mission that was scraped goes on from its spool, at DB or S3, without a worker")
  func resumed() {
    for (checkpoint, step) in [(Checkpoint.db, "load"), (.s3, "ask the ledger")] {
      var mission = MissionDriver(Sample.record(checkpoint))
      #expect(mission.send(.slotGiven(lane: nil)) == ["write started [STARTED]", "verify the spool"])
      #expect(mission.send(.spoolVerified(.intact)) == [step])
      #expect(mission.state.lane == nil)
    }
  }

  @Test("a spool that is lost or altered leads back to SCRAPE, not counted", arguments: [Checkpoint.db, .s3])
  func spoolLost(checkpoint: Checkpoint) {
    var mission = MissionDriver(Sample.record(checkpoint, retryCount: 2))
    mission.send(.slotGiven(lane: nil))
    #expect(
      mission.send(.spoolVerified(.lost(why: "x.json: missing"))) == [
        "tell of lost bytes", "write not scraped [RESUMED]", "commit queued",
      ])
    #expect(mission.send(.journaled) == ["leave to the queue"])
    #expect(mission.state.checkpoint == .scrape)
    #expect(mission.state.retryCount == 2)
    mission.state.requeue()
    #expect(mission.send(.slotGiven(lane: "worker-1")) == ["write started on worker-1 [STARTED]"])
  }

  @Test(
    "bytes that a step finds altered lead back to SCRAPE, whichever step",
    arguments: [Reach.loading, .uploading])
  func alteredMeanwhile(place: Reach) {
    var mission = MissionDriver.at(place)
    #expect(
      mission.send(.spoolVerified(.lost(why: "altered"))) == [
        "tell of lost bytes", "write not scraped [RESUMED]", "commit queued",
      ])
    #expect(mission.send(.journaled) == ["leave to the queue"])
    #expect(mission.state.checkpoint == .scrape)
    #expect(mission.state.result == nil)
  }

  @Test(
    "bytes of which nothing can be told now stop the run and change nothing of the mission",
    arguments: [Reach.verifyingSpool, .loading, .uploading], [true, false])
  func cannotBeTold(place: Reach, diskFails: Bool) {
    var mission = MissionDriver.at(place)
    let (stage, result) = (mission.state.stage, mission.state.result)
    #expect(mission.send(.spoolVerified(.unknown(why: "EIO", diskFails: diskFails))) == ["stop the run"])
    guard case .stopRun(let failure, diskFails)? = mission.actions.last else {
      Issue.record("\(mission.actions)")
      return
    }
    #expect(failure.message == "EIO")
    #expect(mission.state.stage == stage && mission.state.result == result)
  }

  @Test("a lost connection after COMMIT is a retry whose load finds the rows there")
  func loadedBefore() {
    var mission = MissionDriver.at(.loading)
    let rows = LoadedRows(rows: 3, repeatedIDs: 1, wasLoadedBefore: true)
    #expect(mission.send(.loaded(rows)) == ["note loaded [DB_COMPLETED]", "upload"])
    let details = mission.told(.dbCompleted) ?? []
    #expect(details.map(\.key) == ["rows", "repeated_ids", "loaded_before"])
    #expect(details.map(\.value) == [.integer(3), .integer(1), .flag(true)])
  }
}
