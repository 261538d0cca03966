import Testing

@testable import MissionCore

@Suite("the ledger is asked before S3 of a resumed mission, and after every upload", .timeLimit(.minutes(5)))
struct LedgerTests {
  @Test("a resumed mission whose rows are there is uploaded")
  func rowsThere() {
    var mission = MissionDriver.at(.verifyingLedger)
    #expect(mission.send(.ledgerRead(.success("aa"))) == ["upload"])
  }

  @Test(
    "a resumed mission whose rows are gone, or of another scrape, goes back to DB from the spool and is told",
    arguments: [(nil, "rows lost"), ("bb", "rows of another scrape"), ("", "rows of another scrape")])
  func rowsGone(digest: String?, reason: String) {
    var mission = MissionDriver.at(.verifyingLedger, retryCount: 1)
    #expect(mission.send(.ledgerRead(.success(digest))) == ["commit not loaded [RESUMED]"])
    #expect(mission.text("checkpoint", of: .resumed) == "DB")
    #expect(mission.text("reason", of: .resumed) == reason)
    #expect(mission.send(.journaled) == ["load"], "not counted and without a wait")
    #expect(mission.state.checkpoint == .db && mission.state.retryCount == 1)
    #expect(mission.send(.loaded(Sample.rows)) == ["note loaded [DB_COMPLETED]", "upload"])
  }

  @Test(
    "a ledger that cannot be read is the destination's failure, never taken for rows that are not there",
    arguments: [
      (ErrorCode.destinationTimedOut, ["commit retry ERROR302 [DB_ERROR RETRY_QUEUED]"]),
      (.destinationOther, ["commit retry ERROR300 [DB_ERROR RETRY_QUEUED]"]),
      (
        .destinationRefused,
        ["open the breaker ERROR301", "commit FAILED ERROR301 [DB_ERROR FAILED]"]
      ), (.destinationDoesNotFit, ["commit FAILED ERROR303 [DB_ERROR FAILED]"]),
    ])
  func cannotBeTold(code: ErrorCode, expected: [String]) {
    for place in [Reach.verifyingLedger, .ledgerAfterUpload] {
      var mission = MissionDriver.at(place)
      #expect(mission.send(.ledgerRead(.failure(.of(code)))) == ["write not loaded"] + expected)
      #expect(mission.state.checkpoint == .db, "the next try loads: what is there already is left as it is")
      #expect(mission.state.result == Sample.result, "the spool stays")
      let message = mission.text("message", of: .dbError) ?? ""
      #expect(message.hasPrefix("the ledger was not read: "))
    }
  }

  private let theirs = ExistingObject(
    object: UploadedObject(key: "k", etag: "e", size: 1, sha256: "b"), dataSHA256: "theirs", adsCount: 5)

  @Test("a mission whose object another program wrote is done when the ledger has that scrape too")
  func doneElsewhere() {
    var mission = MissionDriver.at(.uploading)
    let refusal = StepFailure(Failure(.objectDiffers, "other bytes"), isAgain: false, existing: theirs)
    #expect(mission.send(.uploadFailed(refusal)) == ["ask the ledger"])
    #expect(
      mission.send(.ledgerRead(.success("theirs"))) == ["free the slot", "commit recovered [RECOVERED]"])
    #expect(mission.send(.journaled) == ["remove the spool", "leave DONE"])
  }

  @Test("else the object stays, and a person must look", arguments: [nil, "aa"])
  func objectOfOthers(digest: String?) {
    var mission = MissionDriver.at(.uploading)
    let refusal = StepFailure(Failure(.objectDiffers, "other bytes"), isAgain: false, existing: theirs)
    #expect(mission.send(.uploadFailed(refusal)) == ["ask the ledger"])
    #expect(
      mission.send(.ledgerRead(.success(digest))) == ["commit FAILED ERROR405 [S3_ERROR FAILED]"])
    #expect(mission.state.result == Sample.result, "the spool stays")
  }

  private func refused(_ object: Result<ExistingObject?, StepFailure>) -> MissionEvent {
    .loadRefused(LoadRefusal(ledger: "theirs", object: object))
  }

  @Test("another program's rows with their object: the mission was done there, and our bytes are dropped")
  func doneElsewhereBeforeLoading() {
    var mission = MissionDriver.at(.loading)
    #expect(mission.loadReplaces == false)
    #expect(mission.send(refused(.success(theirs))) == ["free the slot", "commit recovered [RECOVERED]"])
    #expect(mission.text("sha256", of: .recovered) == "theirs")
    #expect(mission.send(.journaled) == ["remove the spool", "leave DONE"])
  }

  @Test(
    "rows without their object, or whose object nobody may look at, are replaced by ours",
    arguments: [
      Result<ExistingObject?, StepFailure>.success(nil),
      .success(
        ExistingObject(
          object: UploadedObject(key: "k", etag: "e", size: 1, sha256: "b"), dataSHA256: "aa", adsCount: 5)),
      .failure(.of(.storePermissionDenied)),
    ])
  func rowsAlone(object: Result<ExistingObject?, StepFailure>) {
    var mission = MissionDriver.at(.loading, retryCount: 1)
    #expect(mission.send(refused(object)) == ["commit rows of theirs replaced"], "known before it is done")
    #expect(mission.send(.journaled) == ["load"])
    #expect(mission.loadReplaces == true)
    #expect(mission.send(.loaded(Sample.rows)).last == "upload")
    #expect(mission.state.retryCount == 1, "not counted")
  }

  /// Our rows have taken the place of theirs, and then their object is under the key.
  private func overtaken(by object: ExistingObject) -> MissionDriver {
    var mission = MissionDriver.at(.loading)
    mission.send(refused(.success(nil)), .journaled)
    mission.send(.loaded(Sample.rows))
    mission.send(.journaled)
    let refusal = StepFailure(Failure(.objectDiffers, "other bytes"), isAgain: false, existing: object)
    #expect(mission.send(.uploadFailed(refusal)) == ["ask the ledger"])
    return mission
  }

  @Test("rows that ours replaced just before their object was written are made again of it")
  func overtakenAndPutBack() {
    var mission = overtaken(by: theirs)
    #expect(mission.send(.ledgerRead(.success("aa"))) == ["load the object"])
    #expect(
      mission.send(.objectLoaded(.success(true))) == ["free the slot", "commit recovered [RECOVERED]"])
    #expect(mission.text("sha256", of: .recovered) == "theirs")
    #expect(mission.send(.journaled) == ["remove the spool", "leave DONE"])
  }

  /// An earlier process had noted that its rows take the place of theirs.
  private func resumed(at checkpoint: Checkpoint) -> MissionDriver {
    var record = Sample.record(checkpoint)
    record.replacedRows = "theirs"
    var mission = MissionDriver(record)
    mission.send(.slotGiven(lane: nil), .spoolVerified(.intact))
    return mission
  }

  @Test("so they are when the process died in between", arguments: [Checkpoint.db, .s3])
  func overtakenAcrossADeath(checkpoint: Checkpoint) {
    var mission = resumed(at: checkpoint)
    mission.send(checkpoint == .db ? .loaded(Sample.rows) : .ledgerRead(.success("aa")))
    let refusal = StepFailure(Failure(.objectDiffers, "other bytes"), isAgain: false, existing: theirs)
    #expect(mission.send(.uploadFailed(refusal)) == ["ask the ledger"])
    #expect(mission.send(.ledgerRead(.success("aa"))) == ["load the object"])
    #expect(
      mission.send(.objectLoaded(.success(true))) == ["free the slot", "commit recovered [RECOVERED]"])
  }

  @Test("what was noted before a death allows no load: whose rows are there now is asked anew")
  func notedAndNotDone() {
    var mission = resumed(at: .db)
    #expect(mission.loadReplaces == false)
    let newer = LoadRefusal(ledger: "newer", object: .success(nil))
    #expect(mission.send(.loadRefused(newer)) == ["commit rows of newer replaced"])
    mission.send(.journaled)
    #expect(mission.loadReplaces == true)
  }

  @Test(
    "rows that proved not to be what the ledger says are written anew by a scrape of the same bytes, and by no other"
  )
  func doubtedRows() {
    for (doubted, expected) in [("aa", ReplacedRows(ofTheSame: true)), ("theirs", ReplacedRows())] {
      var record = Sample.record(.db)
      record.replacedRows = doubted
      var mission = MissionDriver(record)
      mission.send(.slotGiven(lane: nil), .spoolVerified(.intact))
      #expect(mission.replacedRows == expected)
    }
  }

  @Test("a load that replaces is allowed once: after another program's rows the next one asks")
  func allowedOnce() {
    var mission = MissionDriver.at(.loading)
    mission.send(refused(.success(nil)), .journaled)
    mission.send(.loaded(Sample.rows), .uploaded(Sample.object))
    mission.send(.ledgerRead(.success("third")), .journaled)
    #expect(mission.waitForTimer() == ["load"])
    #expect(mission.loadReplaces == false)
  }

  @Test(
    "an object whose rows cannot be made stays with a person, who is told why",
    arguments: [
      (.success(false), "other bytes"),
      (.failure(Failure(.storeOther, "500")), "other bytes; its rows were not put back: 500"),
    ] as [(Result<Bool, Failure>, String)])
  func overtakenForGood(answer: Result<Bool, Failure>, message: String) {
    var mission = overtaken(by: theirs)
    mission.send(.ledgerRead(.success("aa")))
    #expect(mission.send(.objectLoaded(answer)) == ["commit FAILED ERROR405 [S3_ERROR FAILED]"])
    #expect(mission.text("message", of: .s3Error) == message)
    #expect(mission.state.result == Sample.result, "the spool stays")
  }

  @Test("an object of a third scrape is nobody's to load")
  func thirdScrape() {
    let third = ExistingObject(object: theirs.object, dataSHA256: "third", adsCount: 5)
    var mission = overtaken(by: third)
    #expect(
      mission.send(.ledgerRead(.success("aa"))) == ["commit FAILED ERROR405 [S3_ERROR FAILED]"])
  }

  @Test("a store that cannot be asked is never taken for one without the object")
  func objectUnread() {
    var mission = MissionDriver.at(.loading)
    for _ in 1...2 {
      #expect(mission.send(refused(.failure(.of(.storeOther, again: true)))) == ["wait"])
      #expect(mission.waitForTimer() == ["load"])
      #expect(mission.loadReplaces == false)
    }
    let last = mission.send(refused(.failure(.of(.storeOther, again: true))))
    #expect(last == ["commit FAILED ERROR400 [DB_ERROR FAILED]"])
    #expect(mission.state.result == Sample.result, "the spool stays")
    #expect(mission.text("message", of: .dbError)?.hasPrefix("the object was not looked at: ") == true)
  }

  @Test("a mission that replaces on purpose replaces rows too")
  func replacing() {
    var record = Sample.record(.db)
    record.former.replaces = true
    var mission = MissionDriver(record)
    mission.send(.slotGiven(lane: nil))
    #expect(mission.send(.spoolVerified(.intact)) == ["load"])
    #expect(mission.loadReplaces == true)
  }

  @Test("retries of a ledger that stays unreadable are used up as 304")
  func usedUp() {
    var mission = MissionDriver.at(.verifyingLedger, retryCount: 2)
    #expect(
      mission.send(.ledgerRead(.failure(.of(.destinationTimedOut)))).last
        == "commit FAILED ERROR304 for ERROR302 [DB_ERROR FAILED]")
  }

  @Test("a busy ledger is asked three times inside the step")
  func busy() {
    for place in [Reach.verifyingLedger, .ledgerAfterUpload] {
      var mission = MissionDriver.at(place)
      for _ in 1...2 {
        #expect(mission.send(.ledgerRead(.failure(.of(.destinationOther, again: true)))) == ["wait"])
        #expect(mission.waitForTimer() == ["ask the ledger"])
      }
      #expect(
        mission.send(.ledgerRead(.failure(.of(.destinationOther, again: true)))).last
          == "commit retry ERROR300 [DB_ERROR RETRY_QUEUED]")
    }
  }

  @Test(
    "rows that another program replaced by the end of the upload are loaded again, and the object is put again"
  )
  func replacedMeanwhile() {
    for digest in ["bb", nil] {
      var mission = MissionDriver.at(.ledgerAfterUpload)
      #expect(mission.send(.ledgerRead(.success(digest))) == ["commit not loaded [RESUMED]"])
      #expect(mission.send(.journaled) == ["wait"], "two programs do not meet again at once")
      #expect(mission.waitForTimer() == ["load"])
      #expect(mission.send(.loaded(Sample.rows)).last == "upload")
      #expect(mission.send(.uploaded(Sample.object)) == ["ask the ledger"])
      #expect(mission.send(.ledgerRead(.success("aa"))).last == "commit DONE [S3_COMPLETED COMPLETED]")
      #expect(mission.state.retryCount == 0)
    }
  }

  @Test("two programs that replace each other's rows end: FAILED after three uploads, and why")
  func fighting() {
    var mission = MissionDriver.at(.ledgerAfterUpload, retryCount: 1)
    for _ in 1...2 {
      mission.send(.ledgerRead(.success("bb")), .journaled)
      mission.waitForTimer()
      mission.send(.loaded(Sample.rows), .journaled, .uploaded(Sample.object))
    }
    #expect(
      mission.send(.ledgerRead(.success("bb"))) == [
        "write not loaded", "commit FAILED ERROR300 [DB_ERROR FAILED]",
      ])
    #expect(mission.text("message", of: .dbError)?.contains("another program runs the mission too") == true)
    #expect(mission.send(.journaled) == ["leave FAILED"], "the spool stays")
  }

  @Test("while the destination is closed by a breaker nothing is asked: the mission is left at S3")
  func closed() {
    var resumed = MissionDriver(Sample.record(.s3))
    resumed.send(.slotGiven(lane: nil))
    resumed.context.mayLoad = false
    #expect(resumed.send(.spoolVerified(.intact)) == ["commit queued"])
    var uploaded = MissionDriver.at(.uploading)
    uploaded.context.mayLoad = false
    #expect(uploaded.send(.uploaded(Sample.object)) == ["commit queued"])
    #expect(uploaded.send(.journaled) == ["leave for a later run"])
    var closedStore = MissionDriver(Sample.record(.s3))
    closedStore.send(.slotGiven(lane: nil))
    closedStore.context.mayUpload = false
    #expect(closedStore.send(.spoolVerified(.intact)) == ["commit queued"])
  }

  @Test("a mission that was loaded in this process is uploaded without a question before")
  func loadedHere() {
    var mission = MissionDriver.at(.loading)
    #expect(mission.send(.loaded(Sample.rows)).last == "upload")
  }
}
