import Foundation
import MissionCore
import Synchronization
import Terminal
import TestServers
import Testing
import Threads

@testable import Commands

@Suite("check", .timeLimit(.minutes(5)))
struct CheckTests {
  private func item(
    _ name: Message, timeout: Duration = .seconds(10),
    _ run: @escaping @Sendable (@escaping @Sendable (CheckOutcome) -> Void) -> Void
  ) -> CheckItem {
    CheckItem(name: name, timeout: timeout, run: run)
  }

  @Test("checks run side by side and their results come in the order of the list")
  func order() throws {
    // The first replies only when the second has: one after the other would never end.
    let second = DispatchSemaphore(value: 0)
    let items = [
      item("first") { reply in
        second.wait()
        reply(.passed())
      },
      item("second") { reply in
        reply(.failed("down", advice: "start it"))
        second.signal()
      },
    ]
    var delivered: [String] = []
    let results = try CheckRunner.run(items) { delivered.append($0.name.plain) }
    #expect(delivered == ["first", "second"])
    #expect(results.map(\.isPassed) == [true, false])
  }

  @Test("a check that does not answer in time has failed; a late answer changes nothing")
  func timeout() throws {
    let late = Mutex<(@Sendable (CheckOutcome) -> Void)?>(nil)
    let results = try CheckRunner.run([
      item("mute", timeout: .milliseconds(5)) { reply in late.withLock { $0 = reply } },
      item("well") { $0(.passed()) },
    ])
    late.withLock { $0?(.passed()) }
    #expect(results.map(\.isPassed) == [false, true])
    #expect(
      results[0].outcome
        == .failed("no answer in 0.005 seconds", advice: "is it reachable from this machine?"))
  }

  @Test("a thread that cannot be had is an error: nobody waits for a check that never began")
  func refusedThread() {
    #expect(throws: ThreadFailure(code: EAGAIN)) {
      try CheckRunner.run(
        [item("first") { $0(.passed()) }, item("second") { $0(.passed()) }], start: GrantedThreads.starter(1))
    }
  }

  @Test("lines are aligned, say what to do and show no secret")
  func lines() {
    let report = CheckReport(
      names: ["journal", "worker w1"], style: TextStyle(isColored: false),
      redactor: Redactor(secrets: [Secret("canary-1")]))
    #expect(
      report.lines(CheckResult(name: "journal", outcome: .passed("writable"), seconds: 0.012))
        == "✓ journal      12 ms  writable\n")
    #expect(
      report.lines(
        CheckResult(
          name: "worker w1", outcome: .failed("401 canary-1\u{1B}[2J", advice: "mend its api_key"),
          seconds: 1.26))
        == "✗ worker w1    1.3 s  401 ***[2J\n    → mend its api_key\n")
  }

  @Test("the JSON has every part with its outcome")
  func json() throws {
    let report = CheckReport(names: ["a"], style: TextStyle(isColored: false), redactor: .none)
    let text = report.json([
      CheckResult(name: "a", outcome: .passed(), seconds: 0.0123),
      CheckResult(name: "b", outcome: .failed("down", advice: ""), seconds: 1),
    ])
    #expect(
      text == #"{"schema_version":1,"passed":false,"checks":[{"name":"a","passed":true,"seconds":0.012,"#
        + #""message":null,"advice":null},{"name":"b","passed":false,"seconds":1,"message":"down","advice":null}]}"#
        + "\n")
  }
}
