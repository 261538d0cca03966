import Engine
import MissionCore

/// Watches every effect and every process for what must never happen.
struct SimulationWatch {
  var violations: [String] = []
  /// Cancelled by the person in this process: nothing new may begin for them.
  var cancelled: Set<MissionID> = []
  /// A breaker was told to the scheduler.
  var isDestinationClosed = false
  var isStoreClosed = false
  /// The job each mission counts on, as soon as the scheduler has had it written.
  private var knownJobs: [MissionID: String] = [:]

  mutating func beginProcess(_ journal: SimulatedJournal) {
    (cancelled, isDestinationClosed, isStoreClosed) = ([], false, false)
    // A FAILED mission keeps its job id for the record; the job is nobody's any more.
    knownJobs = journal.records.compactMapValues {
      $0.checkpoint == .scrape && !$0.status.isFinished ? $0.jobID : nil
    }
  }

  mutating func see(_ effect: Effect, in world: SimulatedWorld) {
    switch effect {
    case .journal(let writes, _): for write in writes { see(write, in: world) }
    case .start(let ticket, let lane, _): requested(ticket.mission, lane.lane, in: world)
    case .cancel(_, let lane, let job): world.workers[lane.lane]!.giveUp { id, _ in id == job.id }
    case .verifyLedger:
      if isDestinationClosed { violations.append("the ledger is asked although the destination refused") }
    case .load(let load):
      begins(load.ticket.mission, "a load")
      if isDestinationClosed { violations.append("a load begins although the destination refused") }
    case .upload(let ticket, _, _, _):
      begins(ticket.mission, "an upload")
      if isStoreClosed { violations.append("an upload begins although the store refused") }
    default: break
    }
  }

  private mutating func see(_ write: JournalWrite, in world: SimulatedWorld) {
    guard case .mission(let transition) = write else { return }
    let id = transition.mission
    let isTold = transition.events.contains(where: Self.isDisowned)
    if isTold { world.counts.repeatedJobs += 1 }
    // Forgotten without a word: while the step under way is waited for, the process may die before it is told.
    if isTold || (transition.change == .jobForgotten && transition.events.isEmpty) {
      for name in world.workerNames { world.workers[name]!.disown(id) }
    }
    switch transition.change {
    case .scrapeStarting:
      if let job = knownJobs[id] { violations.append("\(id) starts anew although \(job) is its job") }
    case .scrapeStarted(let jobID, _, _): knownJobs[id] = jobID
    case .jobForgotten, .retryQueued, .failed, .cancelled, .scrapeCompleted: knownJobs[id] = nil
    case .scrapeDiscarded:
      if world.spool[id] != nil { violations.append("\(id) is scraped again although its bytes are spooled") }
    default: break
    }
  }

  private static func isDisowned(_ event: JournalEvent) -> Bool {
    event.details.contains { detail in
      if let text = detail.value.text { text.hasSuffix("to two missions at once") } else { false }
    }
  }

  private mutating func begins(_ mission: MissionID, _ what: String) {
    if cancelled.contains(mission) {
      violations.append("\(what) of \(mission) begins after it was cancelled")
    }
  }

  /// No job whose id was journaled is requested twice unless it ended badly or was let go of.
  private mutating func requested(_ mission: MissionID, _ worker: String, in world: SimulatedWorld) {
    begins(mission, "a job")
    if world.spool[mission] != nil {
      violations.append("\(mission) is scraped again although its bytes are there")
    }
    if world.journal.records[mission]!.checkpoint > .scrape {
      violations.append("\(mission) is scraped past SCRAPE")
    }
    for other in world.workers.values {
      for (id, job) in other.jobs
      where job.mission == mission && job.outcome == .completed && !job.isGivenUp && !job.isDisowned {
        let journaled = JournaledJob(worker: other.name, id: id, mission: mission)
        guard world.journal.journaledJobs.contains(journaled) else { continue }
        violations.append("\(mission) is requested on \(worker) although \(other.name) has its \(id)")
      }
    }
  }

  /// A session is not ended under a job that its mission counts on. A mission that keeps bringing the process
  /// down comes last, and its job's session may be needed before.
  mutating func sessionEnds(_ worker: String, in world: SimulatedWorld) {
    for (id, job) in world.workers[worker]!.jobs where job.endsAt > world.now && !job.isGivenUp {
      let journaled = JournaledJob(worker: worker, id: id, mission: job.mission)
      guard knownJobs[job.mission] == id, world.journal.journaledJobs.contains(journaled),
        world.journal.records[job.mission]!.crashes < Recovery.deferredFrom
      else { continue }
      violations.append("the session of \(worker) is ended under \(id)")
    }
  }

  mutating func checkProcess(_ outcome: RunOutcome, _ journal: SimulatedJournal) {
    guard outcome.stop == nil, outcome.failure == nil else { return }
    let isExcused = !outcome.breakers.isEmpty || outcome.hasNoLane
    for record in journal.records.values where !record.status.isFinished {
      if !isExcused {
        violations.append("\(record.id) is left \(record.status) at \(record.checkpoint) for no reason")
      }
      if cancelled.contains(record.id) {
        violations.append("\(record.id) was cancelled and is \(record.status)")
      }
      if record.status == .running { violations.append("\(record.id) is left RUNNING") }
      if record.checkpoint > .scrape, outcome.breakers.isEmpty {
        violations.append("\(record.id) needs no worker and is left at \(record.checkpoint)")
      }
    }
  }

  /// Invariants I2, I3, I4 and I6 of the specification's fault table.
  mutating func checkEnd(_ world: SimulatedWorld) {
    violations += world.journal.violations
    for record in world.journal.records.values { check(record, world) }
    for worker in world.workers.values where worker.mostLiveJobs > worker.capacity {
      violations.append("\(worker.name) ran \(worker.mostLiveJobs) of \(worker.capacity) jobs")
    }
  }

  private mutating func check(_ record: MissionRecord, _ world: SimulatedWorld) {
    func require(_ holds: Bool, _ what: @autoclosure () -> String) {
      if !holds { violations.append("\(record.id) \(what())") }
    }
    let id = record.id
    let isLoaded = world.ledger[id] != nil
    require(record.status.isFinished, "is left \(record.status) at \(record.checkpoint)")
    require(record.attempts <= 1 + world.policy.maxRetries, "made \(record.attempts) attempts")
    let isKnowable = world.taken[id].map { world.answered.contains($0) } ?? true
    require(
      record.sha256 == nil || record.sha256 == "sha-\(id)" || !isKnowable, "has another mission's data")
    if record.status == .done, !world.touched.contains(id) {
      require(world.ledger[id] == record.sha256, "is DONE without its rows")
      require(world.objects[id] == record.sha256, "is DONE without its object")
    } else if record.status == .done, !world.gaveUp.contains(id) {
      require(
        isLoaded && world.objects[id] == world.ledger[id], "is DONE with rows and object of two scrapes")
    }
    require(record.status != .done || world.spool[id] == nil, "is DONE and still spooled")
    let isExcused = record.status != .done && world.lostRows.contains(id)
    require(record.checkpoint != .s3 || isLoaded || isExcused, "is past DB without rows")
    require(world.objects[id] == nil || isLoaded || isExcused, "has an object without rows")
    let isUsedUp = record.errorCode.map {
      [.sessionRetriesUsedUp, .jobRetriesUsedUp, .destinationRetriesUsedUp].contains($0)
    }
    require(
      isUsedUp != true || (record.errorCause != nil && record.retryCount > 0), "used up retries it never made"
    )
    require(!(record.status == .failed && record.errorCode == nil), "FAILED without a code")
    require(
      record.errorCode != .sessionRetriesUsedUp || !world.sessionPolicy.usesProxies || record.proxy != nil,
      "does not name the proxy of its latest attempt")
    let completions = world.journal.histories[id, default: []].filter { $0 == .completed }.count
    require(completions == (record.status == .done ? 1 : 0), "has \(completions) COMPLETED events")
  }
}
