import MissionCore
import Ports
import Testing

@testable import Engine
@testable import WorkerSource

@Suite("several sources in one run", .timeLimit(.minutes(5)))
struct SourcesTests {
  private static func open(_ name: String, capacity: Int = 1) -> ScheduledSource {
    ScheduledSource(
      name: name, missions: .only(name), lanes: [SourceLane(name: name, capacity: capacity)])
  }

  private static var workers: ScheduledSource {
    let lanes = [SourceLane(name: "w1", capacity: 1)]
    return ScheduledSource(
      name: "default", missions: .only("default"), lanes: lanes,
      machine: WorkerLanes(
        policy: SessionPolicy(), sessions: [SessionState(worker: "w1", capacity: 1)], proxies: ProxyPool([])))
  }

  private static func records(_ numbers: ClosedRange<Int>, _ source: String) -> [MissionRecord] {
    numbers.map { .numbered($0, source: source) }
  }

  @Test("a lane without sessions is ready at once, and its missions tell of none")
  func alwaysReady() {
    let run = SchedulerDriver(sources: [Self.open("files", capacity: 2)])
    run.send()
    #expect(run.claim(Self.records(1...3, "files"), of: .only("files")) == ["POST 1 files", "POST 2 files"])
    #expect(run.journal == ["1 started", "1 scrapeStarting", "2 started", "2 scrapeStarting"])
    run.run(1)
    #expect(run.mission(1, .jobLooked(.success(.done))) == [])
  }

  @Test("a place is the next mission's as soon as the result of the one before is there")
  func nextMission() {
    let run = SchedulerDriver(sources: [Self.open("files")])
    run.send()
    run.claim(Self.records(1...2, "files"), of: .only("files"))
    run.mission(1, .jobStarted(jobID: "job-1"))
    #expect(run.mission(1, .jobLooked(.success(.done))) == ["POST 2 files", "load 1"])
  }

  @Test("each source's missions are claimed by themselves, and wait only for lanes of their own")
  func ownQueues() {
    let run = SchedulerDriver(sources: [Self.workers, Self.open("files")])
    #expect(run.send() == ["claim", "claim"])
    run.claim(Self.records(1...20, "default"), of: .only("default"))
    #expect(
      run.claim(Self.records(21...22, "files"), of: .only("files")) == ["POST 21 files"],
      "twenty missions that wait for a session are before it in no queue of its own")
    run.mission(21, .jobStarted(jobID: "job-21"))
    #expect(run.mission(21, .jobLooked(.success(.done))).contains("POST 22 files"))
  }

  @Test("when slots are scarce the source with the fewest missions under way has the next one")
  func fairSlots() {
    let run = SchedulerDriver(sources: [Self.open("a", capacity: 9), Self.open("b", capacity: 9)])
    run.send()
    run.claim(Self.records(1...4, "a"), of: .only("a"))
    run.claim(Self.records(5...8, "b"), of: .only("b"))
    run.mission(1, .jobStarted(jobID: "1"))
    run.mission(1, .jobLooked(.success(.failed(message: "no"))))
    #expect(run.scheduler.activeMissions.map(\.id.low) == [2, 3, 4, 5])
  }

  @Test("a source without a lane that can be used stops for itself; the run goes on with the others")
  func oneIsLost() {
    let run = SchedulerDriver(sources: [Self.open("a"), Self.open("b")])
    run.send()
    run.claim(Self.records(1...3, "a"), of: .only("a"))
    run.claim(Self.records(4...5, "b"), of: .only("b"))
    run.mission(1, .startFailed(SourceFailure(.unavailable, "401")))
    #expect(run.scheduler.outcome.lanesSetAside == ["a": "401"])
    #expect(!run.scheduler.outcome.hasNoLane)
    #expect(run.scheduler.progress.parked == 2, "they stay in the journal's queue")
    run.mission(4, .jobStarted(jobID: "job-4"))
    #expect(run.mission(4, .jobLooked(.success(.done))).contains("POST 5 b"))
  }

  @Test("a start without an answer that an earlier run left: nothing holds its job, so it starts anew")
  func unanswered() {
    let left = MissionRecord.numbered(1, worker: "files", hasUnansweredStart: true, source: "files")
    let run = SchedulerDriver(sources: [Self.open("files")], adoptable: [left])
    #expect(run.send() == ["POST 1 files", "claim"])
    #expect(run.journal.first == "1 jobForgotten")
  }

  @Test(
    "a job of an earlier run is looked at where it runs, though a lane of another source has the same name")
  func adoption() {
    let lanes = [SourceLane(name: "one", capacity: 1)]
    let job = MissionRecord.numbered(1, worker: "one", jobID: "job-1", source: "b")
    let run = SchedulerDriver(
      sources: [
        ScheduledSource(name: "a", missions: .only("a"), lanes: lanes),
        ScheduledSource(name: "b", missions: .only("b"), lanes: lanes),
      ], adoptable: [job])
    #expect(run.send().first == "look 1 one job-1")
    #expect(run.claim([.numbered(2, source: "a")], of: .only("a")) == ["POST 2 one"])
    #expect(run.claim([.numbered(3, source: "b")], of: .only("b")).isEmpty)
  }

  @Test(
    "two names may share lanes: each mission runs where its name allows, and one lane is never used twice")
  func sharedLanes() {
    let lanes = ["one", "two"].map { SourceLane(name: $0, capacity: 1) }
    let run = SchedulerDriver(
      sources: [
        ScheduledSource(
          name: "workers", lanes: lanes,
          routes: [
            SourceRoute(missions: .only("a"), lanes: ["one"]),
            SourceRoute(missions: .only("b"), lanes: ["one", "two"]),
          ])
      ])
    #expect(run.send() == ["claim", "claim"])
    #expect(run.claim(Self.records(1...2, "a"), of: .only("a")) == ["POST 1 one"])
    #expect(run.claim(Self.records(3...4, "b"), of: .only("b")) == ["POST 3 two"])
    run.mission(3, .startFailed(SourceFailure(.unavailable, "401")))
    run.mission(1, .startFailed(SourceFailure(.unavailable, "401")))
    #expect(run.outcome?.hasNoLane == true)
  }

  @Test("missions of a source that is not configured stay in the journal's queue")
  func unknownSource() {
    let job = MissionRecord.numbered(1, worker: "x", jobID: "job-1", source: "x")
    let run = SchedulerDriver(sources: [Self.open("a")], adoptable: [job])
    #expect(run.send() == ["claim"])
    #expect(run.claim([], of: .only("a")) == ["finish"])
  }
}
