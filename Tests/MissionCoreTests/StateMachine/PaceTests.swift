import Testing

@testable import MissionCore

@Suite("how often missions of a source may be started", .timeLimit(.minutes(5)))
struct PaceTests {
  private static func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

  @Test("in no span of its length are there more starts than the pace allows, whatever the arrivals are")
  func sliding() {
    for seed in 1...300 as ClosedRange<UInt64> {
      var random = SeededRandom(seed: seed)
      let pace = Pace(
        starts: Int.random(in: 1...5, using: &random),
        span: .milliseconds(Int64.random(in: 1...50, using: &random)))
      var window = PaceWindow(pace)
      var now: Int64 = 1000
      var starts: [Int64] = []
      for _ in 0..<60 {
        now += Int64.random(in: 0...30, using: &random)
        let wait = window.wait(at: Self.at(now))
        if Bool.random(using: &random) { continue }
        now += wait.components.seconds * 1000 + wait.components.attoseconds / 1_000_000_000_000_000
        #expect(window.wait(at: Self.at(now)) == .zero, "what was waited for has come")
        window.note(Self.at(now))
        starts.append(now)
      }
      let span = pace.span.components.attoseconds / 1_000_000_000_000_000
      for start in starts {
        let inSpan = starts.filter { (start...start + span).contains($0) }.count
        #expect(inSpan <= pace.starts, "seed \(seed): \(inSpan) starts in a span from \(start)")
      }
    }
  }

  @Test("nothing waits longer than it must")
  func tight() {
    var window = PaceWindow(Pace(starts: 2, span: .seconds(1)), starts: [Self.at(5000), Self.at(5400)])
    #expect(window.wait(at: Self.at(5400)) == .milliseconds(601))
    #expect(window.wait(at: Self.at(6000)) == .milliseconds(1))
    #expect(window.wait(at: Self.at(6001)) == .zero)
  }

  @Test(
    "a start in the future counts as one of now, so that a clock that was set back holds nobody up for ever")
  func future() {
    var window = PaceWindow(Pace(starts: 1, span: .seconds(10)), starts: [Self.at(9_000_000)])
    #expect(window.wait(at: Self.at(1000)) == .milliseconds(10_001))
    #expect(window.wait(at: Self.at(11_001)) == .zero)
  }

  @Test("a start counts from the moment at which it is sent")
  func sent() {
    var window = PaceWindow(Pace(starts: 1, span: .seconds(1)))
    window.note(Self.at(1000))
    window.move(Self.at(1000), to: Self.at(1300))
    #expect(window.wait(at: Self.at(2001)) == .milliseconds(300))
    #expect(window.horizon(at: Self.at(5000)) == Self.at(3999))
  }

  private static let paced = SourcePolicy.with {
    ($0.findsStarts, $0.pace) = (true, Pace(starts: 1, span: .seconds(5)))
  }

  @Test("a mission whose lane is ready waits for the pace; it is counted with its intent")
  func announced() {
    var mission = MissionDriver.at(.awaitingLane, source: Self.paced)
    mission.context.startsNotBefore = .seconds(3)
    #expect(mission.send(.laneReady(nil)) == ["wait"])
    #expect(mission.wait == .seconds(3))
    #expect(
      mission.waitForTimer() == [
        "count the start", "count on worker-1", "commit starting on worker-1 through none [SCRAPE_STARTING]",
      ])
    #expect(mission.send(.journaled) == ["start on worker-1"])
  }

  @Test("a start that is sent once more counts as well, and waits for its turn")
  func repeated() {
    var mission = MissionDriver.at(.starting, source: Self.paced)
    mission.send(.startFailed(.of(.busy, retryAfter: .zero)))
    mission.pass(mission.wait!)
    mission.context.startsNotBefore = mission.context.now + .seconds(4)
    #expect(mission.send(.timerFired) == ["wait"])
    #expect(mission.waitForTimer() == ["count the start", "commit events"])
    #expect(mission.send(.journaled) == ["start on worker-1"])
  }

  @Test("who waits for the pace can be stopped and cancelled")
  func ended() {
    for (event, words) in [
      (MissionEvent.stopRequested, ["release worker-1 unused", "commit queued"]),
      (.cancelRequested, ["release worker-1 good", "commit CANCELLED [CANCELLED]"]),
    ] {
      var mission = MissionDriver.at(.awaitingLane, source: Self.paced)
      mission.context.startsNotBefore = .seconds(3)
      mission.send(.laneReady(Sample.grant))
      #expect(mission.send(event) == words)
    }
  }
}
