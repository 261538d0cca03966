import Engine
import MissionCore

/// A whole world on a virtual clock: journal, spool, workers, destination and store that fail by seeded
/// dice, around the real scheduler and the real recovery. A crash drops the scheduler and everything that
/// was not durable; the workers' jobs go on.
final class SimulatedWorld {
  let policy: RunPolicy
  var dice: SeededRandom
  var now: Duration = .zero
  var journal: SimulatedJournal
  var workers: [String: SimulatedWorker] = [:]
  let workerNames: [String]
  var ledger: [MissionID: String] = [:]
  var objects: [MissionID: String] = [:]
  var spool: [MissionID: ScrapedResult] = [:]
  var parts: Set<MissionID> = []
  var violations: [String] = []
  var trace: UInt64 = 0xCBF2_9CE4_8422_2325
  /// 0...100; 0 once the faults have ended.
  var faultRate: Int
  var crashes = 0
  /// When the journal's thread is done with what it was given.
  var commitAt: Duration = .zero

  private var scheduler: Scheduler?
  private var pending: [(at: Duration, number: Int, act: () -> SchedulerEvent?)] = []
  private var nextNumber = 0
  private var lastClaimed: MissionID?
  private var nextJob = 0
  private var inFlight = 0

  init(seed: UInt64) {
    dice = SeededRandom(seed: seed)
    var policy = RunPolicy()
    policy.maxRetries = Int.random(in: 0...3, using: &dice)
    policy.refreshInterval = Int.random(in: 1...4, using: &dice)
    policy.usesProxies = Bool.random(using: &dice)
    workerNames = (1...Int.random(in: 1...3, using: &dice)).map { "worker-\($0)" }
    for name in workerNames {
      workers[name] = SimulatedWorker(name: name, capacity: Int.random(in: 1...3, using: &dice))
    }
    policy.maxConcurrency = Int.random(in: 1...6, using: &dice)
    self.policy = policy
    faultRate = [0, 2, 8, 20].randomElement(using: &dice)!
    journal = SimulatedJournal(maxRetries: policy.maxRetries)
    for index in 0..<Int.random(in: 1...25, using: &dice) {
      let day = CalendarDay(daysSinceEpoch: Int32(20_000 + index))
      let parameters = MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"])
      let id = MissionID(digest: (0..<16).map { _ in UInt8.random(in: 0...255, using: &dice) })
      journal.add(MissionRecord(id: id, parameters: parameters, createdAt: wall))
    }
  }

  var wall: Timestamp {
    let (seconds, attoseconds) = now.components
    return Timestamp(milliseconds: 1_700_000_000_000 + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
  }

  func fails(_ share: Int = 100) -> Bool { Int.random(in: 0..<10_000, using: &dice) < faultRate * share }

  /// Runs one process: until it ends, or dies after `dyingAfter` events. Nil when it died.
  func runProcess(dyingAfter: Int?, stopAfter: Int? = nil) -> RunOutcome? {
    begin()
    var events: [SchedulerEvent] = []
    var handled = 0
    while true {
      if let outcome = turn(events) { return outcome }
      handled += 1
      if let dyingAfter, handled > dyingAfter {
        die()
        return nil
      }
      if handled == stopAfter {
        events = [.stopRequested(.signal(15))]
        continue
      }
      guard let next = takeNext() else {
        violations.append("nothing left to happen, but the run has not ended")
        return RunOutcome()
      }
      events = next().map { [$0] } ?? []
      if handled > 200_000 {
        violations.append("the run does not end")
        return RunOutcome()
      }
    }
  }

  private func begin() {
    journal.recover(hasPart: { parts.contains($0) }, at: wall)
    parts = []
    spool = spool.filter { id, _ in
      journal.records[id].map { $0.checkpoint > .scrape && !$0.status.isFinished || $0.status == .failed } ?? false
    }
    let states = workerNames.map { name -> SessionState in
      guard let session = journal.sessions[name] else {
        return SessionState(worker: name, capacity: workers[name]!.capacity)
      }
      return SessionState(
        worker: name, capacity: workers[name]!.capacity, sessionID: session.id, proxy: session.proxy,
        served: session.served, isTainted: session.isTainted)
    }
    scheduler = Scheduler(
      policy: policy, workers: states, proxies: ProxyPool([.init(server: "p1:1"), .init(server: "p2:1")]),
      adoptable: journal.adoptable, seed: dice.next())
    lastClaimed = nil
    inFlight = 0
  }

  private func turn(_ events: [SchedulerEvent]) -> RunOutcome? {
    var finished: RunOutcome?
    for effect in scheduler!.turn(events, now: now, wall: wall) {
      note("\(effect)")
      if case .finish(let outcome) = effect { finished = outcome } else { perform(effect) }
    }
    let running = scheduler!.activeMissions.count
    if running > max(policy.maxConcurrency, journal.adoptable.count) {
      violations.append("\(running) missions at once")
    }
    if finished != nil { pending = [] }
    return finished
  }

  private func die() {
    crashes += 1
    note("crash")
    scheduler = nil
    // What was on its way may or may not have happened; what was to be answered is not.
    let lost = pending.sorted { ($0.at, $0.number) < ($1.at, $1.number) }
    pending = []
    for item in lost.prefix(Int.random(in: 0...lost.count, using: &dice)) { _ = item.act() }
  }

  private func takeNext() -> (() -> SchedulerEvent?)? {
    guard let index = pending.indices.min(by: {
      (pending[$0].at, pending[$0].number) < (pending[$1].at, pending[$1].number)
    }) else { return nil }
    let item = pending.remove(at: index)
    now = max(now, item.at)
    return item.act
  }

  /// Makes `act` happen between 1 ms and `within` from now; what it returns is told to the scheduler.
  func later(within: Duration = .milliseconds(50), _ act: @escaping () -> SchedulerEvent?) {
    schedule(at: now + .milliseconds(1) + dice.duration(upTo: within), act)
  }

  func schedule(at: Duration, _ act: @escaping () -> SchedulerEvent?) {
    nextNumber += 1
    pending.append((at, nextNumber, act))
  }

  func note(_ text: String) {
    for byte in text.utf8 { trace = (trace ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  func newJobID() -> String {
    nextJob += 1
    return "job-\(nextJob)"
  }

  func claim(limit: Int) -> SchedulerEvent {
    let page = journal.page(after: lastClaimed, limit: limit)
    if let last = page.last { lastClaimed = last.id }
    return .claimed(page, isLast: page.count < limit)
  }
}
