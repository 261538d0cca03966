import Testing

@testable import MissionCore

@Suite("missions that expire, and jobs that end with the run", .timeLimit(.minutes(5)))
struct SourceEndTests {
  private static let expiring = SourcePolicy.with {
    ($0.findsStarts, $0.startsOnce, $0.expires) = (true, true, true)
  }
  private static let told = ["tell that it is over", "commit CANCELLED [CANCELLED]"]
  private static let later = Sample.day.adding(days: 1)

  @Test("a mission whose last day is past is not started: neither from the queue nor from a lane")
  func expired() {
    var waiting = MissionDriver(source: Self.expiring)
    waiting.context.today = Self.later
    #expect(waiting.send(.slotGiven(lane: "jobs")) == Self.told)
    #expect(waiting.text("reason", of: .cancelled) == "its last day is past")
    var ready = MissionDriver.at(.awaitingLane, source: Self.expiring)
    ready.context.today = Self.later
    #expect(ready.send(.laneReady(nil)) == ["release worker-1 unused"] + Self.told)
    var asked = MissionDriver.at(.awaitingStart, source: Self.expiring)
    asked.context.today = Self.later
    #expect(asked.waitForTimer() == ["release worker-1 unused"] + Self.told)
  }

  @Test("on its last day it is started, and so is that of a source that says nothing")
  func notExpired() {
    var today = MissionDriver(source: Self.expiring)
    today.context.today = Sample.day
    #expect(today.send(.slotGiven(lane: "jobs")) == ["write started on jobs [STARTED]"])
    var other = MissionDriver(source: .once)
    other.context.today = Self.later
    #expect(other.send(.slotGiven(lane: "jobs")) == ["write started on jobs [STARTED]"])
  }

  @Test("what was started is looked at however late it is; a start that may have been taken is not repeated")
  func started() {
    var adopted = MissionDriver(Sample.record(jobID: "job-1"), source: Self.expiring)
    adopted.context.today = Self.later
    #expect(adopted.send(.slotGiven(lane: "worker-1")).last == "look at job-1 on worker-1")
    var lost = MissionDriver.at(.findingStart, source: Self.expiring)
    lost.context.today = Self.later
    lost.send(.startFound(.success(.notTaken)))
    #expect(lost.waitForTimer().last == "commit FAILED ERROR204 [SCRAPE_ERROR FAILED]")
  }

  @Test("at DB and S3 nothing expires")
  func local() {
    var mission = MissionDriver(Sample.record(.db), source: Self.expiring)
    mission.context.today = Self.later
    #expect(mission.send(.slotGiven(lane: nil)).last == "verify the spool")
  }

  @Test(
    "a stop ends a job that lives no longer than the run, and its mission resumes at SCRAPE, uncounted",
    arguments: [Reach.looking, .awaitingLook])
  func endsWithRun(place: Reach) {
    let source = SourcePolicy.with { ($0.findsStarts, $0.jobsEndWithRun) = (true, true) }
    var mission = MissionDriver.at(place, source: source)
    #expect(mission.send(.stopRequested) == ["cancel job-1 on worker-1"])
    #expect(
      mission.send(.jobCancelAnswered(isConfirmed: true)) == [
        "release worker-1 unused", "write no job", "commit queued",
      ])
    #expect(mission.send(.journaled) == ["leave for a later run"])
    #expect(mission.state.retryCount == 0)
  }

  @Test("a stop while such a job is being started waits for its id, then ends it")
  func endsWhileStarting() {
    let source = SourcePolicy.with { ($0.findsStarts, $0.jobsEndWithRun) = (true, true) }
    var mission = MissionDriver.at(.starting, source: source)
    #expect(mission.send(.stopRequested) == [])
    mission.send(.jobStarted(jobID: "job-1"))
    #expect(mission.send(.journaled) == ["cancel job-1 on worker-1"])
  }
}
