import MissionCore
import Testing

@testable import Commands

@Suite("The command line of verify, prune and the shells", .timeLimit(.minutes(5)))
struct KeepingOptionsTests {
  @Test("options of verify are read; extras are looked for only when every mission is")
  func verify() throws {
    let plain = try Reading.options("verify --shard 1/2 --quick", of: VerifyCommand.self)
    #expect(plain.looksForExtras && plain.isQuick && plain.atOnce == VerifyOptions.defaultAtOnce)
    let some = try Reading.options("verify 4f1d --max-requests 3 --repair --yes", of: VerifyCommand.self)
    #expect(!some.looksForExtras && some.repairs && some.isConfirmed && some.atOnce == 3)
    let range = try Reading.options("verify --from -7d", of: VerifyCommand.self)
    #expect(!range.looksForExtras)
  }

  @Test("options of prune are read")
  func prune() throws {
    let retention = try Reading.options("prune --yes", of: PruneCommand.self)
    #expect(retention.followsRetention && retention.isConfirmed)
    let old = try Reading.options("prune --done --older-than 30d", of: PruneCommand.self)
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
    #expect(Reading.refusal(line) != nil)
  }
}
