import MissionCore
import Ports
import Threads

@testable import Engine

/// A source without sessions in a virtual world: jobs that anybody may ask for by their ids, answers that are lost, a
/// process that dies at any point. One seed, one history.
final class JobsWorld {
  struct Job {
    let mission: MissionID
    let attempt: Int
    var endsAt: Duration
    var end: End
    /// What it brings.
    var records = 3
    enum End { case completes, fails, putsOff, isForgotten }
  }

  static let name = "jobs"
  let policy: SourcePolicy
  /// Whether it can be asked for the job of a start.
  let canFind: Bool
  let capacity: Int
  let missionIDs: [MissionID]
  var dice: SeededRandom
  /// In a thousand, of what can go wrong.
  var faultRate = 100
  var violations: [String] = []
  var trace = Hasher()
  var journal: SimulatedJournal
  var jobs: [String: Job] = [:]
  /// By the name that the spool has for the bytes: a second look's are kept beside the first.
  var spool: [MissionID: ScrapedResult] = [:]
  /// Which start of the mission brought what is in the spool.
  var spooledBy: [MissionID: Int] = [:]
  /// The digest of the rows that the destination has.
  var loaded: [MissionID: String] = [:]
  /// What was told of each mission's jobs that ended well.
  var completed: [MissionID: [String: ScrapedResult]] = [:]
  /// What was compared.
  var looks: [MissionID: (first: ScrapedResult, second: ScrapedResult)] = [:]
  /// Jobs that were taken while a first result waited.
  var secondJobs: [MissionID: [String]] = [:]
  /// When a start was sent.
  var sendings: [Timestamp] = []
  var counts: [String: Int] = [:]

  private var scheduler: Scheduler?
  private var lastClaimed: MissionID?
  private(set) var now: Duration = .zero
  private var agenda = TimerQueue<Duration, Int>()
  private var acts: [Int: (isCommit: Bool, isStart: Bool, act: () -> SchedulerEvent?)] = [:]
  private var nextNumber = 0
  private var commitAt: Duration = .zero

  init(seed: UInt64) {
    var dice = SeededRandom(seed: seed)
    var policy = SourcePolicy()
    policy.findsStarts = true
    policy.startsOnce = Bool.random(using: &dice)
    policy.timeout = .seconds(900)
    policy.retryDelay = .seconds(Int.random(in: 0...5, using: &dice))
    let reactions: [QualityPolicy.OnSuspicious] = [.secondLook, .secondLook, .flag, .fail, .off]
    policy.quality = QualityPolicy(
      reactions.randomElement(using: &dice)!, secondLookAfter: .seconds(Int.random(in: 0...60, using: &dice)))
    if Bool.random(using: &dice) {
      let starts = Int.random(in: 1...3, using: &dice)
      policy.pace = Pace(starts: starts, span: .seconds(Int.random(in: 1...40, using: &dice)))
    }
    self.policy = policy
    canFind = Bool.random(using: &dice)
    capacity = Int.random(in: 1...3, using: &dice)
    missionIDs = (1...Int.random(in: 1...8, using: &dice)).map { .numbered($0) }
    self.dice = dice
    journal = SimulatedJournal(maxRetries: 2)
    for (index, _) in missionIDs.enumerated() { journal.add(.numbered(index + 1, source: Self.name)) }
  }

  var wall: Timestamp {
    let (seconds, attoseconds) = now.components
    return Timestamp(
      milliseconds: 1_700_000_000_000 + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  func fails() -> Bool { Int.random(in: 0..<1000, using: &dice) < faultRate }
  func count(_ what: String) { counts[what, default: 0] += 1 }

  /// One process, from its start to its end; nil when it died.
  func runProcess(dyingAfter: Int? = nil, stoppingAfter: Int? = nil) -> RunOutcome? {
    var run = RunPolicy()
    run.maxConcurrency = 4
    recover(MissionMachine(policy: run, source: policy))
    scheduler = Scheduler(
      policy: run, runID: "run",
      sources: [
        ScheduledSource(
          name: Self.name, missions: .only(Self.name),
          lanes: [SourceLane(name: Self.name, capacity: capacity)], policy: policy)
      ], paceStarts: journal.paceStarts, adoptable: journal.adoptable, seed: dice.next())
    lastClaimed = nil
    var events: [SchedulerEvent] = []
    var steps = 0
    while true {
      if let outcome = turn(events) { return end(outcome) }
      steps += 1
      if let dyingAfter, steps > dyingAfter { return die() }
      if steps == stoppingAfter {
        events = [.stopRequested(.signal(15))]
        continue
      }
      guard let at = agenda.next, let number = agenda.popDue(at), steps < 50_000 else {
        violations.append("nothing left to happen, or no end")
        return RunOutcome()
      }
      now = max(now, at)
      events = acts.removeValue(forKey: number)?.act().map { [$0] } ?? []
    }
  }

  /// What the dead process spooled last is taken unless it is to be looked at again.
  private func recover(_ machine: MissionMachine) {
    let judges = policy.quality.onSuspicious != .off
    let found = journal.recover(
      machine,
      found: { record in
        guard spooledBy[record.id] == record.starts, let result = spool[record.id] else { return nil }
        return judges && result.adsCount < 3 ? nil : result
      }, at: wall)
    counts["found in the spool", default: 0] += found
  }

  private func turn(_ events: [SchedulerEvent]) -> RunOutcome? {
    var finished: RunOutcome?
    for effect in scheduler!.turn(events, now: now, wall: wall) {
      trace.combine(effect.words)
      trace.combine(now)
      if case .finish(let outcome) = effect { finished = outcome } else { perform(effect) }
    }
    return finished
  }

  /// The journal's thread writes what it was given; other answers come too late.
  private func end(_ outcome: RunOutcome) -> RunOutcome {
    while agenda.next != nil {
      guard let number = agenda.popDue(.seconds(Int64.max)), let item = acts[number] else { continue }
      if item.isCommit || item.isStart { _ = item.act() }
    }
    (acts, scheduler) = ([:], nil)
    return outcome
  }

  /// What was on its way may or may not have happened.
  private func die() -> RunOutcome? {
    count("crashes")
    var commits = Int.random(in: 0...3, using: &dice)
    while let at = agenda.next, let number = agenda.popDue(at) {
      guard let item = acts[number] else { continue }
      if item.isCommit, commits > 0 {
        commits -= 1
        _ = item.act()
      } else if item.isStart, Bool.random(using: &dice) {
        _ = item.act()
      }
    }
    (agenda, acts, scheduler) = (TimerQueue(), [:], nil)
    return nil
  }

  func later(isStart: Bool = false, _ act: @escaping () -> SchedulerEvent?) {
    schedule(at: now + .microseconds(100) + dice.duration(upTo: .milliseconds(50)), isStart: isStart, act)
  }

  func schedule(
    at: Duration, isCommit: Bool = false, isStart: Bool = false, _ act: @escaping () -> SchedulerEvent?
  ) {
    nextNumber += 1
    acts[nextNumber] = (isCommit, isStart, act)
    agenda.set(nextNumber, at: at)
  }

  /// One thread commits in order, now and then slowly.
  func commit(_ act: @escaping () -> SchedulerEvent?) {
    let isSlow = Int.random(in: 0..<8, using: &dice) == 0
    commitAt =
      max(commitAt, now) + .microseconds(300) + (isSlow ? dice.duration(upTo: .milliseconds(200)) : .zero)
    schedule(at: commitAt, isCommit: true, act)
  }

  func claim(limit: Int) -> SchedulerEvent {
    let page = journal.page(after: lastClaimed, limit: limit)
    if let last = page.last { lastClaimed = last.id }
    return .claimed(.only(Self.name), page, isLast: page.count < limit)
  }
}
