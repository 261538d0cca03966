import MissionCore
import TestServers
import Testing

@testable import Verification

@Suite("Work side by side", .timeLimit(.minutes(5)))
struct ParallelTests {
  @Test("nobody waits for a thread of verify that never began", arguments: [0, 1, 2])
  func refused(granted: Int) throws {
    let work = { try Parallel.map([1, 2, 3], atOnce: 2, start: GrantedThreads.starter(granted), { $0 * 2 }) }
    if granted == 2 { return #expect(try work() == [2, 4, 6]) }
    let failure = #expect(throws: CommandFailure.self) { try work() }
    #expect(failure?.exitCode == .internalError)
  }
}
