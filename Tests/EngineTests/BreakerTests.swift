import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("breakers, and workers that are lost", .timeLimit(.minutes(5)))
struct BreakerTests {
  private let refused = StepFailure(Failure(.destinationRefused, "wrong password"), isAgain: false)

  @Test("a refused destination: what is spooled is parked, scraping goes on, nothing is loaded any more")
  func destination() {
    let run = SchedulerDriver { $0.maxConcurrency = 2 }
    run.send()
    run.claim([.numbered(1), .numbered(2), .numbered(3), .numbered(4, at: .db), .numbered(5, at: .s3)])
    #expect(run.scheduler.activeMissions.map(\.id.low) == [4, 5])
    run.mission(4, .spoolVerified(.intact))
    #expect(run.mission(4, .loadFailed(refused)) == ["open w1"])
    #expect(run.mission(5, .spoolVerified(.intact)).isEmpty, "its ledger row cannot be asked for")
    run.open()
    #expect(run.run(1, .done) == ["POST 2 w1"])
    #expect(run.run(2, .done) == ["POST 3 w1"])
    #expect(run.run(3, .done) == ["end w1"])
    #expect(run.session("w1", .ended) == ["finish"])
    #expect(run.outcome?.breakers.map(\.code) == [.destinationRefused])
    #expect(
      run.scheduler.progress
        == RunProgress(done: 0, failed: 1, cancelled: 0, parked: 4, failures: [.destinationRefused: 1]))
    #expect(run.journal.filter { $0.hasSuffix("FAILED ERROR301") } == ["4 FAILED ERROR301"])
  }

  @Test("a refused store: loading goes on, nothing is uploaded any more; each breaker is told once")
  func store() {
    let run = SchedulerDriver()
    run.send()
    run.claim([.numbered(1, at: .s3), .numbered(2, at: .s3), .numbered(3, at: .db)])
    for number in 1...3 { run.mission(number, .spoolVerified(.intact)) }
    for number in 1...2 { run.mission(number, .ledgerRead(.success("aa"))) }
    let failure = StepFailure(Failure(.bucketMissing, "no bucket"), isAgain: false)
    run.mission(1, .uploadFailed(failure))
    run.mission(2, .uploadFailed(failure))
    #expect(
      run.mission(3, .loaded(LoadedRows(rows: 1, repeatedIDs: 0, wasLoadedBefore: false))) == ["finish"])
    #expect(run.outcome?.breakers.map(\.code) == [.bucketMissing])
    #expect(run.logs.filter { $0.contains("ERROR402 would hit every mission") }.count == 1)
    #expect(run.journal.last == "3 queued")
  }

  @Test("a worker that refuses the key is set aside; its mission goes to another")
  func oneWorker() {
    let run = SchedulerDriver(workers: [.init(worker: "w1", capacity: 1), .init(worker: "w2", capacity: 1)])
    run.send()
    run.claim(1)
    #expect(run.session("w1", .openFailed(SourceFailure(.unavailable, "401"))) == ["open w2"])
    run.open("w2")
    run.run(1, .done)
    #expect(run.scheduler.outcome.lanesSetAside == ["w1": "401"])
    #expect(!run.scheduler.outcome.hasNoLane)
    #expect(run.journal.contains("1 requeued") == false)
  }

  @Test("when the last worker is lost its missions are FAILED, the rest is left and the run ends")
  func noWorkerLeft() {
    let run = SchedulerDriver { $0.maxConcurrency = 1 }
    run.send()
    run.claim(1, 2, 3)
    #expect(run.session("w1", .openFailed(SourceFailure(.unavailable, "401"))) == ["finish"])
    #expect(run.outcome?.hasNoLane == true)
    #expect(run.journal.contains("1 FAILED ERROR502"))
    #expect(
      run.scheduler.progress
        == RunProgress(done: 0, failed: 1, cancelled: 0, parked: 2, failures: [.workerUnavailable: 1]))
  }

  @Test("missions at DB behind many that wait for a lost worker are reached all the same")
  func localBehindScrapes() {
    let run = SchedulerDriver { $0.maxConcurrency = 1 }
    run.send()
    run.claim((1...64).map { .numbered($0) }, isLast: false)
    #expect(run.session("w1", .openFailed(SourceFailure(.unavailable, "401"))) == ["claim"])
    #expect(run.claim((65...128).map { .numbered($0) }, isLast: false) == ["claim"])
    #expect(run.claim([.numbered(129), .numbered(130, at: .db)]) == ["verify 130"])
    #expect(run.mission(130, .spoolVerified(.intact)) == ["load 130"])
  }

  @Test("another mission's job on a worker that was set aside goes on until it cannot be asked for")
  func sharedWorker() {
    let run = SchedulerDriver(workers: [.init(worker: "w1", capacity: 2), .init(worker: "w2", capacity: 1)])
    run.send()
    run.claim(1, 2)
    run.open("w1")
    run.session("w2", .openFailed(SourceFailure(.unreachable, "refused")))
    #expect(run.scheduler.activeMissions.map(\.lane) == ["w1", "w2"])
    let two = SchedulerDriver(workers: [.init(worker: "w1", capacity: 2)])
    two.send()
    two.claim(1, 2)
    two.open()
    two.run(1)
    two.run(2)
    two.fire { if case .mission(let ticket) = $0 { ticket.mission.low == 1 } else { false } }
    #expect(two.mission(1, .jobLooked(.failure(SourceFailure(.unavailable, "401")))).isEmpty)
    #expect(two.journal.contains("1 FAILED ERROR502"))
    two.fire { if case .mission(let ticket) = $0 { ticket.mission.low == 2 } else { false } }
    #expect(two.mission(2, .jobLooked(.success(.done))) == ["load 2"])
  }

  @Test("without an active proxy the waiting missions fail with 501 and the run ends")
  func noProxy() {
    let run = SchedulerDriver(sessions: .throughProxies)
    run.send()
    #expect(run.claim(1, 2) == ["finish"])
    #expect(run.outcome?.breakers.map(\.code) == [.noProxyAvailable])
    #expect(run.journal.contains("1 FAILED ERROR501"))
  }

  @Test("one store's wish to slow down holds all uploads back")
  func slowDown() {
    let run = SchedulerDriver()
    run.send()
    run.claim([.numbered(1, at: .s3), .numbered(2, at: .s3), .numbered(3, at: .db)])
    for number in 1...3 { run.mission(number, .spoolVerified(.intact)) }
    run.mission(
      1, .uploadFailed(StepFailure(Failure(.storeOther, "SlowDown"), isAgain: true, retryAfter: .seconds(9))))
    let loaded = MissionEvent.loaded(LoadedRows(rows: 1, repeatedIDs: 0, wasLoadedBefore: false))
    #expect(run.mission(3, loaded).isEmpty, "it waits too")
    #expect(
      run.fire { if case .mission(let ticket) = $0 { ticket.mission == .numbered(3) } else { false } } == [
        "upload 3"
      ])
    #expect(run.now == .seconds(9))
  }

  @Test(
    "a spool that can take nothing stops the run with 73, 74 when its disk fails, and nothing begins after that",
    arguments: [(SourceFailure.Kind.spoolFull, ExitCode.cannotWrite), (.diskFails, .journalBroken)])
  func spoolFull(kind: SourceFailure.Kind, code: ExitCode) {
    let run = SchedulerDriver(workers: [.init(worker: "w1", capacity: 1), .init(worker: "w2", capacity: 1)])
    run.send()
    run.claim([.numbered(1), .numbered(2)], isLast: false)
    run.open("w1")
    run.mission(1, .jobStarted(jobID: "j"))
    let words = run.send(
      .mission(run.ticket(1), .jobLooked(.failure(SourceFailure(kind, "no space")))),
      .claimed(.every, [.numbered(3, at: .db)], isLast: true))
    #expect(words == ["finish"])
    #expect(run.outcome?.failure == RunFailure(exitCode: code, message: "no space"))
    #expect(run.send(.claimed(.every, [.numbered(9)], isLast: true)).isEmpty)
    #expect(!run.journal.contains { $0.hasPrefix("3 ") })
  }

  @Test("a journal that breaks ends the run with its own exit code")
  func journalBroke() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1, 2)
    #expect(run.send(.broke(RunFailure(exitCode: .journalBroken, message: "disk I/O error"))) == ["finish"])
    #expect(run.outcome?.failure?.exitCode == .journalBroken)
  }
}
