import MissionCore
import Ports
import Threads

@testable import Engine
@testable import WorkerSource

/// Workers on a virtual clock that have so much to do that it matters how much they get at once, and proxies that fail.
/// Missions only go well or are tried again: what becomes of data is another simulation's concern.
final class CrowdedWorld {
  struct Proxy: Sendable {
    let server: String
    /// What a session through it comes to.
    var fate: @Sendable (_ now: Duration, _ dice: inout SeededRandom) -> SessionStatus = { _, _ in .ready }
  }

  /// One worker: its session, and jobs that share what it can do.
  private struct Worker {
    var session = 0
    var readyAt: Duration = .zero
    var fate: SessionStatus = .ready
    /// Seconds of work that are left of each job that runs.
    var jobs: [String: Double] = [:]
    var at: Duration = .zero
  }

  /// How many times as long a job takes beside so many.
  var slowdown: (Int) -> Double = { _ in 1 }
  /// What a job takes alone, in seconds.
  var jobSeconds: ClosedRange<Double> = 45...75
  var proxies: [Proxy] = []
  var refreshInterval = 20
  var capacity = 10
  var adapts = true
  var workerNames = ["w1"]

  private(set) var done = 0
  private(set) var sessions: [String: Int] = [:]
  private(set) var limits: [Int] = []
  private(set) var logs: [String] = []
  private(set) var now: Duration = .zero
  private var dice: SeededRandom
  private var workers: [String: Worker] = [:]
  private var agenda = TimerQueue<Duration, Int>()
  private var acts: [Int: () -> SchedulerEvent?] = [:]
  private var nextNumber = 0
  private var claimed = 0
  private var missions = 0
  private var jobsStarted = 0
  private var hasFinished = false

  init(seed: UInt64) { dice = SeededRandom(seed: seed) }

  /// Does so many missions; answers with the seconds they took.
  func run(_ missions: Int) -> Double {
    self.missions = missions
    var policy = RunPolicy()
    policy.maxConcurrency = capacity * workerNames.count
    policy.adapts = adapts
    policy.maxRetries = 20
    policy.jobInterval = .seconds(10)
    var sessionPolicy = SessionPolicy()
    sessionPolicy.refreshInterval = refreshInterval
    sessionPolicy.usesProxies = !proxies.isEmpty
    sessionPolicy.sessionInitial = .seconds(20)
    let states = workerNames.map { SessionState(worker: $0, capacity: capacity) }
    let pool = ProxyPool(proxies.map { .init(server: $0.server) })
    let lanes = states.map {
      SourceLane(name: $0.worker, capacity: $0.capacity, together: refreshInterval)
    }
    let scheduler = Scheduler(
      policy: policy,
      sources: [
        ScheduledSource(
          name: "default", missions: .every, lanes: lanes,
          machine: WorkerLanes(policy: sessionPolicy, sessions: states, proxies: pool))
      ], selected: missions, adoptable: [], seed: dice.next())
    for name in workerNames { workers[name] = Worker() }
    var events: [SchedulerEvent] = []
    while !hasFinished {
      for effect in scheduler.turn(events, now: now, wall: wall) { perform(effect) }
      if let limit = scheduler.lanes[0].adaptive?.limit, limit != limits.last { limits.append(limit) }
      done = scheduler.progress.done
      guard !hasFinished, let at = agenda.next, let number = agenda.popDue(at) else { break }
      now = max(now, at)
      events = acts.removeValue(forKey: number)?().map { [$0] } ?? []
    }
    return now / .seconds(1)
  }

  private var wall: Timestamp { Timestamp(milliseconds: 1_700_000_000_000 + Int64(now / .milliseconds(1))) }

  private func later(_ delay: Duration = .milliseconds(100), _ act: @escaping () -> SchedulerEvent?) {
    at(now + delay, act)
  }

  private func at(_ time: Duration, _ act: @escaping () -> SchedulerEvent?) {
    nextNumber += 1
    acts[nextNumber] = act
    agenda.set(nextNumber, at: time)
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .journal(_, let tickets): later(.milliseconds(1)) { .journaled(tickets) }
    case .claim(let names, let limit): later(.milliseconds(1)) { [self] in claim(names, limit) }
    case .setTimer(let key, let time): at(time) { .timerFired(key) }
    case .start(let ticket, let lane, _):
      later { [self] in .mission(ticket, start(on: lane.lane)) }
    case .look(let ticket, let lane, let job, _):
      later { [self] in .mission(ticket, .jobLooked(look(job.id, on: lane.lane))) }
    case .load(let load):
      later { .mission(load.ticket, .loaded(LoadedRows(rows: 3, repeatedIDs: 0, wasLoadedBefore: false))) }
    case .upload(let ticket, _, _, _):
      later { .mission(ticket, .uploaded(UploadedObject(key: "k", etag: "e", size: 1, sha256: "s"))) }
    case .verifyLedger(let ticket): later { .mission(ticket, .ledgerRead(.success("aa"))) }
    case .prepare(let ticket, let request):
      guard let request = request as? SessionRequest else { return }
      later { [self] in .lane(ticket, .answered(answer(request, ticket.lane.lane))) }
    case .log(_, let message): logs.append(message.description)
    case .finish: hasFinished = true
    default: break
    }
  }

  private func claim(_ names: SourceNames, _ limit: Int) -> SchedulerEvent {
    let page = (claimed..<min(claimed + limit, missions)).map { MissionRecord.numbered($0 + 1) }
    claimed += page.count
    return .claimed(names, page, isLast: page.count < limit)
  }

  private func answer(_ request: SessionRequest, _ worker: String) -> SessionAnswer {
    switch request {
    case .open(let proxy):
      workers[worker]!.session += 1
      workers[worker]!.jobs = [:]
      workers[worker]!.readyAt = now + .seconds(15)
      workers[worker]!.fate = .ready
      if let server = proxy, let proxy = proxies.first(where: { $0.server == server }) {
        sessions[server, default: 0] += 1
        workers[worker]!.fate = proxy.fate(now, &dice)
      }
      return .opened(sessionID: "\(worker)-\(workers[worker]!.session)")
    case .look: return .looked(.success(status(worker)))
    case .end:
      workers[worker]!.jobs = [:]
      return .ended
    }
  }

  private func status(_ worker: String) -> SessionStatus {
    let state = workers[worker]!
    guard now >= state.readyAt else { return .waiting("warming_up", isKnown: true) }
    return state.fate
  }

  private func start(on worker: String) -> MissionEvent {
    work(worker)
    jobsStarted += 1
    let id = "job-\(jobsStarted)"
    workers[worker]!.jobs[id] = Double.random(in: jobSeconds, using: &dice)
    return .jobStarted(jobID: id)
  }

  private func look(_ id: String, on worker: String) -> Result<JobLook, SourceFailure> {
    work(worker)
    guard let left = workers[worker]!.jobs[id] else { return .failure(SourceFailure(.notFound, "404")) }
    guard left <= 0 else { return .success(.waiting(status: "running", isKnown: true)) }
    workers[worker]!.jobs[id] = nil
    return .success(.completed(ScrapedResult(adsCount: 3, size: 100, sha256: "aa")))
  }

  /// Lets the worker's jobs go on until now, each at the pace of the crowd that there is at each moment.
  private func work(_ worker: String) {
    var state = workers[worker]!
    var time = (now - state.at) / .seconds(1)
    state.at = now
    while time > 0 {
      let live = state.jobs.values.filter { $0 > 0 }
      guard let shortest = live.min() else { break }
      let pace = 1 / slowdown(live.count)
      let step = min(time, shortest / pace)
      for (id, left) in state.jobs where left > 0 {
        // What is as good as nothing is nothing: a step must end.
        state.jobs[id] = left - step * pace < 1e-9 ? 0 : left - step * pace
      }
      time -= step
    }
    workers[worker] = state
  }
}
