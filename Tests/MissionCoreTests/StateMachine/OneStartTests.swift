import Testing

@testable import MissionCore

@Suite("a source whose starts are never repeated", .timeLimit(.minutes(5)))
struct OneStartTests {
  private static let unknown = "commit FAILED ERROR204 [SCRAPE_ERROR FAILED]"

  @Test(
    "a start is repeated after a refusal that has started nothing",
    arguments: [SourceFailure.Kind.busy, .unreachable])
  func refusals(kind: SourceFailure.Kind) {
    var mission = MissionDriver.at(.starting, source: .once)
    #expect(mission.send(.startFailed(.of(kind))) == ["wait"])
    #expect(mission.waitForTimer() == ["start on worker-1"])
  }

  @Test("a place that never becomes free is a counted failure: nothing was started")
  func busyForEver() {
    var mission = MissionDriver.at(.starting, source: .once)
    mission.pass(.seconds(6000))
    mission.send(.startFailed(.of(.busy, retryAfter: .seconds(1))))
    mission.waitForTimer()
    #expect(
      mission.send(.startFailed(.of(.busy))).last == "commit retry ERROR202 [SCRAPE_ERROR RETRY_QUEUED]")
  }

  @Test("a job that ended in `failed` is tried again as often as its source says")
  func failedJob() {
    var mission = MissionDriver.at(.looking, source: .once)
    #expect(
      mission.send(.jobLooked(.success(.failed(message: "no")))).last
        == "commit retry ERROR200 [SCRAPE_ERROR RETRY_QUEUED]")
    var answered = MissionDriver.at(.starting, source: .once)
    #expect(
      answered.send(.startEnded(.failed(message: "no"))).last
        == "commit retry ERROR200 [SCRAPE_ERROR RETRY_QUEUED]")
  }

  @Test("nobody knows: a lost start that is not found, a forgotten job, a job without an end, an unclear id")
  func unknown() {
    var lost = MissionDriver.at(.findingStart, source: .once)
    #expect(lost.send(.startFound(.success(.failed(Failure(.startUnknown, "lost"))))).last == Self.unknown)
    var said = MissionDriver.at(.findingStart, source: .once)
    #expect(said.send(.startFound(.success(.failed(Failure(.scrapeOther, "lost"))))).last == Self.unknown)
    var unclear = MissionDriver.at(.findingStart, source: .once)
    #expect(unclear.send(.startFound(.success(.unknown))).last == Self.unknown)
    var untold = MissionDriver.at(.findingStart, source: .once)
    for _ in 1...2 {
      untold.send(.startFound(.failure(.of(.again))))
      untold.waitForTimer()
    }
    #expect(untold.send(.startFound(.failure(.of(.again)))).last == Self.unknown)
    var forgotten = MissionDriver.at(.looking, source: .once)
    #expect(forgotten.send(.jobLooked(.failure(.of(.notFound)))).last == Self.unknown)
    var repeated = MissionDriver.at(.starting, source: .once)
    #expect(repeated.send(.jobIDRepeated("job-7")).last == Self.unknown)
    var endless = MissionDriver.at(.looking, source: .once)
    endless.send(.jobLooked(.success(.waiting(status: "running", isKnown: true))))
    endless.pass(.seconds(6000))
    endless.waitForTimer()
    #expect(
      endless.send(.jobLooked(.success(.waiting(status: "running", isKnown: true)))) == [
        "cancel job-1 on worker-1"
      ])
    #expect(endless.send(.jobCancelAnswered(isConfirmed: true)).last == Self.unknown)
    // What a later run would take up by itself, it must not.
    var refused = MissionDriver.at(.looking, source: .once)
    refused.context.hasOtherLane = false
    #expect(refused.send(.jobLooked(.failure(.of(.unavailable)))).last == Self.unknown)
  }

  @Test("a refusal of the first sending leaves a later run free to start; after a lost one nobody knows")
  func refusedLater() {
    for isLost in [false, true] {
      var mission = MissionDriver.at(.starting, source: .once)
      mission.context.hasOtherLane = false
      if isLost {
        mission.send(.startFailed(.of(.again)), .startFound(.success(.notTaken)))
        mission.waitForTimer()
      }
      #expect(
        mission.send(.startFailed(.of(.unavailable))).last
          == (isLost ? Self.unknown : "commit FAILED ERROR502 [SCRAPE_ERROR FAILED]"))
    }
  }

  @Test("a result that cannot be read, as often as its source has fetched it, is final: nobody looks again")
  func unreadable() {
    var mission = MissionDriver.at(.looking, source: .once)
    #expect(mission.send(.jobLooked(.failure(.of(.unreadable)))) == ["cancel job-1 on worker-1"])
    #expect(
      mission.send(.jobCancelAnswered(isConfirmed: true)).last
        == "commit FAILED ERROR100 [SCRAPE_ERROR FAILED]")
  }

  @Test("a look whose answer cannot be understood is sent three times, then it is final")
  func notUnderstood() {
    var mission = MissionDriver.at(.looking, source: .once)
    for _ in 1...2 {
      #expect(mission.send(.jobLooked(.failure(.of(.unusable)))) == ["wait"])
      #expect(mission.waitForTimer() == ["look at job-1 on worker-1"])
    }
    #expect(mission.send(.jobLooked(.failure(.of(.unusable)))) == ["cancel job-1 on worker-1"])
    #expect(
      mission.send(.jobCancelAnswered(isConfirmed: true)).last
        == "commit FAILED ERROR100 [SCRAPE_ERROR FAILED]")
    var answered = MissionDriver.at(.starting, source: .once)
    #expect(
      answered.send(.startFailed(.of(.unusable))).last == "commit FAILED ERROR100 [SCRAPE_ERROR FAILED]")
  }

  /// Every failure that a look can have, at every one of the tries: none ever leads to another start.
  @Test("whatever happens to a job that was started, no look at it leads to a second start")
  func never() {
    let looks: [Result<JobLook, SourceFailure>] =
      SourceFailure.Kind.all.map { .failure(.of($0)) } + [
        .success(.paused), .success(.cancelled(message: "x")),
        .success(.waiting(status: "?", isKnown: false)),
      ]
    for first in looks {
      for second in looks {
        var mission = MissionDriver.at(.looking, source: .once)
        mission.context.hasOtherLane = false
        var words: [String] = []
        var last: Result<JobLook, SourceFailure> = first
        for _ in 1...8 {
          words += mission.send(.jobLooked(last))
          if mission.actions.contains(where: { if case .cancel = $0 { true } else { false } }) {
            words += mission.send(.jobCancelAnswered(isConfirmed: false))
          }
          if mission.wait != nil { words += mission.waitForTimer() }
          mission.pass(.seconds(2000))
          last = second
        }
        #expect(
          !words.contains { $0.contains("RETRY_QUEUED") || $0.hasPrefix("start") }, "\(first) \(second)")
        #expect(!words.contains("commit queued"), "\(first) \(second): \(words)")
      }
    }
  }
}
