import Testing

@testable import MissionCore

@Suite("a mission that meets no failure", .timeLimit(.minutes(5)))
struct HappyPathTests {
  @Test(
    "what spool and ledger can tell again is journaled when there is time, all else before the next step begins"
  )
  func wholeWay() {
    var mission = MissionDriver()
    #expect(mission.send(.slotGiven(lane: "worker-1")) == ["write started on worker-1 [STARTED]"])
    #expect(
      mission.send(.laneReady(Sample.grant)) == [
        "count on worker-1", "commit starting on worker-1 through p:1 [SESSION_READY SCRAPE_STARTING]",
      ])
    #expect(mission.send(.journaled) == ["start on worker-1"])
    #expect(mission.send(.jobStarted(jobID: "job-1")) == ["commit job job-1 [SCRAPE_STARTED]"])
    #expect(mission.send(.journaled) == ["look at job-1 on worker-1"])
    #expect(mission.send(.jobLooked(.success(.waiting(status: "queued", isKnown: true)))) == ["wait"])
    #expect(mission.wait == .seconds(30))
    #expect(mission.waitForTimer() == ["look at job-1 on worker-1"])
    #expect(
      mission.send(.jobLooked(.success(.completed(Sample.result)))) == [
        "release worker-1 good", "note scraped 3 [SCRAPE_COMPLETED]", "load",
      ])
    #expect(mission.send(.loaded(Sample.rows)) == ["note loaded [DB_COMPLETED]", "upload"])
    #expect(mission.send(.uploaded(Sample.object)) == ["ask the ledger"])
    #expect(
      mission.send(.ledgerRead(.success("aa"))) == [
        "free the slot", "commit DONE [S3_COMPLETED COMPLETED]",
      ])
    #expect(mission.send(.journaled) == ["remove the spool", "leave DONE"])
  }

  @Test(
    "a result that the spool does not have whole, with its kept files, is journaled before its load begins")
  func keptFiles() {
    var source = SourcePolicy()
    source.keepsFiles = true
    var mission = MissionDriver.at(.looking, source: source)
    #expect(
      mission.send(.jobLooked(.success(.completed(Sample.result)))) == [
        "release worker-1 good", "commit scraped 3 [SCRAPE_COMPLETED]",
      ])
    #expect(mission.send(.journaled) == ["load"])
    #expect(mission.state.checkpoint == .db)
  }

  @Test("a session that served others is told as reused")
  func reused() {
    var mission = MissionDriver.at(.awaitingLane)
    let grant = SessionGrant(sessionID: "s-1", proxy: nil, isReused: true)
    #expect(
      mission.send(.laneReady(grant)) == [
        "count on worker-1", "commit starting on worker-1 through none [SESSION_REUSED SCRAPE_STARTING]",
      ])
    #expect(mission.text("session_id", of: .sessionReused) == "s-1")
    #expect(mission.text("proxy", of: .sessionReused) == nil)
  }

  @Test("0 ads are a success: DB and S3 still run")
  func empty() {
    var mission = MissionDriver.at(.looking)
    let nothing = ScrapedResult(adsCount: 0, size: 2, sha256: "00")
    #expect(
      mission.send(.jobLooked(.success(.completed(nothing)))).suffix(2) == [
        "note scraped 0 [SCRAPE_COMPLETED]", "load",
      ])
    #expect(mission.send(.loaded(Sample.rows)).last == "upload")
  }

  @Test("the time of a checkpoint runs from its start to its success")
  func seconds() {
    var mission = MissionDriver()
    mission.send(.slotGiven(lane: "worker-1"))
    mission.pass(.seconds(70))
    mission.send(.laneReady(Sample.grant), .journaled, .jobStarted(jobID: "j"), .journaled)
    mission.pass(.milliseconds(1500))
    mission.send(.jobLooked(.success(.completed(Sample.result))))
    guard case .note(.scrapeCompleted(_, _, _, let scrape, _, _), _)? = mission.actions.dropLast().last
    else {
      Issue.record("no write")
      return
    }
    #expect(scrape == 71.5)
    mission.pass(.seconds(2))
    mission.send(.loaded(Sample.rows))
    guard case .note(.dbCompleted(let db), _)? = mission.actions.first else {
      Issue.record("no note")
      return
    }
    #expect(db == 2)
    mission.pass(.milliseconds(250))
    mission.send(.uploaded(Sample.object), .ledgerRead(.success("aa")))
    guard case .commit(.s3Completed(_, _, _, _, let s3), _)? = mission.actions.last else {
      Issue.record("no commit")
      return
    }
    #expect(s3 == 0.25)
  }

  @Test("events that belong to another stage change nothing", arguments: Reach.allCases)
  func strayEvents(place: Reach) {
    let strays: [(MissionEvent, [Reach])] = [
      (.slotGiven(lane: "worker-2"), [.queued]), (.laneReady(Sample.grant), [.awaitingLane]),
      (.laneFailed(Failure(.sessionStuck, "x")), [.awaitingLane]),
      (.laneLost("x"), [.awaitingLane]), (.jobStarted(jobID: "job-9"), [.starting]),
      (.startFailed(.of(.again)), [.starting]), (.startFound(.success(.notTaken)), [.findingStart]),
      (.jobLooked(.success(.paused)), [.looking]), (.jobLooked(.failure(.of(.again))), [.looking]),
      (.jobCancelAnswered(isConfirmed: true), [.cancellingJob]), (.spoolVerified(.intact), [.verifyingSpool]),
      (.spoolVerified(.lost(why: "x")), [.verifyingSpool, .loading, .uploading]),
      (.spoolVerified(.unknown(why: "x", diskFails: true)), [.verifyingSpool, .loading, .uploading]),
      (.loaded(Sample.rows), [.loading]), (.loadFailed(.of(.destinationOther)), [.loading]),
      (.jobIDRepeated("job-9"), [.starting, .recordingJob, .looking, .awaitingLook, .cancellingJob]),
      (.ledgerRead(.success("aa")), [.verifyingLedger, .ledgerAfterUpload]),
      (.uploaded(Sample.object), [.uploading]), (.uploadFailed(.of(.storeOther)), [.uploading]),
      (.objectLoaded(.success(true)), []),
      (
        .timerFired,
        [.awaitingStart, .awaitingCheck, .awaitingLook, .awaitingLedger, .awaitingLoad, .awaitingUpload]
      ),
      (
        .journaled,
        [
          .announcing, .recordingJob, .recordingReload, .recordingReplacement, .recordingUpload,
          .leavingForRetry,
        ]
      ),
    ]
    for (event, places) in strays where !places.contains(place) {
      var mission = MissionDriver.at(place)
      let stage = mission.state.stage
      #expect(mission.send(event).isEmpty, "\(event) at \(place)")
      #expect(mission.state.stage == stage)
    }
  }
}
