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

  @Test("a load is handed over with the write of its scrape, and begins when that is on disk")
  func loadBehindItsScrape() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1)
    run.open()
    run.mission(1, .jobStarted(jobID: "job-1"))
    let looked = SchedulerEvent.mission(run.ticket(1), .jobLooked(.success(.done)))
    let effects = run.scheduler.turn([looked], now: run.now, wall: Timestamp(milliseconds: 0))
    guard case .journal(let writes, _, let then)? = effects.first else {
      Issue.record("nothing is journaled")
      return
    }
    #expect(writes.map(\.words) == ["1 scrapeCompleted"])
    #expect(then.map(\.ticket.mission) == [.numbered(1)])
    #expect(effects.allSatisfy { $0.load == nil }, "none that waits for nothing")
  }

  @Test("a load that is repeated has nothing to wait for")
  func repeatedLoad() {
    let run = loading()
    let again = StepFailure(Failure(.destinationOther, "busy"), isAgain: true)
    run.mission(1, .loadFailed(again))
    #expect(
      run.fire { if case .mission(let ticket) = $0 { ticket.mission == .numbered(1) } else { false } }
        == ["load 1"])
  }

  @Test("the upload does not wait for the journal; what was loaded is told with the next write")
  func noteRidesAlong() {
    let run = loading()
    let before = run.journal.count
    #expect(run.mission(1, .loaded(Self.rows)) == ["upload 1"])
    #expect(run.journal.count == before)
    #expect(run.timers.contains { Self.isOfNotes($0.key) })
    run.mission(2, .jobStarted(jobID: "job-2"))
    #expect(
      run.journal.suffix(2) == ["1 dbCompleted", "2 scrapeStarted"], "in the order in which it happened")
    #expect(run.fire(where: Self.isOfNotes).isEmpty)
    #expect(run.journal.count == before + 2, "once")
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
