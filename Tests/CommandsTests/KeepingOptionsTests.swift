import MissionCore
import Testing

@testable import Commands

@Suite("The command line of verify, prune and the shells")
struct KeepingOptionsTests {
  private func parse(_ line: String) throws(UsageError) -> Command {
    try ArgumentParser(today: CalendarDay("2026-01-31")!).parse(line.split(separator: " ").map(String.init))
      .command
  }

  @Test("options of verify are read; extras are looked for only when every mission is")
  func verify() throws {
    guard case .verify(let plain) = try parse("verify --shard 1/2 --quick") else { throw Wrong() }
    #expect(plain.looksForExtras && plain.isQuick && plain.atOnce == VerifyOptions.defaultAtOnce)
    guard case .verify(let some) = try parse("verify 4f1d --max-requests 3 --repair --yes") else {
      throw Wrong()
    }
    #expect(!some.looksForExtras && some.repairs && some.isConfirmed && some.atOnce == 3)
    guard case .verify(let range) = try parse("verify --from -7d") else { throw Wrong() }
    #expect(!range.looksForExtras)
  }

  @Test("options of prune are read")
  func prune() throws {
    guard case .prune(let retention) = try parse("prune --yes") else { throw Wrong() }
    #expect(retention.followsRetention && retention.isConfirmed)
    guard case .prune(let old) = try parse("prune --done --older-than 30d") else { throw Wrong() }
    #expect(!old.followsRetention && old.onlyDone && old.olderThan == .seconds(30 * 86_400))
  }

  @Test(
    "what does not go together is refused",
    arguments: [
      "verify --yes", "verify --max-requests 0", "verify --to 2025-01-01 --from 2025-01-02",
      "prune 4f1d --done",
      "prune --older-than 30", "completions", "completions tcsh", "completions bash zsh", "man now",
      "status --watch --output json",
    ])
  func refused(_ line: String) {
    #expect(throws: UsageError.self) { try parse(line) }
  }

  private struct Wrong: Error {}
}
