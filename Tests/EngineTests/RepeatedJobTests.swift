import MissionCore
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("one job id for two missions on one worker", .timeLimit(.minutes(5)))
struct RepeatedJobTests {
  private static let reason = "SCRAPE_ERROR"

  /// Two missions with a place on `w1`, their starts under way.
  private func started(_ numbers: Int..., capacity: Int = 4) -> SchedulerDriver {
    let run = SchedulerDriver(workers: [SessionState(worker: "w1", capacity: capacity)])
    run.send()
    run.claim(numbers.map { .numbered($0) })
    run.open()
    return run
  }

  private let running = MissionEvent.jobLooked(.success(.waiting(status: "running", isKnown: true)))

  @Test("both start anew when the session has ended, and neither gets the other's data")
  func both() {
    let run = started(1, 2)
    run.mission(1, .jobStarted(jobID: "job-1"))
    run.mission(1, running)
    #expect(run.mission(2, .jobStarted(jobID: "job-1")) == ["end w1"], "its session may run either's job")
    #expect(run.journal.contains("1 jobForgotten") && run.journal.contains("2 jobForgotten"))
    #expect(run.journal.contains("w1 tainted"))
    #expect(run.scheduler.activeMissions.isEmpty)
    #expect(run.session("w1", .ended) == ["open w1"])
    #expect(run.open() == ["POST 1 w1"], "one at a time as long as no other id was given")
    #expect(run.mission(1, .jobStarted(jobID: "job-2")) == ["look 1 w1 job-2", "POST 2 w1"])
    #expect(!run.journal.contains { $0.hasSuffix("scrapeCompleted") || $0.contains("retry") })
  }

  @Test("the result of a look that was under way is not taken")
  func lookUnderWay() {
    let run = started(1, 2)
    run.mission(1, .jobStarted(jobID: "job-1"))
    #expect(run.mission(2, .jobStarted(jobID: "job-1")).isEmpty, "the look at job-1 is waited for")
    #expect(run.mission(1, .jobLooked(.success(.done))) == ["remove 1", "end w1"])
    #expect(!run.journal.contains("1 scrapeCompleted"))
  }

  @Test("a result that came while another start was under way waits for that start's answer")
  func resultBeforeAnswer() {
    for isRepeated in [true, false] {
      let run = started(1, 2)
      run.mission(1, .jobStarted(jobID: "job-1"))
      #expect(run.mission(1, .jobLooked(.success(.done))).isEmpty, "job-1 may be what 2 has started")
      let follows = run.mission(2, .jobStarted(jobID: isRepeated ? "job-1" : "job-2"))
      #expect(follows == (isRepeated ? ["remove 1", "end w1"] : ["load 1", "look 2 w1 job-2"]))
      #expect(run.journal.contains("1 scrapeCompleted") == !isRepeated)
    }
  }

  @Test("a start that fails lets the result go on")
  func startFails() {
    let run = started(1, 2)
    run.mission(1, .jobStarted(jobID: "job-1"))
    run.mission(1, .jobLooked(.success(.done)))
    #expect(run.mission(2, .startFailed(SourceFailure(.busy, "409"))) == ["load 1"])
  }

  @Test("starts that began after the look was answered are not waited for")
  func laterStart() {
    let run = started(1)
    run.mission(1, .jobStarted(jobID: "job-1"))
    #expect(run.mission(1, .jobLooked(.success(.done))) == ["load 1"])
  }

  @Test("a third mission with that id is not its owner either")
  func third() {
    let run = started(1, 2, 3)
    run.mission(1, .jobStarted(jobID: "job-1"))
    run.mission(1, running)
    run.mission(2, .jobStarted(jobID: "job-1"))
    #expect(run.mission(3, .jobStarted(jobID: "job-1")) == ["end w1"])
    #expect(run.journal.contains("3 jobForgotten"))
  }

  @Test("an id that a finished job had before is the new job's own, and so is one of another worker")
  func harmless() {
    let run = started(1, capacity: 1)
    run.mission(1, .jobStarted(jobID: "job-1"))
    #expect(run.mission(1, .jobLooked(.success(.done))) == ["load 1"])
    run.claim(2)
    #expect(run.run(2, .done) == ["load 2"])
    let two = SchedulerDriver(workers: [
      SessionState(worker: "w1", capacity: 1), SessionState(worker: "w2", capacity: 1),
    ])
    two.send()
    two.claim(1, 2)
    two.open("w1")
    two.open("w2")
    two.mission(1, .jobStarted(jobID: "job-1"))
    #expect(two.mission(2, .jobStarted(jobID: "job-1")) == ["look 2 w2 job-1"])
  }

  @Test("two journaled missions with one id: both are held until the session has ended, and told")
  func adoption() {
    let session = SessionState(
      worker: "w1", capacity: 2, sessionID: "old", proxy: nil, served: 2, isTainted: false)
    let run = SchedulerDriver(
      workers: [session],
      adoptable: [
        .numbered(1, worker: "w1", jobID: "job-7"), .numbered(2, worker: "w1", jobID: "job-7"),
        .numbered(3, worker: "w1", jobID: "job-8"),
      ])
    #expect(run.send() == ["look 3 w1 job-8", "claim"])
    #expect(run.journal.prefix(3) == ["w1 tainted", "1 jobForgotten", "2 jobForgotten"])
    run.claim()
    #expect(run.mission(3, .jobLooked(.success(.done))) == ["end w1", "load 3"])
    #expect(run.session("w1", .ended) == ["open w1"])
    #expect(run.open() == ["POST 1 w1", "POST 2 w1"])
  }

  @Test("a mission that this run did not choose has the id too: neither keeps it")
  func notChosen() {
    let run = SchedulerDriver(
      workers: [SessionState(worker: "w1", capacity: 0), SessionState(worker: "w2", capacity: 1)],
      adoptable: [.numbered(1, worker: "w1", jobID: "job-7")],
      notChosen: [.numbered(2, worker: "w1", jobID: "job-7")])
    #expect(run.send() == ["end w1", "claim"])
    run.claim()
    #expect(run.journal.contains("1 jobForgotten") && run.journal.contains("2 jobForgotten"))
    #expect(run.session("w1", .ended) == ["open w2"])
  }

  @Test("a journaled job that waits until the others are done loses its id to a new job of that name")
  func deferred() {
    let run = SchedulerDriver(
      workers: [SessionState(worker: "w1", capacity: 4)],
      adoptable: [.numbered(1, worker: "w1", jobID: "job-1", crashes: 2)])
    run.send()
    run.claim(2)
    run.open()
    #expect(run.mission(2, .jobStarted(jobID: "job-1")) == ["end w1"])
    #expect(run.session("w1", .ended) == ["open w1"])
    #expect(run.open() == ["POST 1 w1"])
  }
}
