import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("what earlier runs left on the workers", .timeLimit(.minutes(5)))
struct AdoptionTests {
  private func inherited(_ worker: String, capacity: Int = 1, isTainted: Bool = false) -> SessionState {
    SessionState(
      worker: worker, capacity: capacity, sessionID: "old", proxy: nil, served: 1, isTainted: isTainted)
  }

  @Test("journaled jobs are looked at before anything else starts")
  func first() {
    let run = SchedulerDriver(
      workers: [inherited("w1"), SessionState(worker: "w2", capacity: 1)],
      adoptable: [.numbered(9, worker: "w1", jobID: "job-9")])
    #expect(run.send() == ["look 9 w1 job-9", "claim"])
    #expect(run.claim(1, 2) == ["open w2"], "the place on w1 is taken")
    #expect(run.mission(9, .jobLooked(.success(.done))) == ["load 9", "look w1"])
    #expect(run.journal.contains("9 JOB_ADOPTED"))
  }

  @Test("a worker that this run may not use only has its job taken over")
  func takenOverOnly() {
    let run = SchedulerDriver(
      workers: [inherited("w1", capacity: 0), SessionState(worker: "w2", capacity: 1)],
      adoptable: [.numbered(9, worker: "w1", jobID: "job-9")])
    #expect(run.send() == ["look 9 w1 job-9", "claim"])
    #expect(run.claim(1, 2) == ["open w2"])
    #expect(run.mission(9, .jobLooked(.success(.done))) == ["load 9"], "nothing else begins on w1")
  }

  @Test("with no worker that may be used the run ends and says so")
  func noUsableWorker() {
    let run = SchedulerDriver(workers: [inherited("w1", capacity: 0)])
    run.send()
    #expect(run.claim(1) == ["finish"])
    #expect(run.scheduler.outcome.hasNoLane)
  }

  @Test("a job of a worker that is not configured any more is forgotten and scraped elsewhere")
  func unknownWorker() {
    let run = SchedulerDriver(adoptable: [.numbered(1, worker: "gone", jobID: "job-1")])
    #expect(run.send() == ["open w1", "claim"])
    #expect(run.journal.prefix(1) == ["1 jobForgotten"])
  }

  @Test("a start without an answer: the session is ended before the mission starts again, anywhere")
  func unanswered() {
    let run = SchedulerDriver(
      workers: [inherited("w1"), SessionState(worker: "w2", capacity: 1)],
      adoptable: [.numbered(1, worker: "w1", hasUnansweredStart: true)])
    #expect(run.send() == ["end w1", "claim"])
    #expect(run.claim(2).isEmpty, "it waits for the session that replaces the old one")
    #expect(run.scheduler.activeMissions.map(\.id.low) == [2])
    #expect(run.session("w1", .ended) == ["open w1", "open w2"])
    #expect(run.scheduler.activeMissions.map(\.id.low) == [1, 2])
    #expect(run.journal.contains("1 jobForgotten"))
  }

  @Test("known jobs in that session end first, in whatever order the journal lists them")
  func unansweredBesideKnown() {
    let lost = MissionRecord.numbered(1, worker: "w1", hasUnansweredStart: true)
    let known = MissionRecord.numbered(2, worker: "w1", jobID: "job-2")
    for adoptable in [[lost, known], [known, lost]] {
      let run = SchedulerDriver(workers: [inherited("w1", capacity: 2)], adoptable: adoptable)
      #expect(run.send() == ["look 2 w1 job-2", "claim"])
      run.claim()
      #expect(run.mission(2, .jobLooked(.success(.done))) == ["end w1", "load 2"])
      #expect(run.session("w1", .ended) == ["open w1"])
    }
  }

  @Test("a worker that is set aside holds nobody back")
  func heldBySetAside() {
    let run = SchedulerDriver(
      workers: [inherited("w1", capacity: 2), SessionState(worker: "w2", capacity: 1)],
      adoptable: [
        .numbered(1, worker: "w1", hasUnansweredStart: true), .numbered(2, worker: "w1", jobID: "job-2"),
      ]
    ) { $0.maxConcurrency = 1 }
    run.send()
    run.claim()
    #expect(run.mission(2, .jobLooked(.failure(SourceFailure(.unavailable, "401")))) == ["open w2"])
    #expect(run.scheduler.activeMissions.map(\.id.low) == [1])
  }

  @Test(
    "a mission whose unknown job may run waits for the session's end, also when that comes before the journal's answer"
  )
  func heldRetry() {
    for endsFirst in [true, false] {
      let run = SchedulerDriver()
      run.send()
      run.claim(1)
      run.open()
      run.mission(1, .startFailed(SourceFailure(.again, "reset")))
      run.holdsJournal = true
      #expect(
        run.mission(1, .startFound(.success(SessionStatus.scraping.finding(isShared: false)))) == ["end w1"])
      if endsFirst {
        run.session("w1", .ended)
        #expect(run.answerJournal() == ["open w1"])
      } else {
        #expect(run.answerJournal().isEmpty)
        #expect(run.session("w1", .ended) == ["open w1"])
      }
    }
  }

  @Test("after a crash a mission waits for the end of a failed session in which its unknown job may run")
  func heldAcrossRuns() {
    let run = SchedulerDriver(workers: [
      inherited("w1", isTainted: true), SessionState(worker: "w2", capacity: 1),
    ])
    #expect(run.send() == ["end w1", "claim"])
    #expect(run.claim([.numbered(1, worker: "w1"), .numbered(2, worker: "w2")]).isEmpty)
    #expect(run.scheduler.activeMissions.map(\.id.low) == [2])
    #expect(run.session("w1", .ended) == ["open w1", "open w2"])
    #expect(run.scheduler.activeMissions.map(\.id.low) == [1, 2])
  }

  @Test("a job whose mission killed the process twice is taken up when everything else is done")
  func deferred() {
    let run = SchedulerDriver(
      workers: [inherited("w1")], adoptable: [.numbered(1, worker: "w1", jobID: "job-1", crashes: 2)]
    ) { $0.maxRetries = 0 }
    #expect(run.send() == ["claim"])
    #expect(run.claim(1, 2) == ["look w1"])
    #expect(run.session("w1", .looked(.success(.ready))) == ["POST 2 w1"])
    #expect(run.run(2, .failed(message: "no")) == ["end w1", "look 1 w1 job-1"])
    #expect(run.mission(1, .jobLooked(.success(.done))) == ["load 1"])
  }

  @Test("one that is cancelled meanwhile, or whose worker is lost, is not taken up")
  func deferredGone() {
    let records: [MissionRecord] = [
      .numbered(1, worker: "w1", jobID: "job-1", crashes: 2),
      .numbered(2, worker: "w1", jobID: "job-2", crashes: 3),
    ]
    let run = SchedulerDriver(workers: [inherited("w1")], adoptable: records)
    run.send()
    #expect(run.cancel(1) == ["remove 1"])
    #expect(run.claim() == ["look 2 w1 job-2"])
    let lost = SchedulerDriver(workers: [inherited("w1")], adoptable: records)
    lost.send()
    lost.claim(3)
    #expect(lost.session("w1", .looked(.failure(SourceFailure(.unavailable, "401")))) == ["finish"])
    #expect(lost.outcome?.hasNoLane == true)
  }
}
