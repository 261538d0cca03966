import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("sessions that break, and their proxies", .timeLimit(.minutes(5)))
struct BrokenSessionTests {
  private func shared() -> SchedulerDriver {
    let run = SchedulerDriver(
      workers: [SessionState(worker: "w1", capacity: 2), SessionState(worker: "w2", capacity: 2)],
      proxies: ["p1:1", "p2:1", "p3:1"], sessions: .throughProxies)
    run.send()
    return run
  }

  /// Fires the timer of `worker`'s session.
  private func look(_ run: SchedulerDriver, _ worker: String) -> [String] {
    run.fire { if case .lane(let ticket) = $0 { ticket.lane.lane == worker } else { false } }
  }

  @Test(
    "all jobs of the session are looked at a last time; what is there is taken, the rest goes elsewhere after it"
  )
  func breaks() {
    let run = shared()
    run.claim([.numbered(1), .numbered(3), .numbered(2)])
    run.open("w1")
    run.run(1)
    run.run(2)
    #expect(look(run, "w1") == ["look w1"])
    #expect(run.session("w1", .looked(.success(.stuck))) == ["look 1 w1 job-1", "look 2 w1 job-2"])
    #expect(run.mission(1, .jobLooked(.success(.done))) == ["load 1"])
    #expect(run.mission(2, .jobLooked(.success(.waiting(status: "running", isKnown: true)))) == ["end w1"])
    #expect(run.journal.contains("2 retry ERROR102"))
    #expect(run.journal.filter { $0.hasSuffix("failed") }.count == 1)
    let after = run.session("w1", .ended)
    #expect(after.contains { $0.hasPrefix("open w1") }, "\(after)")
    #expect(run.scheduler.activeMissions.map(\.id.low).contains(2))
  }

  @Test("a session that broke is replaced through a proxy that did not fail")
  func replaced() {
    let run = SchedulerDriver(proxies: ["p1:1", "p2:1"], sessions: .throughProxies)
    run.send()
    let first = run.claim(1).first ?? ""
    run.open()
    run.run(1)
    _ = look(run, "w1")
    run.session("w1", .looked(.success(.terminated)))
    run.mission(1, .jobLooked(.success(.waiting(status: "running", isKnown: true))))
    #expect(run.journal.contains("\(first.suffix(4)) failed"))
    let other = first == "open w1 p1:1" ? "p2:1" : "p1:1"
    #expect(run.session("w1", .ended) == ["open w1 \(other)"])
  }

  @Test("a job's own failure is not its proxy's: the least recently used is next, nobody has failed")
  func jobFails() {
    let run = SchedulerDriver(proxies: ["p1:1", "p2:1"], sessions: .throughProxies)
    run.send()
    run.claim(1)
    run.open()
    run.run(1, .failed(message: "no"))
    #expect(!run.journal.contains { $0.hasSuffix(" failed") }, "\(run.journal)")
  }

  @Test("a mission that joins a session which is being opened has its proxy, one that waits alone its own")
  func latestProxy() {
    let run = SchedulerDriver(
      workers: [SessionState(worker: "w1", capacity: 2)], proxies: ["p1:1"], sessions: .throughProxies)
    run.send()
    run.claim(1, 2)
    #expect(run.journal.contains("1 SESSION_CREATING"))
    #expect(run.journal.contains("2 awaits p1:1"))
    #expect(!run.journal.contains("1 awaits p1:1"), "told with the event")
  }
}
