import MissionCore
import Ports
import Testing

@testable import Engine

@Suite("sources with rules of their own", .timeLimit(.minutes(5)))
struct SourcePolicyTests {
  private static func source(
    _ name: String, capacity: Int = 8, _ change: (inout SourcePolicy) -> Void = { _ in }
  ) -> ScheduledSource {
    var policy = SourcePolicy()
    policy.findsStarts = true
    change(&policy)
    return ScheduledSource(
      name: name, missions: .only(name), lanes: [SourceLane(name: name, capacity: capacity)], policy: policy)
  }

  private static func records(_ numbers: ClosedRange<Int>, _ source: String) -> [MissionRecord] {
    numbers.map { .numbered($0, source: source) }
  }

  private static func isPace(_ key: TimerKey) -> Bool { if case .pace = key { true } else { false } }

  @Test("a pace lets so many start, tells that the others wait, and goes on by itself")
  func pace() {
    let run = SchedulerDriver(
      sources: [Self.source("jobs") { $0.pace = Pace(starts: 2, span: .seconds(60)) }],
      policy: { $0.maxConcurrency = 8 })
    run.wallFollows = true
    run.send()
    #expect(run.claim(Self.records(1...3, "jobs"), of: .only("jobs")) == ["POST 1 jobs", "POST 2 jobs"])
    #expect(run.journal.filter { $0 == "jobs paced" }.count == 2)
    #expect(run.logs.count { $0.hasPrefix("jobs starts 2 missions in") } == 1)
    #expect(run.outcome == nil, "who waits for the pace is still to come")
    #expect(run.fire(where: Self.isPace) == ["POST 3 jobs"])
    #expect(run.now > .seconds(60) && run.now < .seconds(61))
  }

  @Test("what earlier runs started counts")
  func paceOfEarlierRuns() {
    let earlier = ["jobs": [Timestamp(milliseconds: -40_000)], "others": [Timestamp(milliseconds: 0)]]
    let run = SchedulerDriver(
      sources: [Self.source("jobs") { $0.pace = Pace(starts: 1, span: .seconds(60)) }], paceStarts: earlier)
    run.wallFollows = true
    run.send()
    #expect(run.claim(Self.records(1...1, "jobs"), of: .only("jobs")) == [])
    #expect(run.fire(where: Self.isPace) == ["POST 1 jobs"])
    #expect(
      run.now > .seconds(21) && run.now < .seconds(22),
      "it was sent up to a second later than it was journaled")
  }

  @Test("one source's pace holds no other up")
  func paceOfOne() {
    let run = SchedulerDriver(
      sources: [Self.source("slow") { $0.pace = Pace(starts: 1, span: .seconds(60)) }, Self.source("quick")],
      policy: { $0.maxConcurrency = 8 })
    run.wallFollows = true
    run.send()
    run.claim(Self.records(1...3, "slow"), of: .only("slow"))
    #expect(run.claim(Self.records(4...5, "quick"), of: .only("quick")) == ["POST 4 quick", "POST 5 quick"])
  }

  @Test("a retry waits without a place: the next mission has it meanwhile")
  func retryDelay() {
    let run = SchedulerDriver(sources: [Self.source("jobs", capacity: 1) { $0.retryDelay = .seconds(30) }])
    run.send()
    run.claim(Self.records(1...2, "jobs"), of: .only("jobs"))
    run.mission(1, .jobStarted(jobID: "a"))
    #expect(run.mission(1, .jobLooked(.success(.failed(message: "no")))) == ["POST 2 jobs"])
    run.mission(2, .jobStarted(jobID: "b"))
    #expect(run.mission(2, .jobLooked(.success(.done))) == ["load 2"])
    #expect(run.fire { if case .retry = $0 { true } else { false } } == ["POST 1 jobs"])
    #expect(run.now == .seconds(30))
  }

  @Test("a capacity of the source's own limits its missions on lanes that it shares")
  func sharedCapacity() {
    let lanes = [SourceLane(name: "w1", capacity: 4)]
    let routes = [
      SourceRoute(
        missions: .only("a"), lanes: ["w1"],
        policy: {
          var p = SourcePolicy()
          p.capacity = 1
          return p
        }()),
      SourceRoute(missions: .only("b"), lanes: ["w1"]),
    ]
    let run = SchedulerDriver(sources: [ScheduledSource(name: "workers", lanes: lanes, routes: routes)])
    run.send()
    #expect(run.claim(Self.records(1...3, "a"), of: .only("a")) == ["POST 1 w1"])
    #expect(run.claim(Self.records(4...6, "b"), of: .only("b")) == ["POST 4 w1", "POST 5 w1", "POST 6 w1"])
    run.mission(1, .jobStarted(jobID: "j"))
    for number in 4...6 { run.mission(number, .jobStarted(jobID: "j\(number)")) }
    #expect(run.mission(1, .jobLooked(.success(.done))) == ["load 1"], "all four slots are taken")
    run.mission(1, .loaded(LoadedRows(rows: 3, repeatedIDs: 0, wasLoadedBefore: false)))
    #expect(run.upload(1).contains("POST 2 w1"))
  }

  @Test("a start that an earlier run lost is asked for before anything else, with what the journal knows")
  func lostStart() {
    var record = MissionRecord.numbered(1, worker: "jobs", hasUnansweredStart: true, source: "jobs")
    (record.starts, record.startToken, record.startRunID) = (2, 0xAB, "run-0")
    record.jobIDs = ["old"]
    let scheduler = Scheduler(
      policy: RunPolicy(), runID: "run-1", sources: [Self.source("jobs")], adoptable: [record], seed: 1)
    var asked: (MissionStart, [String])?
    for effect in scheduler.turn([], now: .zero, wall: Timestamp(milliseconds: 0)) {
      if case .find(_, _, let start, let known) = effect { asked = (start, known) }
    }
    #expect(asked?.0.attempt == 2 && asked?.0.runID == "run-0" && asked?.0.token == "00000000000000ab")
    #expect(asked?.0.idempotencyKey == "\(record.id)-2")
    #expect(asked?.1 == ["old"])
  }

  @Test(
    "a job is looked at with what its source kept and with its start; each start has a number and a token")
  func starts() {
    let scheduler = Scheduler(
      policy: RunPolicy(), runID: "run-1", sources: [Self.source("jobs") { $0.lookWait = .seconds(2) }],
      adoptable: [], seed: 1)
    func turn(_ events: SchedulerEvent...) -> [Effect] {
      scheduler.turn(events, now: .zero, wall: Timestamp(milliseconds: 0))
    }
    _ = turn()
    var effects = turn(.claimed(.only("jobs"), Self.records(1...1, "jobs"), isLast: true))
    guard case .journal(_, let tickets)? = effects.first else {
      Issue.record("another effect")
      return
    }
    effects = turn(.journaled(tickets))
    guard case .start(let ticket, _, let start)? = effects.first else {
      Issue.record("another effect")
      return
    }
    #expect(start.attempt == 1 && start.runID == "run-1" && start.token != MissionStart.token(0))
    effects = turn(.mission(ticket, .jobStarted(jobID: "job", kept: ["a": "b"])))
    guard case .journal(_, let recorded)? = effects.first else {
      Issue.record("another effect")
      return
    }
    effects = turn(.journaled(recorded))
    guard case .look(_, _, let job, let wait)? = effects.first else {
      Issue.record("another effect")
      return
    }
    #expect(job == SourceJob(id: "job", lane: "jobs", kept: ["a": "b"], start: start))
    #expect(wait == .seconds(2))
  }

  @Test("a source that is set aside leaves its missions; the run says whether another one had work")
  func setAside() {
    for hasOtherWork in [false, true] {
      let run = SchedulerDriver(sources: [Self.source("jobs", capacity: 1), Self.source("files")])
      run.send()
      run.claim(hasOtherWork ? Self.records(9...9, "files") : [], of: .only("files"))
      run.claim(Self.records(1...3, "jobs"), of: .only("jobs"))
      run.mission(1, .startFailed(SourceFailure(.unavailable, "jobs answered 401")))
      #expect(run.journal.contains("1 FAILED ERROR502"))
      #expect(run.logs.contains { $0.hasPrefix("jobs is set aside for this run: ") })
      if hasOtherWork {
        run.run(9, .done)
        run.mission(9, .loaded(LoadedRows(rows: 3, repeatedIDs: 0, wasLoadedBefore: false)))
        run.upload(9)
      }
      #expect(run.outcome?.hasNoLane == !hasOtherWork)
      #expect(run.scheduler.progress.parked == 2)
    }
  }

  @Test("a mission that has expired is cancelled and told, and takes no place")
  func expired() {
    let run = SchedulerDriver(
      sources: [Self.source("jobs", capacity: 1) { ($0.expires, $0.startsOnce) = (true, true) }])
    run.now = .seconds(60 * 365 * 86_400)
    run.wallFollows = true
    run.send()
    #expect(run.claim(Self.records(1...2, "jobs"), of: .only("jobs")).last == "finish")
    #expect(run.journal.filter { $0.hasSuffix(" cancelled") } == ["1 cancelled", "2 cancelled"])
    #expect(run.logs.filter { $0.contains("its last day is past") }.count == 2)
    #expect(run.scheduler.progress.cancelled == 2)
  }
}
