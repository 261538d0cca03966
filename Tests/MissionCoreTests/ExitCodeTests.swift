import MissionCore
import Testing

@Suite("Exit codes", .timeLimit(.minutes(5)))
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

  @Test("every code has its place in the order")
  func complete() { #expect(Set(ExitCode.precedence) == Set(ExitCode.allCases)) }
}
