import MissionCore
import Synchronization
import Testing

@testable import Terminal

@Suite("Log lines", .timeLimit(.minutes(5)))
struct LogWriterTests {
  private final class Lines: Sendable {
    let text = Mutex("")
    func take(_ bytes: [UInt8]) { text.withLock { $0 += String(decoding: bytes, as: UTF8.self) } }
    var all: String { text.withLock { $0 } }
  }

  private func writer(_ lines: Lines, _ least: LogLevel = .info, _ format: LogFormat = .text) -> LogWriter {
    LogWriter(
      least: least, format: format, now: { Timestamp("2026-01-31T10:11:12.345Z")! }, sink: { lines.take($0) })
  }

  @Test("a text line has time, level, message and details")
  func textLine() {
    let lines = Lines()
    let log = writer(lines)
    log.write(.info, "mission done", [("worker", .text("w1")), ("ads", .integer(20)), ("why", .text("a b"))])
    log.warning("careful")
    #expect(
      lines.all
        == "2026-01-31T10:11:12Z info  mission done  worker=w1 ads=20 why=\"a b\"\n2026-01-31T10:11:12Z warn  careful\n"
    )
  }

  @Test("a JSON line is one object")
  func jsonLine() {
    let lines = Lines()
    writer(lines, .info, .json).write(.error, "no \"luck\"", [("try", .integer(2)), ("again", .flag(true))])
    #expect(
      lines.all
        == #"{"time":"2026-01-31T10:11:12.345Z","level":"error","message":"no \"luck\"","try":2,"again":true}"#
        + "\n")
  }

  @Test("levels follow --quiet and --verbose")
  func levels() {
    let lines = Lines()
    let quiet = writer(lines, .least(isQuiet: true, isVerbose: false))
    quiet.info("a")
    quiet.warning("b")
    writer(lines, .least(isQuiet: false, isVerbose: false)).debug("c")
    writer(lines, .least(isQuiet: false, isVerbose: true)).debug("d")
    #expect(lines.all.split(separator: "\n").map { $0.last } == ["b", "d"])
  }

  @Test("secrets are masked and a line stays one line", arguments: [LogFormat.text, .json])
  func masking(format: LogFormat) {
    let lines = Lines()
    let log = writer(lines, .info, format)
    log.mask(with: Redactor(secrets: [Secret("canary-1")]))
    log.write(.info, "key canary-1\nis\u{1B}[31m canary-1", [("echo", .text("xcanary-1x"))])
    #expect(!lines.all.contains("canary"))
    #expect(lines.all.filter { $0 == "\n" }.count == 1)
    #expect(!lines.all.contains("\u{1B}"))
  }

  @Test(
    "our own words are not masked: a secret that is an ordinary word would be told by it",
    arguments: [LogFormat.text, .json])
  func ownWords(format: LogFormat) {
    let lines = Lines()
    let log = writer(lines, .debug, format)
    log.mask(with: Redactor(secrets: ["password", "2026", "mission", "worker"].map { Secret($0) }))
    log.write(.info, "the mission's username and password belong together", [("worker", .text("worker-1"))])
    #expect(!lines.all.contains("***"), "\(lines.all)")
  }

  @Test("a log line has its priority instead of its time, as text and as JSON", arguments: LogFormat.allCases)
  func logLines(format: LogFormat) {
    let text = Mutex("")
    let log = LogWriter(
      least: .debug, format: format, isForJournal: true, now: { Timestamp("2026-01-31T10:00:00.000Z")! },
      sink: { bytes in text.withLock { $0 += String(decoding: bytes, as: UTF8.self) } })
    log.debug("d")
    log.info("i")
    log.warning("w")
    log.write(.error, "e", [("why", .text("x"))])
    let lines = text.withLock { $0.split(separator: "\n").map(String.init) }
    #expect(lines.map { String($0.prefix(3)) } == ["<7>", "<6>", "<4>", "<3>"])
    if format == .text { #expect(lines.last == "<3>error e  why=x") }
    if format == .json { #expect(lines.last?.hasPrefix(#"<3>{"time":"#) == true) }
  }
}
