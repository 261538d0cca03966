import Testing

@testable import MissionCore

@Suite("retries: counted, used up, switched off", .timeLimit(.minutes(5)))
struct RetryTests {
  static let counted: [ErrorCode] = [
    .scrapeOther, .sessionNotReady, .sessionStuck, .sessionDisconnected, .jobFailed, .jobCancelled,
    .jobNotFinishedInTime, .destinationOther, .destinationTimedOut,
  ]

  /// Fails a mission with `code` at the place where that happens.
  static func fail(_ code: ErrorCode, retryCount: Int, policy: RunPolicy = RunPolicy()) -> [String] {
    var mission: MissionDriver
    if code.checkpoint == .db {
      mission = MissionDriver.at(.loading, retryCount: retryCount, policy: policy)
      return mission.send(.loadFailed(.of(code)))
    }
    mission = MissionDriver.at(.awaitingLane, retryCount: retryCount, policy: policy)
    return mission.send(.laneFailed(Failure(code, "no")))
  }

  @Test("while retries are left, one is counted", arguments: counted)
  func left(code: ErrorCode) {
    let event = code.checkpoint == .db ? "DB_ERROR" : "SCRAPE_ERROR"
    for retryCount in 0...1 {
      #expect(
        Self.fail(code, retryCount: retryCount).last
          == "commit retry \(code.rawValue) [\(event) RETRY_QUEUED]")
    }
  }

  @Test(
    "used up: 104 after a session's failure, 203 after a job's, 304 at DB; the code before is kept",
    arguments: counted)
  func usedUp(code: ErrorCode) {
    let final: String
    switch code {
    case .sessionNotReady, .sessionStuck, .sessionDisconnected: final = "ERROR104"
    case .destinationOther, .destinationTimedOut: final = "ERROR304"
    default: final = "ERROR203"
    }
    let event = code.checkpoint == .db ? "DB_ERROR" : "SCRAPE_ERROR"
    #expect(
      Self.fail(code, retryCount: 2).last == "commit FAILED \(final) for \(code.rawValue) [\(event) FAILED]")
  }

  @Test("without any retry the code stays", arguments: counted)
  func never(code: ErrorCode) {
    var off = RunPolicy()
    off.autoRetry = false
    var none = RunPolicy()
    none.maxRetries = 0
    let event = code.checkpoint == .db ? "DB_ERROR" : "SCRAPE_ERROR"
    for policy in [off, none] {
      #expect(
        Self.fail(code, retryCount: 0, policy: policy).last
          == "commit FAILED \(code.rawValue) [\(event) FAILED]")
    }
  }

  @Test("attempts never exceed 1 + max_retries", arguments: 0...4)
  func bounded(maxRetries: Int) {
    var policy = RunPolicy()
    policy.maxRetries = maxRetries
    var mission = MissionDriver(policy: policy)
    var attempts = 0
    while mission.state.stage == .queued {
      attempts += 1
      mission.send(.slotGiven(lane: "worker-1"), .laneFailed(Failure(.sessionStuck, "no")), .journaled)
      if case .left(.requeued) = mission.state.stage { mission.state.requeue() }
    }
    #expect(attempts == 1 + maxRetries)
    #expect(mission.state.stage == .left(.finished(.failed)))
  }

  @Test("retries at SCRAPE and DB draw on the same count; a DB retry starts at DB from the spool")
  func shared() {
    var mission = MissionDriver.at(.awaitingLane)
    mission.send(.laneFailed(Failure(.sessionStuck, "no")), .journaled)
    mission.state.requeue()
    mission.send(.slotGiven(lane: "worker-1"), .laneReady(Sample.grant), .journaled)
    mission.send(
      .jobStarted(jobID: "j"), .journaled, .jobLooked(.success(.completed(Sample.result))), .journaled)
    #expect(
      mission.send(.loadFailed(.of(.destinationTimedOut))) == [
        "commit retry ERROR302 [DB_ERROR RETRY_QUEUED]"
      ])
    mission.send(.journaled)
    #expect(mission.state.checkpoint == .db)
    mission.state.requeue()
    #expect(mission.send(.slotGiven(lane: nil)) == ["write started [STARTED]", "verify the spool"])
    #expect(mission.send(.spoolVerified(.intact)) == ["load"])
    #expect(
      mission.send(.loadFailed(.of(.destinationTimedOut)))
        == ["commit FAILED ERROR304 for ERROR302 [DB_ERROR FAILED]"])
  }

  @Test("a retry at DB waits a growing while, one at SCRAPE does not")
  func backoff() {
    var waits: [Duration] = []
    for retryCount in 0...1 {
      var mission = MissionDriver.at(.loading, retryCount: retryCount)
      mission.send(.loadFailed(.of(.destinationTimedOut)))
      guard case .leaving(.requeued(let wait, nil)) = mission.state.stage else {
        Issue.record("not queued again")
        return
      }
      waits.append(wait)
    }
    #expect(waits[0] >= .milliseconds(500))
    #expect(waits[1] >= .seconds(1))
    var mission = MissionDriver.at(.awaitingLane)
    mission.send(.laneFailed(Failure(.sessionStuck, "no")))
    #expect(mission.state.stage == .leaving(.requeued(after: .zero, heldByLane: nil)))
  }

  @Test("the message and the code of a failure are told in its event")
  func told() {
    var mission = MissionDriver.at(.looking)
    mission.send(.jobLooked(.success(.failed(message: "no login"))))
    #expect(mission.text("error_code", of: .scrapeError) == "ERROR200")
    #expect(mission.text("message", of: .scrapeError) == "no login")
  }
}
