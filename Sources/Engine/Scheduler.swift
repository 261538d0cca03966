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
  /// Missions whose last write is being journaled.
  var concluding = 0
  var queue = CandidateQueue()
  var holds: [String: [MissionID]] = [:]
  var cancelledElsewhere: Set<MissionID> = []
  /// Whose the jobs on the workers are.
  var jobs = JobHolders()
  /// By worker, where it runs several jobs at once: missions whose start is under way, and those whose result waits
  /// for the answers.
  var starts: [String: Set<MissionID>] = [:]
  var heldLooks: [String: [MissionID]] = [:]

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

  /// - Parameters:
  ///   - adoptable: missions with a job id or an unanswered start from earlier runs.
  ///   - notChosen: the same of missions that are not this run's.
  public init(
    policy: RunPolicy, workers: [SessionState], proxies: ProxyPool, adoptable: [MissionRecord],
    notChosen: [MissionRecord] = [], seed: UInt64
  ) {
    self.policy = policy
    missionMachine = MissionMachine(policy: policy)
    sessionMachine = SessionMachine(policy: policy)
    random = SeededRandom(seed: seed)
    self.proxies = proxies
    lanes = workers.map { Lane(state: $0) }
    laneIndex = Dictionary(uniqueKeysWithValues: workers.enumerated().map { ($1.worker, $0) })
    isScrapingClosed = !workers.contains(where: \.isUsable)
    outcome.hasNoWorker = isScrapingClosed
    self.adoptable = adoptable
    self.notChosen = notChosen
  }

  /// Missions that are taken up at the first turn; nil afterwards.
  private var adoptable: [MissionRecord]?
  private let notChosen: [MissionRecord]
  /// Jobs of missions that brought the process down again and again: taken up when nothing else is left.
  private var adoptedLast: [MissionID] = []

  /// Handles what has happened since the last turn and says what to do now.
  public func turn(_ events: [SchedulerEvent], now: Duration, wall: Timestamp) -> [Effect] {
    guard !hasFinished else { return [] }
    self.now = now
    self.wall = wall
    adoptAll()
    for event in events where !hasFinished { handle(event) }
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
    case .retry(let id): if let entry = missions[id] { enqueue(entry) }
    case .graceOver: finish()
    }
  }

  /// Jobs of earlier runs come before everything else: they run, and are paid for, already. Then sessions
  /// that may run a job nobody knows are ended, when the known ones in them have.
  private func adoptAll() {
    guard let records = adoptable else { return }
    adoptable = nil
    var unanswered: [(id: MissionID, worker: String, lane: Int)] = []
    let repeated = JobHolders.repeated(in: records + notChosen)
    disownRepeated(records + notChosen, of: repeated)
    for record in records {
      let entry = Entry(MissionState(record))
      missions[record.id] = entry
      let job = JobName(record)
      let isRepeated = job.map { repeated.contains($0) } ?? false
      if isRepeated { entry.state.forgetJob() }
      guard let worker = record.worker, let lane = laneIndex[worker] else {
        if !isRepeated { forgetJob(of: entry) }
        enqueue(entry)
        continue
      }
      if let job, !isRepeated { adopts(job, entry) }
      if isRepeated || record.jobID == nil {
        unanswered.append((record.id, worker, lane))
      } else if record.crashes >= Recovery.deferredFrom {
        adoptedLast.append(record.id)
      } else {
        adopt(entry, worker: worker, lane: lane)
      }
    }
    for found in unanswered {
      holds[found.worker, default: []].append(found.id)
      drive(lane: found.lane, .unknownJobFound)
    }
    for lane in lanes.indices where lanes[lane].state.phase == .inherited && lanes[lane].state.isTainted {
      drive(lane: lane, .unknownJobFound)
    }
  }

  private func adopt(_ entry: Entry, worker: String, lane: Int) {
    entry.isGranted = true
    drive(lane: lane, .jobAdopted)
    give(slotTo: entry, worker: worker)
  }

  /// The next of the jobs that wait until everything else is done.
  func adoptLast() {
    guard inFlight == 0, isQueueExhausted, queue.isEmpty, !adoptedLast.isEmpty,
      missions.count <= adoptedLast.count
    else { return }
    guard let entry = missions[adoptedLast.removeFirst()], entry.state.stage == .queued,
      entry.state.jobID != nil
    else { return adoptLast() }
    if let worker = entry.state.worker, let lane = laneIndex[worker], !lanes[lane].state.isSetAside {
      adopt(entry, worker: worker, lane: lane)
    } else {
      forgetJob(of: entry)
      enqueue(entry)
      fillSlots()
    }
  }

  func forgetJob(of entry: Entry) {
    entry.state.forgetJob()
    forgetHolder(entry)
    write(.mission(MissionTransition(mission: entry.state.id, change: .jobForgotten, events: [], at: wall)))
  }

  func write(_ write: JournalWrite) { writes.append(write) }
}

/// A mission in memory.
final class Entry {
  var state: MissionState
  var serial: UInt32 = 0
  var isInSlot = false
  /// Only its last write is under way; its slot is another's.
  var isConcluding = false
  /// It uses its worker's session, so its release is one user less.
  var isGranted = false
  /// The job on its worker that is taken for its own.
  var job: JobName?
  /// What a look at its job brought, and the starts whose answers may yet give the job to another mission.
  var heldLook: (event: MissionEvent, starts: Set<MissionID>)?

  init(_ state: MissionState) { self.state = state }

  var ticket: Ticket { Ticket(mission: state.id, serial: serial) }
}

/// A worker and its session.
struct Lane {
  var state: SessionState
  var serial: UInt32 = 0
}
