import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("which mission gets a slot, and where", .timeLimit(.minutes(5)))
struct SlotTests {
  private func workers(_ count: Int, capacity: Int = 1) -> [SessionState] {
    (1...count).map { SessionState(worker: "w\($0)", capacity: capacity) }
  }

  @Test("missions start in the queue's order, one for each free place, never more than max_concurrency")
  func order() {
    let run = SchedulerDriver(workers: workers(3)) { $0.maxConcurrency = 2 }
    #expect(run.send() == ["claim"])
    #expect(run.claim(1, 2, 3, 4) == ["open w1", "open w2"])
    #expect(run.scheduler.activeMissions.map(\.id.low) == [1, 2])
    #expect(run.open("w1") == ["POST 1 w1"])
    #expect(run.run(1, .done) == ["load 1"])
    run.mission(1, .loaded(LoadedRows(rows: 3, repeatedIDs: 0, wasLoadedBefore: false)))
    #expect(
      run.upload(1) == [
        "remove 1", "POST 3 w1",
      ])
    #expect(run.scheduler.progress.done == 1)
  }

  @Test("a mission that is loaded or uploaded has given its worker's place to the next")
  func placeIsFree() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1, 2)
    run.open()
    #expect(run.run(1, .done) == ["load 1", "POST 2 w1"])
  }

  @Test("a retry comes before what was not tried yet")
  func retriesFirst() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1, 2, 3)
    run.open()
    #expect(run.run(1, .failed(message: "no")) == ["end w1"])
    #expect(run.scheduler.activeMissions.map(\.id.low).contains(2))
    run.session("w1", .ended)
    run.open()
    run.run(2, .failed(message: "no"))
    #expect(run.scheduler.activeMissions.map(\.id.low) == [1])
  }

  @Test("missions at DB and S3 need no worker and do not wait for one")
  func local() {
    let run = SchedulerDriver()
    run.send()
    let page: [MissionRecord] = [.numbered(1), .numbered(2), .numbered(3, at: .db), .numbered(4, at: .s3)]
    #expect(run.claim(page) == ["verify 3", "verify 4", "open w1"])
    #expect(run.mission(3, .spoolVerified(.intact)) == ["load 3"])
    #expect(run.mission(4, .spoolVerified(.intact)) == ["ledger 4"])
    #expect(run.mission(4, .ledgerRead(.success("aa"))) == ["upload 4"])
  }

  @Test("a run without workers finishes what needs none and leaves the rest")
  func noWorkers() {
    let run = SchedulerDriver(workers: [])
    run.send()
    #expect(run.claim([.numbered(1), .numbered(2, at: .s3)]) == ["verify 2"])
    run.mission(2, .spoolVerified(.intact))
    #expect(run.mission(2, .ledgerRead(.success("aa"))) == ["upload 2"])
    #expect(
      run.upload(2) == [
        "remove 2", "finish",
      ])
    #expect(run.outcome?.hasNoLane == true)
    #expect(run.scheduler.progress.parked == 1)
  }

  @Test("a ready session comes before one that must be looked at, that before one that must be opened")
  func bestSession() {
    let inherited = SessionState(
      worker: "w2", capacity: 1, sessionID: "old", proxy: nil, served: 1, isTainted: false)
    let run = SchedulerDriver(workers: [SessionState(worker: "w1", capacity: 1), inherited])
    run.send()
    #expect(run.claim([.numbered(1)], isLast: false) == ["look w2", "claim"])
    #expect(run.session("w2", .looked(.success(.ready))) == ["POST 1 w2"])
    #expect(run.run(1, .done) == ["load 1"])
    #expect(run.claim(2) == ["POST 2 w2"])
    #expect(run.scheduler.activeMissions.map(\.lane) == ["w2", "w2"])
  }

  @Test("among equal sessions the least busy worker, measured by its capacity")
  func leastBusy() {
    let lanes = [SessionState(worker: "w1", capacity: 4), SessionState(worker: "w2", capacity: 2)]
    let run = SchedulerDriver(workers: lanes) { $0.maxConcurrency = 6 }
    run.send()
    run.claim(1, 2, 3, 4, 5, 6)
    #expect(run.scheduler.activeMissions.map(\.lane) == ["w1", "w2", "w1", "w1", "w2", "w1"])
  }

  @Test("pages of the queue are asked for before it runs dry, and no more once it has ended")
  func paging() {
    let steady = SchedulerDriver { $0.maxRetries = 0 }
    #expect(steady.send() == ["claim"])
    steady.claim((1...64).map { .numbered($0) }, isLast: false)
    var asked: Int?
    for number in 1...64 where asked == nil {
      steady.open()
      if steady.run(number, .failed(message: "no")).contains("claim") { asked = number }
      steady.session("w1", .ended)
    }
    #expect(asked == 32, "half of the page is left")
    #expect(!steady.claim([.numbered(100)], isLast: true).contains("claim"))
  }

  @Test("a page may repeat a mission that is in memory: it is not taken twice")
  func repeated() {
    let run = SchedulerDriver()
    run.send()
    run.claim([.numbered(1)], isLast: false)
    run.claim([.numbered(1), .numbered(2)])
    #expect(run.scheduler.missions.count == 2)
    #expect(run.scheduler.routes[0].queue.claimedCount == 1)
  }

  @Test("an empty queue ends the run at once")
  func nothing() {
    let run = SchedulerDriver()
    run.send()
    #expect(run.claim() == ["finish"])
    #expect(run.outcome == RunOutcome())
  }

  @Test("sessions go through the configured proxies; a failure is journaled against the one that was used")
  func proxies() {
    let run = SchedulerDriver(proxies: ["p1:1", "p2:1"], sessions: .throughProxies)
    run.send()
    let first = run.claim(1).first ?? ""
    let other = first == "open w1 p1:1" ? "p2:1" : "p1:1"
    #expect(run.journal.contains("\(first.suffix(4)) used"))
    run.session("w1", .opened(sessionID: "s"))
    run.fire()
    #expect(run.session("w1", .looked(.success(.stuck))) == ["end w1"])
    #expect(run.journal.contains("\(first.suffix(4)) failed"))
    #expect(run.session("w1", .ended) == ["open w1 \(other)"])
  }

  @Test("a session's story is in the history of the missions that wait for it")
  func sessionEvents() {
    let run = SchedulerDriver(workers: workers(1, capacity: 2))
    run.send()
    run.claim(1, 2)
    run.open()
    for number in 1...2 {
      #expect(
        run.journal.contains("\(number) SESSION_CREATING") == (number == 1), "2 joined a session being opened"
      )
      #expect(run.journal.contains("\(number) SESSION_CREATED"))
    }
  }

  @Test("an unknown status is told once for each worker")
  func unknownStatus() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1)
    run.open()
    run.run(1, .waiting(status: "pondering", isKnown: false))
    run.fire()
    run.mission(1, .jobLooked(.success(.waiting(status: "pondering", isKnown: false))))
    #expect(run.logs.filter { $0.contains("pondering") }.count == 1)
  }
}
