import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("what waits for the journal, and what only rides along", .timeLimit(.minutes(5)))
struct JournalWaitsTests {
  private static let rows = LoadedRows(rows: 1, repeatedIDs: 0, wasLoadedBefore: false)
  private static func isOfNotes(_ key: TimerKey) -> Bool { key == .notes }

  /// Two missions, the first of which is being loaded.
  private func loading() -> SchedulerDriver {
    let run = SchedulerDriver(workers: ["w1", "w2"].map { SessionState(worker: $0, capacity: 1) })
    run.send()
    run.claim(1, 2)
    run.open("w1")
    run.open("w2")
    #expect(run.run(1, .done).contains("load 1"))
    return run
  }

  @Test("neither load nor upload waits for the journal; what was done is told with the next write")
  func notesRideAlong() {
    let run = loading()
    let before = run.journal.count
    #expect(run.mission(1, .loaded(Self.rows)) == ["upload 1"])
    #expect(run.journal.count == before)
    #expect(run.timers.contains { Self.isOfNotes($0.key) })
    run.mission(2, .jobStarted(jobID: "job-2"))
    #expect(
      run.journal.suffix(3) == ["1 scrapeCompleted", "1 dbCompleted", "2 scrapeStarted"],
      "in the order in which it happened")
    #expect(run.fire(where: Self.isOfNotes).isEmpty)
    #expect(run.journal.count == before + 3, "once")
  }

  @Test("a start waits for its intent, a look for the job id")
  func whatIsWaitedFor() {
    let run = SchedulerDriver()
    run.holdsJournal = true
    run.send()
    run.claim(1)
    #expect(run.open().allSatisfy { !$0.hasPrefix("POST") })
    #expect(run.journal.last == "1 scrapeStarting")
    while !run.journal.contains("1 scrapeStarted") {
      guard !run.unanswered.isEmpty else { break }
      if run.answerJournal() == ["POST 1 w1"] {
        #expect(run.mission(1, .jobStarted(jobID: "job-1")).isEmpty)
      }
    }
    #expect(run.answerJournal() == ["look 1 w1 job-1"])
  }

  @Test("a note without company is written after a while")
  func noteAlone() {
    let run = loading()
    let began = run.now
    run.mission(1, .loaded(Self.rows))
    run.fire(where: Self.isOfNotes)
    #expect(run.journal.last == "1 dbCompleted")
    #expect(run.now - began <= .milliseconds(50))
  }

  @Test("the run does not end before its notes are written")
  func noteAtTheEnd() {
    let run = loading()
    run.mission(1, .loaded(Self.rows))
    #expect(run.send(.broke(RunFailure(exitCode: .internalError, message: "no"))) == ["finish"])
    #expect(run.journal.last == "1 dbCompleted")
  }
}
