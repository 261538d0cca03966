import Glibc
import MissionCore
import Testing

@testable import Runs

@Suite("What a stop signal leads to", .timeLimit(.minutes(5)))
struct StopRulesTests {
  private func decide(_ events: [StopRules.Event], drains: Bool = false) -> [[StopRules.Action]] {
    var rules = StopRules(drains: drains)
    return events.map { rules.decide($0) }
  }

  @Test("before the work: the process ends with 75, in time whatever hangs", arguments: [false, true])
  func preparing(drains: Bool) {
    let actions = decide([.signal(SIGTERM), .overdue], drains: drains)
    #expect(actions == [[.leave, .endAfter(StopRules.leaveLimit)], [.end(75)]])
  }

  @Test("work does not begin any more once the process is about to end")
  func leaving() {
    var rules = StopRules(drains: false)
    _ = rules.decide(.signal(SIGINT))
    _ = rules.decide(.workBegins)
    #expect(rules.phase == .leaving)
    _ = rules.decide(.workEnds)
    #expect(rules.phase == .leaving)
  }

  @Test("at work: the engine is asked first, and the process ends in time whatever hangs")
  func working() {
    #expect(
      decide([.workBegins, .signal(SIGTERM), .workEnds, .overdue]) == [
        [], [.stop(SIGTERM), .hurry, .endAfter(StopRules.stopLimit)], [], [.end(75)],
      ])
  }

  @Test("one that drains takes as long as its missions")
  func draining() {
    #expect(
      decide([.workBegins, .signal(SIGINT), .timeIsUp, .workEnds], drains: true) == [[], [.drain], [], []])
  }

  @Test("while the report is written: nobody waits any more; what was decided is the exit code")
  func concluding() {
    #expect(
      decide([.workBegins, .workEnds, .decided(.missionsFailed), .signal(SIGHUP), .overdue]) == [
        [], [], [], [.hurry, .endAfter(StopRules.stopLimit)], [.end(1)],
      ])
  }

  @Test("the end of --max-duration ends the process in time as well")
  func timeIsUp() {
    #expect(
      decide([.workBegins, .timeIsUp, .overdue]) == [
        [], [.hurry, .endAfter(StopRules.stopLimit)], [.end(75)],
      ])
  }

  @Test(
    "the second signal ends the process at once, in every phase",
    arguments: [[], [.workBegins], [.workBegins, .workEnds]] as [[StopRules.Event]], [false, true])
  func second(events: [StopRules.Event], drains: Bool) {
    #expect(decide(events + [.signal(SIGTERM), .signal(SIGINT)], drains: drains).last == [.end(130)])
    #expect(decide(events + [.signal(SIGINT), .signal(SIGTERM)], drains: drains).last == [.end(143)])
  }

  @Test("the end comes within five seconds of the signal")
  func limits() {
    #expect(StopRules.stopLimit < .seconds(5))
    #expect(StopRules.leaveLimit < .seconds(5))
  }
}
