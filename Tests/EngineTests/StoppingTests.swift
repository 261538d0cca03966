import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("how a run ends", .timeLimit(.minutes(5)))
struct StoppingTests {
  @Test("its work done, it ends its sessions and waits for that, but not for ever")
  func complete() {
    for answers in [true, false] {
      let run = SchedulerDriver()
      run.send()
      run.claim(1)
      run.open()
      run.run(1, .done)
      run.mission(1, .loaded(LoadedRows(rows: 1, repeatedIDs: 0, wasLoadedBefore: false)))
      #expect(
        run.upload(1) == [
          "remove 1", "end w1",
        ])
      #expect(run.timers.last?.key == .graceOver)
      #expect(run.timers.last?.at == run.now + .seconds(2))
      if answers {
        #expect(run.session("w1", .ended) == ["finish"])
      } else {
        #expect(run.fire() == ["finish"])
      }
      #expect(run.outcome?.stop == nil)
      #expect(run.send(.timerFired(.graceOver)).isEmpty, "it ends once")
    }
  }

  @Test("a signal sets back what waits at once, what is under way at its next event, and ends")
  func signal() {
    let run = SchedulerDriver(workers: [.init(worker: "w1", capacity: 2)])
    run.send()
    run.claim(1, 2, 3)
    run.open()
    run.run(1)
    run.mission(2, .jobStarted(jobID: "job-2"))
    run.now = .seconds(100)
    #expect(run.send(.stopRequested(.signal(15))).isEmpty)
    #expect(run.timers.last?.key == .graceOver)
    #expect(run.timers.last?.at == .seconds(104))
    #expect(run.mission(2, .jobLooked(.success(.waiting(status: "running", isKnown: true)))) == ["finish"])
    #expect(run.outcome?.stop == .signal(15))
    #expect(run.journal.contains("1 queued") && run.journal.contains("2 queued"))
    #expect(!run.journal.contains { $0.hasPrefix("3 ") }, "what had not begun stays QUEUED")
  }

  @Test("a stop does not end the session of a job that a later run adopts", arguments: [1, 5])
  func leavesJobs(refreshInterval: Int) {
    let run = SchedulerDriver(sessions: .refreshing(every: refreshInterval))
    run.send()
    run.claim(1)
    run.open()
    run.run(1)
    #expect(run.send(.stopRequested(.signal(2))) == ["finish"])
    let tainted = SchedulerDriver(workers: [.init(worker: "w1", capacity: 2)])
    tainted.send()
    tainted.claim(1, 2)
    tainted.open()
    tainted.run(1)
    tainted.run(2, .failed(message: "no"))
    #expect(tainted.journal.contains("w1 tainted"))
    #expect(tainted.send(.stopRequested(.signal(2))) == ["finish"])
  }

  @Test("steps that do not come to an end are given up after the grace")
  func grace() {
    let run = SchedulerDriver()
    run.send()
    run.claim([.numbered(1, at: .db)])
    run.mission(1, .spoolVerified(.intact))
    #expect(run.send(.stopRequested(.maxDuration)).isEmpty)
    #expect(run.fire() == ["finish"])
    #expect(run.outcome?.stop == .maxDuration)
    #expect(!run.journal.contains("1 queued"), "it is RUNNING until the next run recovers it")
  }

  @Test("a drain starts nothing new and waits for what runs, to its end")
  func drain() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1, 2)
    run.open()
    run.run(1)
    #expect(run.send(.stopRequested(.drain)).isEmpty)
    #expect(run.timers.allSatisfy { $0.key != .graceOver })
    run.fire()
    #expect(run.mission(1, .jobLooked(.success(.done))) == ["load 1"])
    run.mission(1, .loaded(LoadedRows(rows: 1, repeatedIDs: 0, wasLoadedBefore: false)))
    #expect(
      run.upload(1) == [
        "remove 1", "finish",
      ])
    #expect(run.outcome?.stop == .drain)
  }

  @Test("a failure while draining is counted and left for a later run")
  func drainFailure() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1)
    run.open()
    run.send(.stopRequested(.drain))
    #expect(run.run(1, .failed(message: "no")) == ["end w1", "finish"])
    #expect(run.journal.contains("1 retry ERROR200"))
  }

  @Test("a signal during a drain stops at once; a drain after a signal changes nothing")
  func drainAndSignal() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1)
    run.open()
    run.run(1)
    run.send(.stopRequested(.drain))
    #expect(run.send(.stopRequested(.signal(15))) == ["finish"])
    #expect(run.outcome?.stop == .signal(15))
    let other = SchedulerDriver()
    other.send()
    other.claim(1)
    other.send(.stopRequested(.signal(15)), .stopRequested(.drain))
    #expect(other.outcome?.stop == .signal(15))
  }

  @Test("a page that arrives while the run stops is left where it is")
  func latePage() {
    let run = SchedulerDriver()
    run.send()
    #expect(run.send(.stopRequested(.signal(15))) == ["finish"])
    let drained = SchedulerDriver()
    drained.send()
    drained.claim([.numbered(1)], isLast: false)
    drained.send(.stopRequested(.drain))
    #expect(drained.claim(2).isEmpty)
    #expect(drained.scheduler.missions.count == 1)
  }

  @Test("answers that come too late are ignored")
  func staleTickets() {
    let run = SchedulerDriver(workers: [.init(worker: "w1", capacity: 1), .init(worker: "w2", capacity: 1)])
    run.send()
    run.claim(1)
    run.open()
    let post = run.ticket(1)
    run.run(1)
    let look = run.ticket(1)
    #expect(run.send(.mission(post, .jobStarted(jobID: "job-9"))).isEmpty)
    #expect(run.send(.mission(look, .jobLooked(.success(.done)))).isEmpty, "it was answered already")
    run.send(.stopRequested(.signal(15)))
    #expect(run.journal.filter { $0.hasPrefix("1 ") }.last == "1 queued")
    #expect(run.send(.mission(look, .jobLooked(.success(.paused)))).isEmpty)
  }

  @Test("a session's answer that comes too late is ignored")
  func staleSessionTickets() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1)
    run.session("w1", .opened(sessionID: "s"))
    #expect(run.session("w1", .openFailed(SourceFailure(.unavailable, "401"))).isEmpty)
    #expect(run.scheduler.outcome.lanesSetAside.isEmpty)
  }
}
