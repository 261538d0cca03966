import MissionCore
import Ports

/// Decides, for a whole run, which mission does what next: events in, effects out.
///
/// It gives slots to missions, each source's from a queue of its own, shares the sources' lanes among them, holds
/// breakers and stops. The rules of one mission are `MissionMachine`'s, those of a lane its source's `LaneMachine`'s. It
/// does no I/O and has no clock, so that a simulated world can drive it (one thread at a time).
package final class Scheduler {
  /// How long a note waits for a write that it can go along with: no longer than a person would notice.
  private static let longestNote = Duration.milliseconds(50)

  let policy: RunPolicy
  let runID: String
  /// Which day a moment is on, for missions that expire.
  let dayOf: @Sendable (Timestamp) -> CalendarDay
  /// Whether anybody wants to know of each mission's begin and end.
  let tellsRoutine: Bool
  /// Missions of the run; nil when nobody has counted them.
  let selected: Int?
  var random: SeededRandom
  /// For starts; of its own, so that what it gives out changes nothing else.
  var tokens: SeededRandom

  var sources: [(name: String, machine: any LaneMachine)]
  var routes: [RouteState]
  var lanes: [LaneState]
  let laneIndex: [LaneName: Int]
  /// Every mission in memory: in a slot, waiting for a retry, or claimed and not started.
  var missions: [MissionID: Entry] = [:]
  /// Missions in a slot.
  var inFlight = 0
  /// Missions whose last write is being journaled.
  var concluding = 0
  /// By lane: missions that wait until it is free of whatever may run there.
  var holds: [Int: [MissionID]] = [:]
  var cancelledElsewhere: Set<MissionID> = []
  /// Whose the jobs on the lanes are.
  var jobs = JobHolders()
  /// By lane, where it runs several jobs at once: missions whose start is under way, and those whose result waits
  /// for the answers.
  var starts: [Int: Set<MissionID>] = [:]
  var heldLooks: [Int: [MissionID]] = [:]

  var isStopping = false
  var isFinishing = false
  var hasFinished = false
  var mayLoad = true
  var mayUpload = true
  var uploadsNotBefore: Duration = .zero
  var toldStatuses: Set<String> = []
  var toldPaces: Set<String> = []
  var outcome = RunOutcome()

  // The turn under way.
  var now: Duration = .zero
  var wall = Timestamp(milliseconds: 0)
  var effects: [Effect] = []
  var writes: [JournalWrite] = []
  var commits: [Ticket] = []
  /// Whether `writes` has more than notes.
  private var hasUrgentWrites = false
  private var isNoteTimerSet = false

  /// Counts of this run, for the progress view only; reports take theirs from the journal.
  package internal(set) var progress = RunProgress()

  /// - Parameters:
  ///   - runID: what starts are announced for.
  ///   - paceStarts: by source, when its missions were started lately.
  ///   - dayOf: which day a moment is on.
  ///   - tellsRoutine: the begin and the end of each mission are told.
  ///   - selected: how many missions the run has, where that is known.
  ///   - adoptable: missions with a job id or an unanswered start from earlier runs.
  ///   - notChosen: the same of missions that are not this run's.
  package init(
    policy: RunPolicy, runID: String = "", sources: [ScheduledSource],
    paceStarts: [String: [Timestamp]] = [:],
    dayOf: @escaping @Sendable (Timestamp) -> CalendarDay = \.day, tellsRoutine: Bool = false,
    selected: Int? = nil, adoptable: [MissionRecord], notChosen: [MissionRecord] = [], seed: UInt64
  ) {
    self.policy = policy
    self.runID = runID
    self.dayOf = dayOf
    self.tellsRoutine = tellsRoutine
    self.selected = selected
    random = SeededRandom(seed: seed)
    tokens = SeededRandom(seed: ~seed)
    self.sources = sources.map { ($0.name, $0.machine) }
    var lanes: [LaneState] = []
    var routes: [RouteState] = []
    for (index, source) in sources.enumerated() {
      let first = lanes.count
      for (number, lane) in source.lanes.enumerated() {
        let name = LaneName(source: source.name, lane: lane.name)
        var state = LaneState(name: name, capacity: lane.capacity, source: index, number: number)
        if policy.adapts, lane.adapts, lane.capacity > 1 {
          state.adaptive = AdaptiveLimit(capacity: lane.capacity, together: lane.together)
        }
        lanes.append(state)
      }
      for route in source.routes {
        let own = source.lanes.indices.filter { route.lanes.contains(source.lanes[$0].name) }
        routes.append(
          RouteState(
            missions: route.missions, source: index, lanes: own.map { first + $0 },
            machine: MissionMachine(policy: policy, source: route.policy),
            pace: route.policy.pace.map {
              PaceWindow($0, starts: Self.sent(route.missions.only.flatMap { paceStarts[$0] } ?? []))
            }))
      }
    }
    laneIndex = Dictionary(lanes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.lanes = lanes
    self.routes = routes
    self.adoptable = adoptable
    self.notChosen = notChosen
    for route in routes.indices { self.routes[route].isClosed = !hasUsableLane(route) }
    outcome.hasNoLane = self.routes.allSatisfy(\.isClosed)
  }

  /// Starts of earlier runs were sent a little later than they were journaled; how much later is not known.
  private static func sent(_ starts: [Timestamp]) -> [Timestamp] {
    starts.map { Timestamp(milliseconds: $0.milliseconds + 1000) }
  }

  /// Missions that are taken up at the first turn; nil afterwards.
  var adoptable: [MissionRecord]?
  let notChosen: [MissionRecord]
  /// Jobs of missions that brought the process down again and again: taken up when nothing else is left.
  var adoptedLast: [MissionID] = []

  /// Handles what has happened since the last turn and says what to do now.
  package func turn(_ events: [SchedulerEvent], now: Duration, wall: Timestamp) -> [Effect] {
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
    if !writes.isEmpty, !hasUrgentWrites, !hasFinished { setNoteTimer() }
    var taken: [Effect] = []
    swap(&taken, &effects)
    guard hasUrgentWrites || (hasFinished && !writes.isEmpty) else { return taken }
    // First, so that the journal works while the rest is carried out.
    taken.insert(.journal(writes, commits), at: 0)
    writes = []
    commits = []
    hasUrgentWrites = false
    return taken
  }

  private func setNoteTimer() {
    guard !isNoteTimerSet else { return }
    isNoteTimerSet = true
    effects.append(.setTimer(.notes, at: now + Self.longestNote))
  }

  private func handle(_ event: SchedulerEvent) {
    switch event {
    case .mission(let ticket, let event): deliver(event, to: ticket)
    case .lane(let ticket, let event): deliver(event, to: ticket)
    case .journaled(let tickets): for ticket in tickets { deliver(MissionEvent.journaled, to: ticket) }
    case .claimed(let names, let records, let isLast): claimed(records, of: names, isLast: isLast)
    case .timerFired(let key): timerFired(key)
    case .stopRequested(let reason): stop(reason)
    case .cancelRequested(let ids): cancel(ids)
    case .broke(let failure): breakOff(failure)
    }
  }

  private func timerFired(_ key: TimerKey) {
    switch key {
    case .mission(let ticket): deliver(MissionEvent.timerFired, to: ticket)
    case .lane(let ticket): deliver(LaneEvent.timerFired, to: ticket)
    case .pace(let names):
      if let route = routes.firstIndex(where: { $0.missions == names }) { routes[route].paceTimer = nil }
    case .retry(let id): if let entry = missions[id] { enqueue(entry) }
    case .notes:
      isNoteTimerSet = false
      hasUrgentWrites = !writes.isEmpty
    case .graceOver: finish()
    }
  }

  func write(_ write: JournalWrite) {
    writes.append(write)
    hasUrgentWrites = true
  }

  /// Goes along with the next write, or alone after a while.
  func note(_ write: JournalWrite) { writes.append(write) }
}

/// A mission in memory.
final class Entry {
  var state: MissionState
  /// Index of the route that it takes.
  let route: Int
  var serial: UInt32 = 0
  var isInSlot = false
  /// Only its last write is under way; its slot is another's.
  var isConcluding = false
  /// When it first had a slot in this run.
  var began: Duration?
  /// It has a place on a lane of its route.
  var isOnLane = false
  /// When its latest start was counted for the pace of its source.
  var countedStart: Timestamp?
  /// It uses its lane, so its release is one user less.
  var isGranted = false
  /// The job that is taken for its own.
  var job: JobName?
  /// What a look at its job brought, and the starts whose answers may yet give the job to another mission.
  var heldLook: (event: MissionEvent, starts: Set<MissionID>)?

  init(_ state: MissionState, route: Int) {
    self.state = state
    self.route = route
  }

  var ticket: Ticket { Ticket(mission: state.id, serial: serial) }
}
