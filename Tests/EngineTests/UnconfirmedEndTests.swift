import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("a session whose end the worker does not confirm", .timeLimit(.minutes(5)))
struct UnconfirmedEndTests {
  /// A mission of an earlier run whose job may run in the session of `w1`, and the end of that session under way.
  private func run() -> SchedulerDriver {
    let session = SessionState(
      worker: "w1", capacity: 1, sessionID: "old", proxy: nil, served: 1, isTainted: false)
    let run = SchedulerDriver(
      workers: [session, SessionState(worker: "w2", capacity: 1)],
      adoptable: [.numbered(1, worker: "w1", hasUnansweredStart: true)])
    #expect(run.send() == ["end w1", "claim"])
    run.claim()
    return run
  }

  private let again = SourceFailure(.unusable, "500")

  @Test("its mission starts nowhere until another session has replaced it")
  func replaced() {
    let run = run()
    #expect(run.session("w1", .endFailed) == ["open w1"], "nobody else needs that session")
    #expect(run.scheduler.activeMissions.isEmpty)
    #expect(!run.journal.contains("w1 ended"), "the next run has to know of it")
    run.session("w1", .opened(sessionID: "new"))
    #expect(run.scheduler.activeMissions.map(\.id.low) == [1])
  }

  @Test("one that cannot be replaced at first is ended and replaced again")
  func refused() {
    let run = run()
    run.session("w1", .endFailed)
    #expect(run.session("w1", .openFailed(again)) == ["end w1"])
    #expect(run.scheduler.activeMissions.isEmpty)
    #expect(run.session("w1", .ended).count == 1, "the mission is free")
    #expect(run.scheduler.activeMissions.map(\.id.low) == [1])
  }

  @Test("a worker that neither ends nor opens one is set aside, and the mission goes on elsewhere")
  func hopeless() {
    let run = run()
    for _ in 1...Backoff.triesInsideStep {
      #expect(run.session("w1", .endFailed) == ["open w1"])
      #expect(run.session("w1", .openFailed(again)) == ["end w1"])
    }
    #expect(run.session("w1", .endFailed) == ["open w2"])
    #expect(run.scheduler.outcome.lanesSetAside["w1"] == "its session can be neither ended nor replaced")
  }

  @Test("at the end of a run nothing is opened for it")
  func atTheEnd() {
    let run = SchedulerDriver()
    run.send()
    run.claim(1)
    run.open()
    run.run(1, .done)
    run.mission(1, .loaded(LoadedRows(rows: 3, repeatedIDs: 0, wasLoadedBefore: false)))
    #expect(run.upload(1) == ["remove 1", "end w1"])
    #expect(run.session("w1", .endFailed) == ["finish"])
  }
}
