import MissionCore

/// Decides, for a whole run, which mission does what next: events in, effects out.
///
/// It gives slots to missions, shares workers' sessions and proxies among them, holds breakers and
/// stops. The rules of one mission are `MissionMachine`'s, those of a session `SessionMachine`'s. It does
/// no I/O and has no clock, so that a simulated world can drive it (one thread at a time).
public final class Scheduler {
  let policy: RunPolicy
  let missionMachine: MissionMachine
  let sessionMachine: SessionMachine
  var random: SeededRandom
  var proxies: ProxyPool

  var lanes: [Lane]
  let laneIndex: [String: Int]
  /// Every mission in memory: in a slot, waiting for a retry, or claimed and not started.
  var missions: [MissionID: Entry] = [:]
  /// Missions in a slot.
  var inFlight = 0
  var queue = CandidateQueue()
  var holds: [String: [MissionID]] = [:]
  var cancelledElsewhere: Set<MissionID> = []

  var isClaiming = false
  var isQueueExhausted = false
  var isStopping = false
  /// `POST /scrape` starts no more: no worker or no proxy is left.
  var isScrapingClosed = false
  var isFinishing = false
  var hasFinished = false
  var mayLoad = true
  var mayUpload = true
  var uploadsNotBefore: Duration = .zero
  var toldStatuses: Set<String> = []
  var outcome = RunOutcome()

  // The turn under way.
  var now: Duration = .zero
  var wall = Timestamp(milliseconds: 0)
  var effects: [Effect] = []
  var writes: [JournalWrite] = []
  var commits: [Ticket] = []

  /// Counts of this run, for the progress view only; reports take theirs from the journal.
  public internal(set) var progress = RunProgress()

  /// - Parameter adoptable: missions with a job id or an unanswered start from earlier runs.
  public init(
    policy: RunPolicy, workers: [SessionState], proxies: ProxyPool, adoptable: [MissionRecord], seed: UInt64
  ) {
    self.policy = policy
    missionMachine = MissionMachine(policy: policy)
    sessionMachine = SessionMachine(policy: policy)
    random = SeededRandom(seed: seed)
    self.proxies = proxies
    lanes = workers.map { Lane(state: $0) }
    laneIndex = Dictionary(uniqueKeysWithValues: workers.enumerated().map { ($1.worker, $0) })
    isScrapingClosed = workers.isEmpty
    outcome.hasNoWorker = workers.isEmpty
    adopted = adoptable
  }

  /// Missions to be taken up before any other, at the first turn.
  private var adopted: [MissionRecord]

  /// Handles what has happened since the last turn and says what to do now.
  public func turn(_ events: [SchedulerEvent], now: Duration, wall: Timestamp) -> [Effect] {
    guard !hasFinished else { return [] }
    self.now = now
    self.wall = wall
    adoptAll()
    for event in events { handle(event) }
    fillSlots()
    finishIfDone()
    return takeEffects()
  }

  private func takeEffects() -> [Effect] {
    var taken: [Effect] = []
    swap(&taken, &effects)
    if !writes.isEmpty {
      // First, so that the journal works while the rest is carried out.
      taken.insert(.journal(writes, commits), at: 0)
      writes = []
      commits = []
    }
    return taken
  }

  private func handle(_ event: SchedulerEvent) {
    switch event {
    case .mission(let ticket, let event): deliver(event, to: ticket)
    case .session(let ticket, let event): deliver(event, to: ticket)
    case .journaled(let tickets): for ticket in tickets { deliver(.journaled, to: ticket) }
    case .claimed(let records, let isLast): claimed(records, isLast: isLast)
    case .timerFired(let key): timerFired(key)
    case .stopRequested(let reason): stop(reason)
    case .cancelRequested(let ids): cancel(ids)
    case .broke(let failure): breakOff(failure)
    }
  }

  private func timerFired(_ key: TimerKey) {
    switch key {
    case .mission(let ticket): deliver(.timerFired, to: ticket)
    case .session(let ticket): deliver(.timerFired, to: ticket)
    case .retry(let id): if let entry = missions[id], !entry.isInSlot { queue.appendRetry(entry.state) }
    case .graceOver: finish()
    }
  }

  /// Jobs of earlier runs come before everything else: they run, and are paid for, already.
  private func adoptAll() {
    guard !adopted.isEmpty else { return }
    let records = adopted
    adopted = []
    for record in records {
      let entry = Entry(MissionState(record))
      missions[record.id] = entry
      guard let worker = record.worker, let lane = laneIndex[worker], !lanes[lane].state.isSetAside else {
        forgetJob(of: entry)
        queue.appendRetry(entry.state)
        continue
      }
      if record.hasUnansweredStart, record.jobID == nil {
        holds[worker, default: []].append(record.id)
        drive(lane: lane, .unknownJobFound)
      } else {
        entry.isGranted = true
        drive(lane: lane, .jobAdopted)
        give(slotTo: entry, worker: worker)
      }
    }
  }

  func forgetJob(of entry: Entry) {
    entry.state.forgetJob()
    write(.mission(MissionTransition(mission: entry.state.id, change: .jobForgotten, events: [], at: wall)))
  }

  func write(_ write: JournalWrite) { writes.append(write) }
}

/// A mission in memory.
final class Entry {
  var state: MissionState
  var serial: UInt32 = 0
  var isInSlot = false
  /// It uses its worker's session, so its release is one user less.
  var isGranted = false

  init(_ state: MissionState) { self.state = state }

  var ticket: Ticket { Ticket(mission: state.id, serial: serial) }
}

/// A worker and its session.
struct Lane {
  var state: SessionState
  var serial: UInt32 = 0
}
