import MissionCore
import Threads

@testable import Engine
@testable import WorkerSource

/// A whole world on a virtual clock: journal, spool, workers, destination and store that fail by seeded
/// dice, a person who cancels and retries, around the real scheduler and the real recovery. A crash drops
/// the scheduler and everything that was not durable; the workers' jobs go on.
final class SimulatedWorld {
  let policy: RunPolicy
  let sessionPolicy: SessionPolicy
  var dice: SeededRandom
  var now: Duration = .zero
  var journal: SimulatedJournal
  var workers: [String: SimulatedWorker] = [:]
  let workerNames: [String]
  let missionIDs: [MissionID]
  var ledger: [MissionID: String] = [:]
  var objects: [MissionID: String] = [:]
  /// Rows that were there, and went with an older copy of the destination.
  var lostRows: Set<MissionID> = []
  /// Missions of which this process has seen in the destination that it holds their rows.
  var confirmed: Set<MissionID> = []
  /// Jobs whose start was answered. Of one that was not, nobody can know that it took the id of another.
  var answered: Set<StartedJob> = []
  /// The job whose result a mission was last given.
  var taken: [MissionID: StartedJob] = [:]
  private(set) var isDying = false
  /// Other machines at work on missions of ours, where they ever were, and where they gave up.
  var others: [MissionID: OtherMachine] = [:]
  var touched: Set<MissionID> = []
  var gaveUp: Set<MissionID> = []
  var spool: [MissionID: ScrapedResult] = [:]
  /// Which start of the mission brought what is in the spool.
  var spooledBy: [MissionID: Int] = [:]
  /// Missions whose result is being spooled; what a crash leaves of it is a temporary file in `parts`.
  var spooling: Set<MissionID> = []
  var parts: Set<MissionID> = []
  var trace = SimulationTrace()
  var watch = SimulationWatch()
  var counts = SimulationCounts()
  /// 0...100; 0 once the faults have ended.
  var faultRate: Int
  var destinationRefuses = false
  var storeRefuses = false
  /// Spooling this mission's result kills the process.
  var poison: MissionID?
  /// How often the person will still cancel something.
  var cancelsLeft: Int
  /// When the journal's thread is done with what it was given.
  var commitAt: Duration = .zero

  private var scheduler: Scheduler?
  private var agenda = TimerQueue<Duration, Int>()
  private var acts: [Int: (isCommit: Bool, act: () -> SchedulerEvent?)] = [:]
  private var nextNumber = 0
  private var lastClaimed: MissionID?
  private var mostAtOnce = 0
  private var mustDie = false

  init(seed: UInt64) {
    dice = SeededRandom(seed: seed)
    var policy = RunPolicy()
    policy.maxRetries = Int.random(in: 0...3, using: &dice)
    policy.autoRetry = Int.random(in: 0..<8, using: &dice) > 0
    sessionPolicy = .refreshing(
      every: Int.random(in: 1...4, using: &dice), usesProxies: Bool.random(using: &dice))
    policy.maxConcurrency = Int.random(in: 1...6, using: &dice)
    self.policy = policy
    workerNames = (1...Int.random(in: 1...3, using: &dice)).map { "worker-\($0)" }
    for name in workerNames {
      workers[name] = SimulatedWorker(
        name: name, capacity: Int.random(in: 1...4, using: &dice), tellsRoom: Bool.random(using: &dice))
    }
    faultRate = [0, 2, 8, 20].randomElement(using: &dice)!
    cancelsLeft = max(0, Int.random(in: -4...4, using: &dice))
    journal = SimulatedJournal(maxRetries: policy.autoRetry ? policy.maxRetries : 0)
    var ids: [MissionID] = []
    for _ in 0..<Int.random(in: 1...25, using: &dice) {
      ids.append(MissionID(high: dice.next(), low: dice.next()))
    }
    missionIDs = ids
    for (index, id) in ids.enumerated() {
      let day = CalendarDay(daysSinceEpoch: Int32(20_000 + index))
      let parameters = MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"])
      journal.add(MissionRecord(id: id, parameters: parameters, createdAt: wall))
    }
  }

  var wall: Timestamp {
    let (seconds, attoseconds) = now.components
    return Timestamp(milliseconds: 1_700_000_000_000 + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  func fails(_ share: Int = 100) -> Bool {
    faultRate > 0 && Int.random(in: 0..<10_000, using: &dice) < faultRate * share
  }

  /// Runs one process: until it ends, or dies after `dyingAfter` events. Nil when it died.
  func runProcess(dyingAfter: Int? = nil, stop: (after: Int, reason: StopReason)? = nil) -> RunOutcome? {
    begin()
    var events: [SchedulerEvent] = []
    var handled = 0
    while true {
      if let outcome = turn(events) {
        end(outcome)
        return outcome
      }
      handled += 1
      if let dyingAfter, handled > dyingAfter { return die() }
      if let stop, handled == stop.after {
        events = [.stopRequested(stop.reason)]
        continue
      }
      guard let next = takeNext() else {
        watch.violations.append("nothing left to happen, but the run has not ended")
        return RunOutcome()
      }
      events = next().map { [$0] } ?? []
      if mustDie { return die() }
      if cancelsLeft > 0, Int.random(in: 0..<60, using: &dice) == 0 { events.insert(personCancels(), at: 0) }
      if handled > 200_000 {
        watch.violations.append("the run does not end")
        return RunOutcome()
      }
    }
  }

  private func begin() {
    counts.foundInSpool += journal.recover(
      MissionMachine(policy: policy), hasPart: { parts.contains($0) },
      found: { spooledBy[$0.id] == $0.starts ? spool[$0.id] : nil }, at: wall)
    parts = []
    spooling = []
    mustDie = false
    isDying = false
    confirmed = []
    for (id, _) in spool where !keepsSpool(id) { spool[id] = nil }
    beginFaults()
    let adoptable = journal.adoptable
    mostAtOnce = max(policy.maxConcurrency, adoptable.count)
    watch.beginProcess(journal)
    scheduler = Scheduler(
      policy: policy,
      sources: [.workers(sessionStates(), proxies: ["p1:1", "p2:1"], policy: sessionPolicy)],
      adoptable: adoptable, seed: dice.next())
    lastClaimed = nil
  }

  private func keepsSpool(_ id: MissionID) -> Bool {
    journal.records[id].map { $0.checkpoint > .scrape && $0.status != .done } ?? false
  }

  private func sessionStates() -> [SessionState] {
    workerNames.map { name in
      guard let session = journal.sessions[name] else {
        return SessionState(worker: name, capacity: workers[name]!.capacity)
      }
      return SessionState(
        worker: name, capacity: workers[name]!.capacity, sessionID: session.id, proxy: session.proxy,
        served: session.served, isTainted: session.isTainted)
    }
  }

  private func turn(_ events: [SchedulerEvent]) -> RunOutcome? {
    var finished: RunOutcome?
    for effect in scheduler!.turn(events, now: now, wall: wall) {
      trace.note(effect, now: now)
      watch.see(effect, in: self)
      if case .finish(let outcome) = effect { finished = outcome } else { perform(effect) }
    }
    if scheduler!.inFlight > mostAtOnce { watch.violations.append("\(scheduler!.inFlight) missions at once") }
    return finished
  }

  /// The journal's thread still writes what it was given; every other answer is too late.
  private func end(_ outcome: RunOutcome) {
    while agenda.next != nil {
      guard let number = agenda.popDue(.seconds(Int64.max)), let item = acts[number] else { continue }
      if item.isCommit { _ = item.act() }
    }
    acts = [:]
    scheduler = nil
    othersFinish()
    watch.checkProcess(outcome, journal)
  }

  private func die() -> RunOutcome? {
    counts.crashes += 1
    trace.note("crash", counts.crashes)
    scheduler = nil
    isDying = true
    // What was on its way may or may not have happened; what was to be answered is not.
    for _ in 0..<Int.random(in: 0...acts.count, using: &dice) {
      if let act = takeNext(isLate: true) { _ = act() }
    }
    (agenda, acts) = (TimerQueue(), [:])
    othersFinish()
    for id in spooling.sorted() where Bool.random(using: &dice) { parts.insert(id) }
    return nil
  }

  /// Brings the process down while it spools this result.
  func killWhileSpooling(_ mission: MissionID) {
    mustDie = true
    parts.insert(mission)
  }

  private func takeNext(isLate: Bool = false) -> (() -> SchedulerEvent?)? {
    guard let at = agenda.next, let number = agenda.popDue(at) else { return nil }
    if !isLate { now = max(now, at) }
    return acts.removeValue(forKey: number)?.act
  }

  /// Makes `act` happen between 0.1 ms and `within` from now; what it returns is told to the scheduler.
  func later(within: Duration = .milliseconds(50), _ act: @escaping () -> SchedulerEvent?) {
    schedule(at: now + .microseconds(100) + dice.duration(upTo: within), act)
  }

  func schedule(at: Duration, isCommit: Bool = false, _ act: @escaping () -> SchedulerEvent?) {
    nextNumber += 1
    acts[nextNumber] = (isCommit, act)
    agenda.set(nextNumber, at: at)
  }

  func claim(limit: Int) -> SchedulerEvent {
    let page = journal.page(after: lastClaimed, limit: limit)
    if let last = page.last { lastClaimed = last.id }
    return .claimed(.every, page, isLast: page.count < limit)
  }
}
