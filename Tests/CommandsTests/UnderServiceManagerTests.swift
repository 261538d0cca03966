import Foundation
import Testing

@testable import Commands

@Suite("The program under a service manager", .timeLimit(.minutes(5)))
struct UnderServiceManagerTests {
  /// Runs the program with standard error in a file that `JOURNAL_STREAM` names, or nearly names.
  private func errors(_ arguments: [String], inodeOffset: UInt64 = 0) throws -> String {
    let path = NSTemporaryDirectory() + "journal-stream-\(UUID().uuidString)"
    let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
    defer {
      close(descriptor)
      unlink(path)
    }
    var status = stat()
    try #require(fstat(descriptor, &status) == 0)
    let stream = "\(status.st_dev):\(UInt64(status.st_ino) + inodeOffset)"
    _ = MissionControlMain.run(
      arguments, ["JOURNAL_STREAM": stream], now: { CommandFixture.time(0) }, output: descriptor,
      errors: descriptor)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("each line of an error begins with its priority")
  func listing() throws {
    let fixture = try CommandFixture()
    try fixture.write("config.yaml", "version: 2\nnonsense: 1\n")
    let lines = try errors(["--config", fixture.config, "status"]).split(separator: "\n")
    #expect(lines.count > 3)
    #expect(lines.allSatisfy { $0.hasPrefix("<3>") }, "\(lines)")
  }

  @Test("after a redirection elsewhere there is none")
  func redirected() throws {
    let text = try errors(["--config", "/no/such/config.yaml", "status"], inodeOffset: 1)
    #expect(!text.isEmpty && !text.contains("<3>"), "\(text)")
  }

  @Test("the socket is taken out of the environment, so that no child inherits it")
  func disinherited() {
    setenv("NOTIFY_SOCKET", "/nobody/listens", 1)
    #expect(MissionControlMain.run(arguments: ["--version"], environment: [:]) == 0)
    #expect(getenv("NOTIFY_SOCKET") == nil)
  }
}
