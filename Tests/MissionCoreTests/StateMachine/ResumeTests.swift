import Testing

@testable import MissionCore

@Suite("what an earlier run left", .timeLimit(.minutes(5)))
struct ResumeTests {
  private func record(jobID: String?, startedAt: Int64?, queuedAt: Int64) -> MissionRecord {
    var record = Sample.record(jobID: jobID)
    record.startedAt = startedAt.map { Timestamp(milliseconds: $0) }
    record.queuedAt = Timestamp(milliseconds: queuedAt)
    return record
  }

  @Test("a mission that had begun is told as RESUMED, one that is queued anew as STARTED")
  func told() {
    var begun = MissionDriver(record(jobID: nil, startedAt: 20, queuedAt: 10))
    #expect(begun.send(.slotGiven(lane: "worker-1")) == ["write started on worker-1 [RESUMED]"])
    var queuedAgain = MissionDriver(record(jobID: nil, startedAt: 20, queuedAt: 30))
    #expect(queuedAgain.send(.slotGiven(lane: "worker-1")) == ["write started on worker-1 [STARTED]"])
    var new = MissionDriver(record(jobID: nil, startedAt: nil, queuedAt: 30))
    #expect(new.send(.slotGiven(lane: "worker-1")) == ["write started on worker-1 [STARTED]"])
  }

  @Test("a journaled job is looked at and adopted at the first good look")
  func adopted() {
    var mission = MissionDriver(record(jobID: "job-1", startedAt: 20, queuedAt: 10))
    #expect(
      mission.send(.slotGiven(lane: "worker-1")) == [
        "write started on worker-1 [RESUMED]", "look at job-1 on worker-1",
      ])
    mission.send(.jobLooked(.failure(.of(.again))))
    mission.waitForTimer()
    let running = MissionEvent.jobLooked(.success(.waiting(status: "running", isKnown: true)))
    #expect(mission.send(running) == ["write events [JOB_ADOPTED]", "wait"])
    mission.waitForTimer()
    #expect(mission.send(running) == ["wait"])
  }

  @Test("an adopted job has its whole time again")
  func adoptedDeadline() {
    var policy = RunPolicy()
    policy.timeoutJob = .seconds(20)
    var mission = MissionDriver(record(jobID: "job-1", startedAt: 20, queuedAt: 10), policy: policy)
    mission.context.now = .seconds(1000)
    mission.send(
      .slotGiven(lane: "worker-1"), .jobLooked(.success(.waiting(status: "running", isKnown: true))))
    #expect(mission.wait == .seconds(20))
    #expect(mission.waitForTimer() == ["look at job-1 on worker-1"])
    #expect(
      mission.send(.jobLooked(.success(.waiting(status: "running", isKnown: true)))) == [
        "cancel job-1 on worker-1"
      ])
  }

  @Test(
    "a job that the worker does not know any more: scraped again, uncounted, and the new job is not told as adopted"
  )
  func forgotten() {
    var mission = MissionDriver(record(jobID: "job-1", startedAt: 20, queuedAt: 10))
    mission.send(.slotGiven(lane: "worker-1"))
    #expect(mission.send(.jobLooked(.failure(.of(.notFound)))).last == "commit queued")
    mission.send(.journaled)
    mission.state.requeue()
    mission.send(.slotGiven(lane: "worker-1"), .laneReady(Sample.grant), .journaled)
    mission.send(.jobStarted(jobID: "job-2"), .journaled)
    #expect(mission.send(.jobLooked(.success(.waiting(status: "running", isKnown: true)))) == ["wait"])
    #expect(mission.state.retryCount == 0)
  }

  @Test(
    "after the process died: requeued at the checkpoint reached, deferred from two deaths on, FAILED after ten",
    arguments: 0...10)
  func recovery(crashes: Int) {
    for (checkpoint, isSpooling) in [(Checkpoint.scrape, true), (.db, false), (.s3, true)] {
      let change = Recovery.decide(Sample.record(checkpoint, crashes: crashes), isSpooling: isSpooling)
      let after = crashes + 1
      if after >= 10 {
        guard case .failed(.internalError, nil, let message) = change else {
          Issue.record("\(change)")
          continue
        }
        #expect(message.plain.contains("\(after) times"))
      } else {
        #expect(change == .requeued(crashes: after, deferred: after >= 2))
      }
    }
  }

  @Test(
    "a death while only the worker worked is not counted, and keeps what was counted",
    arguments: [0, 1, 2, 9])
  func remoteDeath(crashes: Int) {
    let change = Recovery.decide(Sample.record(.scrape, crashes: crashes, jobID: "job-1"), isSpooling: false)
    #expect(change == .requeued(crashes: crashes, deferred: crashes >= 2))
  }

  @Test(
    "a result that the journal does not have counts while its start does, and where the spool has all of it")
  func awaitedResult() {
    let started = Sample.record(.scrape, jobID: "job-1")
    var policy = SourcePolicy()
    #expect(Recovery.awaitsResult(started, policy))
    #expect(!Recovery.awaitsResult(Sample.record(.scrape), policy), "given up")
    #expect(!Recovery.awaitsResult(Sample.record(.db, jobID: "job-1"), policy), "in the journal")
    var unanswered = Sample.record(.scrape)
    unanswered.hasUnansweredStart = true
    #expect(Recovery.awaitsResult(unanswered, policy), "the answer to the start may have been the result")
    var lookedAtAgain = started
    lookedAtAgain.firstLook = FirstLook(
      Sample.result, seconds: 1, kind: .thin, expected: 9, starts: 1, lane: "worker-1", session: nil,
      dueAt: Timestamp(milliseconds: 0))
    #expect(!Recovery.awaitsResult(lookedAtAgain, policy), "which look counts is for the journal to say")
    policy.keepsFiles = true
    #expect(!Recovery.awaitsResult(started, policy), "kept files are in the journal alone")
  }

  @Test("a result found in the spool is journaled as if the process had lived to do it")
  func takenUp() throws {
    let machine = MissionMachine(policy: RunPolicy())
    let taken = try #require(machine.takingUp(Sample.result, of: Sample.record(.scrape, jobID: "job-1")))
    #expect(
      taken.0
        == .scrapeCompleted(
          adsCount: Sample.result.adsCount, size: Sample.result.size, sha256: Sample.result.sha256, seconds: 0
        ))
    #expect(taken.1.map(\.kind) == [.scrapeCompleted])
  }

  @Test("a stop keeps the count of deaths and the place behind all others")
  func stopKeeps() {
    var mission = MissionDriver.at(.awaitingLook, crashes: 3)
    #expect(mission.send(.stopRequested).last == "commit queued after 3 crashes last")
    var once = MissionDriver.at(.awaitingLook, crashes: 1)
    #expect(once.send(.stopRequested).last == "commit queued after 1 crashes")
  }

  @Test("a local step that succeeded ends the row of deaths")
  func successForgets() {
    var mission = MissionDriver.at(.looking, crashes: 5)
    mission.context.mayLoad = false
    #expect(mission.send(.jobLooked(.success(.completed(Sample.result)))).last == "commit queued")
    var loaded = MissionDriver.at(.loading, crashes: 5)
    loaded.context.mayUpload = false
    #expect(loaded.send(.loaded(Sample.rows)).last == "commit queued")
  }
}
