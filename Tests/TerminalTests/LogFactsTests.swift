import Foundation
import MissionCore
import Synchronization
import Testing

@testable import Terminal

@Suite("Facts of log lines", .timeLimit(.minutes(5)))
struct LogFactsTests {
  private final class Lines: Sendable {
    let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
  }

  private func log(
    _ format: LogFormat, isVerbose: Bool = false, isQuiet: Bool = false, _ facts: LogFacts
  ) -> [String] {
    let lines = Lines()
    let writer = LogWriter(
      least: .least(isQuiet: isQuiet, isVerbose: isVerbose), format: format,
      now: { Timestamp(milliseconds: 1_769_853_600_000) },
      sink: { line in lines.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } })
    writer.write(.info, "m", facts)
    return lines.all
  }

  private var facts: LogFacts {
    var facts = LogFacts(.mission(.failed))
    facts.mission = MissionID("b1e85fe5-dfd0-8190-939d-81ab86135696")
    facts.source = "default"
    facts.dateStart = CalendarDay("2025-01-01")
    facts.attempt = 2
    facts.code = .jobFailed
    facts.worker = "worker-1"
    facts.proxy = "proxy1:8080"
    facts.seconds = 1.23456
    facts.runID = "run-1"
    return facts
  }

  @Test("in JSON each is a member, in this order; a text says it in its message")
  func members() {
    #expect(
      log(.json, facts) == [
        #"{"time":"2026-01-31T10:00:00.000Z","level":"info","message":"m","event":"FAILED","#
          + #""mission":"b1e85fe5-dfd0-8190-939d-81ab86135696","source":"default","date_start":"2025-01-01","#
          + #""attempt":2,"code":"ERROR200","worker":"worker-1","proxy":"proxy1:8080","seconds":1.235,"#
          + #""run_id":"run-1"}"# + "\n"
      ])
    #expect(log(.text, facts) == ["2026-01-31T10:00:00Z info  m\n"])
    #expect(log(.json, LogFacts(.runStarted)).first?.contains(#""event":"RUN_STARTED"}"#) == true)
  }

  @Test("what is routine is in JSON, and in text only for those who asked for everything")
  func routine() {
    var routine = facts
    routine.isRoutine = true
    #expect(log(.json, routine).count == 1)
    #expect(log(.json, isQuiet: true, routine) == [])
    #expect(log(.text, routine) == [])
    #expect(log(.text, isVerbose: true, routine).count == 1)
  }
}
