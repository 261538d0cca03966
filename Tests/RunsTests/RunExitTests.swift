import MissionCore
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
}
