import Glibc
import MissionCore
import Testing

@testable import Terminal

@Suite("An answer that could not be written", .timeLimit(.minutes(5)))
struct OutputFailureTests {
  @Test(
    "is 73 where there is no room, 74 where the disk fails, and no error where nobody wants it",
    arguments: [
      (0, false, nil), (EPIPE, false, nil), (ECONNRESET, false, nil), (EBADF, false, nil), (EIO, true, nil),
      (ENOSPC, false, .cannotWrite), (EFBIG, false, .cannotWrite), (EDQUOT, false, .cannotWrite),
      (EIO, false, .journalBroken), (ENOSPC, true, .cannotWrite), (ESTALE, false, .journalBroken),
    ] as [(Int32, Bool, ExitCode?)])
  func judged(code: Int32, isTerminal: Bool, expected: ExitCode?) {
    #expect(OutputFailure.judge(code, isTerminal: isTerminal)?.exitCode == expected)
  }
}
