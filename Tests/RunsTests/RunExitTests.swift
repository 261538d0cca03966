import MissionCore
import Notifications
import Testing

@testable import Engine
@testable import Runs

@Suite("How a run ends", .timeLimit(.minutes(5)))
struct RunExitTests {
  /// What it was asked to stop by, how many are left, whether it broke, and why it then ended.
  private static let ends: [(StopReason?, Int, Bool, RunEnd)] = [
    (nil, 0, false, .finished), (nil, 2, false, .failed), (nil, 0, true, .failed),
    (.signal(15), 2, false, .stopped), (.signal(15), 0, false, .finished), (.signal(15), 2, true, .failed),
    (.drain, 2, false, .stopped), (.drain, 0, false, .finished), (.maxDuration, 2, false, .timeUp),
    (.maxDuration, 0, false, .finished), (.maxDuration, 2, true, .failed),
  ]

  @Test("why a run ended follows from what stopped it, what is left and whether it broke", arguments: ends)
  func ended(stop: StopReason?, left: Int, isBroken: Bool, end: RunEnd) {
    var outcome = RunOutcome()
    outcome.stop = stop
    if isBroken { outcome.failure = RunFailure(exitCode: .cannotWrite, message: "no space") }
    var counts = RunCounts()
    counts.selected = left
    #expect(RunExit.end(outcome: outcome, counts: counts) == end)
  }

  /// What it was asked to stop by, whether no source was left that had work, missions left and failed, and the code.
  private static let codes: [(StopReason?, Bool, Int, Int, ExitCode)] = [
    (nil, false, 0, 0, .success), (nil, false, 0, 1, .missionsFailed), (nil, true, 5, 1, .unusable),
    (nil, true, 0, 1, .unusable), (nil, true, 0, 0, .success), (nil, false, 5, 1, .missionsFailed),
    (nil, false, 5, 0, .missionsFailed), (.signal(15), false, 5, 1, .stoppedEarly),
    (.signal(15), true, 5, 1, .unusable), (.drain, false, 0, 1, .missionsFailed),
  ]

  @Test(
    "what is left of a source that was set aside asks for a person, not for the same command again",
    arguments: codes)
  func code(stop: StopReason?, hasNoLane: Bool, left: Int, failed: Int, code: ExitCode) {
    var outcome = RunOutcome()
    (outcome.stop, outcome.hasNoLane) = (stop, hasNoLane)
    var counts = RunCounts()
    (counts.selected, counts.failed) = (left + failed, failed)
    #expect(RunExit.code(outcome: outcome, counts: counts, hasInputErrors: false) == code)
  }

  @Test("what an earlier run failed and a file lists ends with 1, and never hides what counts more")
  func failedEarlier() {
    var counts = RunCounts()
    counts.failedEarlier = 1
    #expect(RunExit.code(outcome: RunOutcome(), counts: counts, hasInputErrors: false) == .missionsFailed)
    var stopped = RunOutcome()
    stopped.stop = .signal(15)
    counts.selected = 1
    #expect(RunExit.code(outcome: stopped, counts: counts, hasInputErrors: false) == .stoppedEarly)
  }

  @Test("a suspicious result ends with 1 only where that was asked for, and never hides what counts more")
  func unwanted() {
    let counts = RunCounts()
    #expect(RunExit.code(outcome: RunOutcome(), counts: counts, hasInputErrors: false) == .success)
    #expect(
      RunExit.code(outcome: RunOutcome(), counts: counts, hasInputErrors: true, hasUnwanted: true)
        == .missionsFailed)
    var stopped = RunOutcome()
    stopped.stop = .signal(15)
    var left = counts
    left.selected = 1
    #expect(
      RunExit.code(outcome: stopped, counts: left, hasInputErrors: false, hasUnwanted: true) == .stoppedEarly)
  }

  @Test("silence is told as partial: a suspicious result, and a run for which no mission is listed at all")
  func partial() {
    var counts = RunCounts()
    func event(_ suspicious: Int = 0) -> Notice.Event {
      RunNotifications.event(exitCode: .success, counts, suspicious: suspicious)
    }
    #expect(event() == .partial, "nothing is listed")
    counts.skipped = 3
    #expect(event() == .success, "all that is listed is done already")
    (counts.selected, counts.done) = (2, 2)
    #expect(event() == .success)
    #expect(event(1) == .partial)
  }
}
