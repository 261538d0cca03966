import Testing

@testable import MissionCore

@Suite("results that are not like those before them", .timeLimit(.minutes(5)))
struct SecondLookTests {
  private static let empty = ScrapedResult(adsCount: 0, size: 2, sha256: "00")
  private static let thin = ScrapedResult(adsCount: 1, size: 9, sha256: "01")
  private static let full = ScrapedResult(adsCount: 40, size: 900, sha256: "40")
  private static let verdict = SuspicionVerdict.suspicious(.empty, expected: 40)

  private static func source(
    _ quality: QualityPolicy = QualityPolicy(), findsStarts: Bool = false
  ) -> SourcePolicy {
    SourcePolicy.with { ($0.quality, $0.findsStarts) = (quality, findsStarts) }
  }

  /// A mission whose result is in the spool.
  private static func scraped(
    _ result: ScrapedResult, _ quality: QualityPolicy = QualityPolicy(), findsStarts: Bool = false
  ) -> MissionDriver {
    var mission = MissionDriver.at(.looking, source: source(quality, findsStarts: findsStarts))
    mission.send(.jobLooked(.success(.completed(result))))
    return mission
  }

  /// One whose first result was suspicious, and that is looked at again on another worker.
  private static func second(_ first: ScrapedResult = empty, findsStarts: Bool = false) -> MissionDriver {
    var mission = scraped(first, findsStarts: findsStarts)
    mission.send(.judged(verdict), .journaled)
    mission.state.requeue()
    mission.send(.slotGiven(lane: "worker-2"), .laneReady(Sample.grant), .journaled)
    return mission
  }

  /// The same, with its job's result there.
  private static func compared(_ first: ScrapedResult, with second: ScrapedResult) -> MissionDriver {
    var mission = Self.second(first)
    mission.send(.jobStarted(jobID: "job-2"), .journaled)
    mission.send(.jobLooked(.success(.completed(second))))
    return mission
  }

  @Test("the lane is free while the result is compared, and what is like the others goes on at once")
  func ok() {
    var mission = Self.scraped(Self.full)
    #expect(mission.actions.map(\.words) == ["release worker-1 good", "judge 40"])
    for verdict in [SuspicionVerdict.ok, .tooLittleHistory] {
      var mission = mission
      #expect(mission.send(.judged(verdict)) == ["note scraped 40 [SCRAPE_COMPLETED]", "load"])
    }
    #expect(
      mission.send(.cancelRequested, .judged(Self.verdict)) == [
        "note scraped 40 [SCRAPE_COMPLETED]", "commit CANCELLED [CANCELLED]",
      ])
  }

  @Test("what on_suspicious says is done, and off compares nothing")
  func reactions() {
    var flagged = Self.scraped(Self.empty, QualityPolicy(.flag))
    #expect(
      flagged.send(.judged(Self.verdict)) == [
        "write suspicious after 1", "commit scraped 0 [SCRAPE_COMPLETED SUSPICIOUS]",
      ])
    #expect(flagged.send(.journaled) == ["load"], "nothing is held back")
    var failed = Self.scraped(Self.empty, QualityPolicy(.fail))
    #expect(
      failed.send(.judged(Self.verdict)) == [
        "write suspicious after 1 [SCRAPE_COMPLETED SUSPICIOUS]", "write held 0",
        "commit FAILED ERROR205 [FAILED]",
      ])
    #expect(failed.send(.journaled) == ["leave FAILED"], "its bytes stay in the spool")
    #expect(
      Self.scraped(Self.empty, QualityPolicy(.off)).actions.suffix(2).map(\.words) == [
        "note scraped 0 [SCRAPE_COMPLETED]", "load",
      ])
  }

  @Test("a second look is not counted, waits as long as it should, and keeps the first result")
  func requeued() throws {
    var mission = Self.scraped(Self.empty, QualityPolicy(.secondLook, secondLookAfter: .seconds(90)))
    mission.context.wall = Timestamp(milliseconds: 5000)
    #expect(
      mission.send(.judged(Self.verdict)) == ["write first look 0 [SCRAPE_COMPLETED]", "commit queued"])
    mission.send(.journaled)
    guard case .leave(.requeued(let wait, nil)) = mission.actions.last else {
      Issue.record("it did not leave its slot")
      return
    }
    #expect(wait == .seconds(90))
    #expect(mission.state.retryCount == 0)
    let first = try #require(mission.state.firstLook)
    #expect(first.result == Self.empty && first.lane == "worker-1" && first.session?.proxy == "p:1")
    #expect(first.dueAt == Timestamp(milliseconds: 95_000))
  }

  @Test(
    "the larger result counts, the flag stays only when that is suspicious too, and there is no third look")
  func larger() {
    var mended = Self.compared(Self.empty, with: Self.full)
    #expect(mended.actions.map(\.words) == ["release worker-2 good", "judge 40"])
    #expect(mended.send(.judged(.ok)) == ["commit scraped 40 [SCRAPE_COMPLETED]"])
    #expect(mended.send(.journaled) == ["load"])
    #expect(mended.state.firstLook == nil)

    var still = Self.compared(Self.empty, with: Self.thin)
    #expect(
      still.send(.judged(.suspicious(.thin, expected: 40))) == [
        "write suspicious after 2", "commit scraped 1 [SCRAPE_COMPLETED SUSPICIOUS]",
      ])

    var smaller = Self.compared(Self.thin, with: Self.empty)
    #expect(
      smaller.actions.map(\.words) == [
        "release worker-2 good", "write events [SCRAPE_COMPLETED]", "verify the spool",
      ])
    #expect(
      smaller.send(.spoolVerified(.intact)) == [
        "write suspicious after 2", "commit scraped 1 [SUSPICIOUS]",
      ])
    #expect(smaller.state.result == Self.thin)
  }

  @Test("when the second look fails, however it does, the first result counts and nothing is counted")
  func failed() {
    for place in [SourceFailure.Kind.notFound, .mismatch, .tooLarge] {
      var mission = Self.second()
      mission.send(.jobStarted(jobID: "job-2"), .journaled)
      let words = mission.send(.jobLooked(.failure(.of(place))))
      #expect(words.suffix(2) == ["write no job [SCRAPE_ERROR]", "verify the spool"], "\(place): \(words)")
      #expect(
        mission.send(.spoolVerified(.intact)) == [
          "write suspicious after 1", "commit scraped 0 [SUSPICIOUS]",
        ])
      #expect(mission.state.retryCount == 0)
    }
  }

  @Test(
    "first bytes that are lost are replaced by the second's, and by a new scrape only when there are none")
  func lostBytes() {
    var mission = Self.compared(Self.thin, with: Self.empty)
    #expect(mission.send(.spoolVerified(.lost(why: "altered"))) == ["tell of lost bytes", "judge 0"])
    #expect(mission.send(.judged(Self.verdict)).first == "write suspicious after 2")

    var alone = Self.second()
    alone.send(.jobStarted(jobID: "job-2"), .journaled)
    alone.send(.jobLooked(.success(.failed(message: "no"))))
    #expect(
      alone.send(.spoolVerified(.lost(why: "altered"))) == [
        "tell of lost bytes", "write no first look", "write no job [SCRAPE_ERROR]", "commit queued",
      ])
  }

  @Test("what is resumed with a second look that nobody knows takes the first result, without a lane")
  func resumed() {
    var record = Sample.record()
    record.firstLook = FirstLook(
      Self.empty, seconds: 2, kind: .empty, expected: 40, starts: 1, lane: "worker-1", session: nil,
      dueAt: Sample.moment)
    record.starts = 1
    var waiting = MissionDriver(record, source: Self.source())
    #expect(!waiting.state.hasLostSecondLook(Self.source()))
    #expect(waiting.send(.slotGiven(lane: "worker-2")) == ["write started on worker-2 [STARTED]"])
    record.starts = 2
    var lost = MissionDriver(record, source: Self.source())
    #expect(lost.state.hasLostSecondLook(Self.source()))
    #expect(lost.send(.slotGiven(lane: nil)).last == "verify the spool")
    record.hasUnansweredStart = true
    #expect(
      !MissionDriver(record).state.hasLostSecondLook(Self.source(findsStarts: true)), "it can be asked for")
    record.jobID = "job-2"
    #expect(!MissionDriver(record).state.hasLostSecondLook(Self.source()), "it is adopted")
  }

  @Test("the first look is read from the journal as it was written")
  func journaled() {
    let result = ScrapedResult(
      adsCount: 3, size: 1 << 40, sha256: "ab",
      keptFiles: [KeptFile(name: "log \"1\".txt", size: 5, sha256: "cd", place: "m/1/log")])
    for session in [nil, SessionGrant(sessionID: "s", proxy: nil, isReused: false), Sample.grant] {
      let first = FirstLook(
        result, seconds: 1.25, kind: .thin, expected: 40, starts: 7, lane: "worker-1", session: session,
        dueAt: Sample.moment)
      #expect(FirstLook(json: first.json) == first)
    }
    #expect(FirstLook(json: "{}") == nil)
  }

  @Test(
    "whatever comes in whatever order, the first result is never lost, no scrape is counted, and none is the third"
  )
  func everyOrder() {
    for seed in 1...20_000 as ClosedRange<UInt64> {
      var walk = SecondLookWalk(seed: seed)
      walk.run(Self.second(findsStarts: seed % 2 == 0))
      #expect(walk.faults.isEmpty, "seed \(seed): \(walk.faults) after \(walk.path)")
    }
  }
}

/// Leads a mission from the start of its second look to the end of its scrape, by events chosen at random.
private struct SecondLookWalk {
  var dice: SeededRandom
  var faults: [String] = []
  var path: [String] = []
  /// A job of the second look may have run.
  private var mayHaveRun = false

  init(seed: UInt64) { dice = SeededRandom(seed: seed) }

  mutating func run(_ start: MissionDriver) {
    var mission = start
    for _ in 0..<200 {
      let stage = mission.state.stage
      if stage == .recordingScrape || stage == .loading || stage == .left(.finished(.cancelled)) { return }
      if case .left(.parked) = stage { return }
      let event = next(for: mission)
      path.append("\(event)".prefix { $0 != "(" }.description)
      note(event)
      if case .timerFired = event { mission.waitForTimer() } else { mission.send(event) }
      check(mission)
      if case .left(.requeued) = mission.state.stage { mission.state.requeue() }
      if mission.actions.contains(where: { if case .stopRun = $0 { true } else { false } }) { return }
    }
    faults.append("it comes to no end at \(mission.state.stage)")
  }

  private mutating func note(_ event: MissionEvent) {
    switch event {
    case .jobStarted: mayHaveRun = true
    case .startFailed(let failure) where [.again, .mismatch, .tooLarge].contains(failure.kind):
      mayHaveRun = true
    // It surely came to nothing.
    case .startFound(.success(.notStarted)), .jobLooked(.success(.putOff)): mayHaveRun = false
    default: break
    }
  }

  private mutating func check(_ mission: MissionDriver) {
    for action in mission.actions {
      switch action {
      case .start where mayHaveRun: faults.append("a third scrape")
      case .commit(.retryQueued, _): faults.append("counted")
      case .commit(.failed, _): faults.append("FAILED")
      case .write(.firstLookKept(nil), _): faults.append("the first result is given up")
      default: break
      }
    }
    if mission.state.firstLook == nil, mission.state.checkpoint == .scrape,
      mission.state.stage != .recordingScrape
    {
      faults.append("the first result is lost at \(mission.state.stage)")
    }
  }

  private mutating func next(for mission: MissionDriver) -> MissionEvent {
    if Int.random(in: 0..<60, using: &dice) == 0 {
      return Bool.random(using: &dice) ? .stopRequested : .cancelRequested
    }
    let failure = SourceFailure.of(SourceFailure.Kind.all.randomElement(using: &dice)!)
    let broke = MissionEvent.laneBroke(Failure(.sessionStuck, "session stuck"))
    switch mission.state.stage {
    case .queued:
      let isLost = mission.state.hasLostSecondLook(mission.machine.source)
      return .slotGiven(lane: isLost || Int.random(in: 0..<9, using: &dice) == 0 ? nil : "worker-2")
    case .awaitingLane:
      return pick([.laneReady(Sample.grant), .laneFailed(Failure(.sessionNotReady, "no")), .laneLost("no")])
    case .starting: return pick([.jobStarted(jobID: "job-2"), .startFailed(failure), broke])
    case .findingStart:
      return pick([
        .startFound(.success(.found(id: "job-2"))), .startFound(.success(.notTaken)),
        .startFound(.success(.unknown)), .startFound(.success(.unknownJob)), .startFound(.failure(failure)),
      ])
    case .awaitingStart, .awaitingLook, .awaitingPace: return pick([.timerFired, .timerFired, broke])
    case .looking:
      let results = [0, 1, 40].map { ScrapedResult(adsCount: $0, size: 9, sha256: "s\($0)") }
      return pick(
        [
          .jobLooked(.success(.waiting(status: "running", isKnown: true))), .jobLooked(.failure(failure)),
          .jobLooked(.success(.failed(message: "no"))), .jobLooked(.success(.cancelled(message: "no"))),
          .jobLooked(.success(.paused)), .jobLooked(.success(.putOff(message: "later"))), broke,
          .jobIDRepeated("job-2"),
        ] + results.map { .jobLooked(.success(.completed($0))) })
    case .cancellingJob: return .jobCancelAnswered(isConfirmed: Bool.random(using: &dice))
    case .judging: return pick([.judged(.ok), .judged(.suspicious(.empty, expected: 40))])
    case .comparing: return .spoolVerified(.intact)
    default: return .journaled
    }
  }

  private mutating func pick(_ events: [MissionEvent]) -> MissionEvent { events.randomElement(using: &dice)! }
}
