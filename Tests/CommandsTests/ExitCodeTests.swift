import MissionCore
import Testing

@testable import Commands
@testable import Engine

@Suite("Exit codes")
struct ExitCodeTests {
  /// SPEC 4, written out once more: 64, 66, 78, 73, 74, 70, 69, 75, 1, 65, 0.
  private static let contract: [Int32] = [64, 66, 78, 73, 74, 70, 69, 75, 1, 65, 0]

  @Test("of every two codes the one that the contract names first wins")
  func pairs() throws {
    for (first, winner) in Self.contract.enumerated() {
      for loser in Self.contract[first...] {
        let pair = try [#require(ExitCode(rawValue: winner)), #require(ExitCode(rawValue: loser))]
        #expect(ExitCode.winner(of: pair).rawValue == winner)
        #expect(ExitCode.winner(of: pair.reversed()).rawValue == winner)
      }
    }
  }

  @Test("nothing that went wrong is a success")
  func none() { #expect(ExitCode.winner(of: []) == .success) }

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

  @Test("every code has its place in the order")
  func complete() { #expect(Set(ExitCode.precedence) == Set(ExitCode.allCases)) }
}
