import MissionCore
import Ports

@testable import Engine
@testable import WorkerSource

/// Drives a scheduler by hand: events in, words for the effects out. Missions are numbers.
///
/// The journal answers at once unless a test holds it back; what it was given is in `journal`.
final class SchedulerDriver {
  let scheduler: Scheduler
  var now: Duration = .zero
  var holdsJournal = false
  /// Tickets that the held journal has not answered.
  var unanswered: [[Ticket]] = []
  private(set) var journal: [String] = []
  private(set) var logs: [String] = []
  /// What the lines about missions say to programs.
  private(set) var told: [LogFacts] = []
  private(set) var outcome: RunOutcome?
  private var tickets: [MissionID: Ticket] = [:]
  private var laneTickets: [String: LaneTicket] = [:]
  private(set) var timers: [(key: TimerKey, at: Duration)] = []

  convenience init(
    workers: [SessionState] = [SessionState(worker: "w1", capacity: 1)], proxies: [String] = [],
    adoptable: [MissionRecord] = [], notChosen: [MissionRecord] = [], seed: UInt64 = 1,
    sessions: SessionPolicy = SessionPolicy(), policy change: (inout RunPolicy) -> Void = { _ in }
  ) {
    self.init(
      sources: [.workers(workers, proxies: proxies, policy: sessions)], adoptable: adoptable,
      notChosen: notChosen, seed: seed, policy: change)
  }

  /// Whether wall time goes by with the run's; else it stands at 0.
  var wallFollows = false

  init(
    sources: [ScheduledSource], paceStarts: [String: [Timestamp]] = [:], adoptable: [MissionRecord] = [],
    notChosen: [MissionRecord] = [], seed: UInt64 = 1, tellsRoutine: Bool = false,
    selected: Int? = nil, policy change: (inout RunPolicy) -> Void = { _ in }
  ) {
    var policy = RunPolicy()
    policy.maxConcurrency = 4
    change(&policy)
    scheduler = Scheduler(
      policy: policy, runID: "run-1", sources: sources, paceStarts: paceStarts, tellsRoutine: tellsRoutine,
      selected: selected, adoptable: adoptable, notChosen: notChosen, seed: seed)
  }

  /// The effects of a turn and of those that the journal's answers bring.
  @discardableResult
  func send(_ events: SchedulerEvent...) -> [String] {
    var words: [String] = []
    var events = events
    while true {
      var answers: [[Ticket]] = []
      let effects = scheduler.turn(events, now: now, wall: wall)
      for effect in effects { note(effect, &answers) }
      words += effects.compactMap(\.words)
      if holdsJournal {
        unanswered += answers
        return words
      }
      guard !answers.isEmpty else { return words }
      events = answers.map { .journaled($0) }
    }
  }

  private var wall: Timestamp {
    let (seconds, attoseconds) = now.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    return Timestamp(milliseconds: wallFollows ? milliseconds : 0)
  }

  private func note(_ effect: Effect, _ answers: inout [[Ticket]]) {
    switch effect {
    case .journal(let writes, let given):
      journal += writes.map(\.words)
      if !given.isEmpty { answers.append(given) }
    case .setTimer(let key, let at): timers.append((key, at))
    case .log(_, let message): logs.append(message.description)
    case .tell(_, let message, let facts):
      logs.append(message.description)
      told.append(facts)
    case .finish(let outcome): self.outcome = outcome
    default: break
    }
    if let ticket = effect.ticket { tickets[ticket.mission] = ticket }
    if let ticket = effect.laneTicket { laneTickets[ticket.lane.lane] = ticket }
  }

  /// Answers the journal's oldest unanswered batch.
  @discardableResult
  func answerJournal() -> [String] { send(.journaled(unanswered.removeFirst())) }

  /// The first page of the queue.
  @discardableResult
  func claim(
    _ records: [MissionRecord], of names: SourceNames = .every, isLast: Bool = true
  ) -> [String] {
    send(.claimed(names, records, isLast: isLast))
  }

  @discardableResult
  func claim(_ numbers: Int...) -> [String] { claim(numbers.map { .numbered($0) }) }

  @discardableResult
  func mission(_ number: Int, _ event: MissionEvent) -> [String] {
    guard let ticket = tickets[.numbered(number)] else { return ["mission \(number) has asked for nothing"] }
    return send(.mission(ticket, event))
  }

  @discardableResult
  func session(_ worker: String, _ answer: SessionAnswer) -> [String] {
    guard let ticket = laneTickets[worker] else { return ["the session of \(worker) has asked for nothing"] }
    return send(.lane(ticket, .answered(answer)))
  }

  func ticket(_ number: Int) -> Ticket { tickets[.numbered(number)]! }

  @discardableResult
  func cancel(_ numbers: Int...) -> [String] { send(.cancelRequested(numbers.map { .numbered($0) })) }

  /// Fires the last timer that was set, or the last one `where` it is the right one.
  @discardableResult
  func fire(where isChosen: (TimerKey) -> Bool = { _ in true }) -> [String] {
    guard let index = timers.lastIndex(where: { isChosen($0.key) }) else { return ["no timer"] }
    let timer = timers.remove(at: index)
    now = max(now, timer.at)
    return send(.timerFired(timer.key))
  }

  /// The session of `worker` is opened and ready; answers with what follows.
  @discardableResult
  func open(_ worker: String = "w1") -> [String] {
    session(worker, .opened(sessionID: "s-\(worker)"))
    fire { if case .lane(let ticket) = $0 { ticket.lane.lane == worker } else { false } }
    return session(worker, .looked(.success(.ready)))
  }

  /// The object is written and the rows are still there; answers with what follows.
  @discardableResult
  func upload(_ number: Int) -> [String] {
    mission(number, .uploaded(UploadedObject(key: "k", etag: "e", size: 1, sha256: "s")))
    return mission(number, .ledgerRead(.success("aa")))
  }

  /// `POST /scrape` is answered and the job looked at; answers with what follows the look.
  @discardableResult
  func run(_ number: Int, _ look: JobLook = .waiting(status: "running", isKnown: true)) -> [String] {
    mission(number, .jobStarted(jobID: "job-\(number)"))
    return mission(number, .jobLooked(.success(look)))
  }
}

extension SessionPolicy {
  static let throughProxies = refreshing(every: 5, usesProxies: true)

  static func refreshing(every interval: Int, usesProxies: Bool = false) -> SessionPolicy {
    var policy = SessionPolicy()
    (policy.refreshInterval, policy.usesProxies) = (interval, usesProxies)
    return policy
  }
}

extension ScheduledSource {
  /// Workers as the one source of missions of every name.
  static func workers(
    _ workers: [SessionState], proxies: [String] = [], policy: SessionPolicy = SessionPolicy()
  ) -> ScheduledSource {
    ScheduledSource(
      name: "default", missions: .every,
      lanes: workers.map { SourceLane(name: $0.worker, capacity: $0.capacity) },
      machine: WorkerLanes(
        policy: policy, sessions: workers, proxies: ProxyPool(proxies.map { .init(server: $0) })))
  }
}

extension MissionID {
  static func numbered(_ number: Int) -> MissionID { MissionID(high: 0, low: UInt64(number)) }
}

extension MissionRecord {
  static func numbered(
    _ number: Int, at checkpoint: Checkpoint = .scrape, worker: String? = nil, jobID: String? = nil,
    hasUnansweredStart: Bool = false, crashes: Int = 0, source: String = "default"
  ) -> MissionRecord {
    let day = CalendarDay(daysSinceEpoch: Int32(20_000 + number))
    let parameters = MissionParameters(
      source: source, dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"])
    var record = MissionRecord(
      id: .numbered(number), parameters: parameters, status: .queued, checkpoint: checkpoint,
      createdAt: Timestamp(milliseconds: 0))
    (record.worker, record.jobID, record.hasUnansweredStart) = (worker, jobID, hasUnansweredStart)
    record.crashes = crashes
    if checkpoint > .scrape { (record.adsCount, record.size, record.sha256) = (3, 100, "aa") }
    return record
  }
}

extension JobLook {
  static let done = JobLook.completed(ScrapedResult(adsCount: 3, size: 100, sha256: "aa"))
}
