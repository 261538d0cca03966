import Foundation
import Synchronization
import TestServers
import Testing

@testable import CommandLineInterface

@Suite("The service manager", .timeLimit(.minutes(5)))
struct ServiceManagerTests {
  private final class Clock: Sendable {
    let time = Mutex(Duration.zero)
    func advance(_ duration: Duration) { time.withLock { $0 += duration } }
  }

  private func manager(_ address: String, _ clock: Clock = Clock()) -> ServiceManager {
    ServiceManager(environment: ["NOTIFY_SOCKET": address], now: { clock.time.withLock { $0 } })
  }

  private static func path() -> String { NSTemporaryDirectory() + "notify-\(UUID().uuidString)" }

  @Test("ready, status and stopping arrive", arguments: [path(), "@mission-control-\(UUID().uuidString)"])
  func messages(address: String) {
    let listener = DatagramListener(address: address)
    let service = manager(address)
    service.ready("reading")
    service.show { "1/3 done\nREADY=0" }
    service.stopping(drains: false)
    service.ended(.success, "ended with 0")
    #expect(
      listener.messages == [
        "READY=1\nSTATUS=reading", "STATUS=1/3 done READY=0", "STOPPING=1", "STOPPING=1\nSTATUS=ended with 0",
      ])
  }

  @Test("a status is sent at most once a second, and only when it says something new")
  func pace() {
    let address = Self.path()
    let listener = DatagramListener(address: address)
    let clock = Clock()
    let service = manager(address, clock)
    for text in ["a", "b", "b", "b", "c"] {
      service.show { text }
      clock.advance(.milliseconds(600))
    }
    #expect(listener.messages == ["STATUS=a", "STATUS=b", "STATUS=c"])
  }

  @Test("a draining run asks for more time every ten seconds, a stopping one does not")
  func draining() {
    let address = Self.path()
    let listener = DatagramListener(address: address)
    let clock = Clock()
    let service = manager(address, clock)
    service.show { "same" }
    service.stopping(drains: true)
    for _ in 0..<25 {
      clock.advance(.seconds(1))
      service.show { "same" }
    }
    #expect(listener.lines.filter { $0 == "EXTEND_TIMEOUT_USEC=60000000" }.count == 3)
    let plain = manager(address, clock)
    plain.stopping(drains: false)
    clock.advance(.seconds(60))
    plain.show { "same" }
    #expect(listener.lines.filter { $0.hasPrefix("EXTEND") }.count == 3)
  }

  @Test(
    "a run that ends well before it was ready says that it was, one that fails does not",
    arguments: [(ExitCode.success, true), (.stoppedEarly, true), (.configuration, false), (.unusable, false)])
  func neverReady(code: ExitCode, saysReady: Bool) {
    let address = Self.path()
    let listener = DatagramListener(address: address)
    manager(address).ended(code, "x")
    #expect(listener.lines == (saysReady ? ["READY=1"] : []) + ["STOPPING=1", "STATUS=x"])
  }

  @Test(
    "without a socket, with one that is no address or that nobody listens at, nothing happens",
    arguments: ["", "relative", "vsock:2:1", "@", "/nobody/listens", String(repeating: "/x", count: 80)])
  func nobody(address: String) {
    let service = manager(address)
    service.ready("x")
    service.show { "y" }
    service.ended(.success, "z")
    ServiceManager(environment: [:]).ready("x")
  }

  @Test("a manager that hangs holds nobody up; what it must know comes when it reads again")
  func hanging() {
    let address = Self.path()
    let listener = DatagramListener(address: address)
    let clock = Clock()
    let service = manager(address, clock)
    let began = ContinuousClock.now
    for number in 0..<1000 {
      service.show { "status \(number)" }
      clock.advance(.seconds(1))
    }
    service.ready("reading")
    service.stopping(drains: true)
    #expect(ContinuousClock.now - began < .seconds(1))
    let before = listener.lines
    #expect(!before.contains("READY=1"))
    clock.advance(.seconds(1))
    service.show { "at last" }
    let after = listener.lines.dropFirst(before.count)
    #expect(after == ["READY=1", "STOPPING=1", "EXTEND_TIMEOUT_USEC=60000000", "STATUS=at last"])
  }

  @Test("the socket is taken out of the environment, so that no child inherits it")
  func disinherited() {
    setenv("NOTIFY_SOCKET", "/nobody/listens", 1)
    #expect(MissionControlMain.run(arguments: ["--version"], environment: [:]) == 0)
    #expect(getenv("NOTIFY_SOCKET") == nil)
  }
}

@Suite("Priorities for the system's journal", .timeLimit(.minutes(5)))
struct JournalStreamTests {
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

  @Test("a log line has its priority instead of its time, as text and as JSON", arguments: LogFormat.allCases)
  func logLines(format: LogFormat) {
    let text = Mutex("")
    let log = LogWriter(
      least: .debug, format: format, isForJournal: true, now: { CommandFixture.time(0) },
      sink: { bytes in text.withLock { $0 += String(decoding: bytes, as: UTF8.self) } })
    log.debug("d")
    log.info("i")
    log.warning("w")
    log.error("e", [("why", .text("x"))])
    let lines = text.withLock { $0.split(separator: "\n").map(String.init) }
    #expect(lines.map { String($0.prefix(3)) } == ["<7>", "<6>", "<4>", "<3>"])
    if format == .text { #expect(lines.last == "<3>error e  why=x") }
    if format == .json { #expect(lines.last?.hasPrefix(#"<3>{"time":"#) == true) }
  }
}
