import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("a person cancels while the run lives", .timeLimit(.minutes(5)))
struct CancellingTests {
  @Test("a mission that waits in memory ends at once and never starts")
  func queued() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1, 2, 3)
    #expect(run.cancel(2) == ["remove 2"])
    #expect(run.journal.last == "2 cancelled")
    run.open()
    run.run(1, .done)
    #expect(run.scheduler.activeMissions.map(\.id.low) == [1, 3])
    #expect(run.scheduler.progress.cancelled == 1)
  }

  @Test("a running job is cancelled on its worker, then the mission ends")
  func running() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1)
    run.open()
    run.run(1)
    #expect(run.cancel(1) == ["cancel 1 w1"])
    #expect(run.mission(1, .jobCancelAnswered(isConfirmed: true)) == ["remove 1", "end w1"])
    #expect(run.journal.contains("1 cancelled"))
  }

  @Test("a mission that is not in memory is ended in the journal; a page on its way does not bring it back")
  func unknown() {
    let run = SchedulerDriver()
    run.send()
    #expect(run.cancel(7) == ["cancel 7 in the journal"])
    run.claim(7, 8)
    #expect(run.scheduler.activeMissions.map(\.id.low) == [8])
  }

  @Test("a mission that was granted nothing yet leaves its place in the session")
  func waiting() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1, 2)
    #expect(run.cancel(1) == ["remove 1"])
    #expect(run.open() == ["POST 2 w1"])
  }

  @Test("asked for while a retry is being journaled, it ends instead")
  func leaving() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1)
    run.open()
    run.mission(1, .jobStarted(jobID: "j"))
    run.holdsJournal = true
    run.mission(1, .jobLooked(.success(.failed(message: "no"))))
    run.cancel(1)
    run.answerJournal()
    #expect(run.journal.filter { $0.hasPrefix("1 ") }.suffix(2) == ["1 retry ERROR200", "1 cancelled"])
    run.answerJournal()
    #expect(run.scheduler.missions.isEmpty)
  }

  @Test("a mission that waits for its retry's time ends at once; the time then passes without effect")
  func waitingForRetry() {
    let run = SchedulerDriver { $0.maxConcurrency = 1 }
    run.send()
    run.claim([.numbered(1, at: .db)], isLast: false)
    run.mission(1, .spoolVerified(.intact))
    run.mission(1, .loadFailed(StepFailure(Failure(.destinationTimedOut, "went away"), isAgain: false)))
    #expect(run.timers.last?.key == .retry(.numbered(1)))
    run.holdsJournal = true
    run.claim([.numbered(2, at: .db), .numbered(3, at: .db)])
    run.cancel(1)
    // The retry's time comes while the end is being journaled.
    run.fire()
    run.holdsJournal = false
    #expect(run.answerJournal() == ["remove 1"])
    run.mission(2, .spoolVerified(.intact))
    let failure = StepFailure(Failure(.destinationDoesNotFit, "no"), isAgain: false)
    #expect(run.mission(2, .loadFailed(failure)) == ["verify 3"], "no free slot is wasted on it")
  }

  @Test("a held mission that was cancelled is not touched when its session ends")
  func held() {
    let run = SchedulerDriver(adoptable: [.numbered(1, worker: "w1", hasUnansweredStart: true)])
    #expect(run.send() == ["end w1", "claim"])
    run.holdsJournal = true
    run.cancel(1)
    run.session("w1", .ended)
    #expect(!run.journal.contains("1 jobForgotten"))
    #expect(run.journal.last != "1 started")
    run.answerJournal()
    #expect(run.scheduler.missions.isEmpty)
  }
}
