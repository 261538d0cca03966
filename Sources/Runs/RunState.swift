import Engine
import Failpoints
import Glibc
import HTTP
import Journal
import Kind
import MissionCore
import Ports
import Spool

/// The state folder of a run: lock, journal and spool, recovered from whatever an earlier run left.
struct RunState {
  let journal: Journal
  let spool: SpoolStore
  let claim: SpoolClaim

  /// Takes the lock first: a second run has written nothing when it is told so.
  static func journal(of plan: RunPlan) throws(JournalError) -> Journal {
    try Journal.open(path: plan.journalPath, busy: plan.configuration.execution.timeouts.busy)
  }

  /// The rest, once the journal is ours.
  static func open(_ plan: RunPlan, _ journal: Journal) throws(CommandFailure) -> RunState {
    do {
      let claim = try plan.claimSpool(of: journal)
      return RunState(
        journal: journal, spool: try SpoolStore(directory: claim.path), claim: claim)
    } catch { throw CommandFailure(wrapping: error) }
  }

  /// Missions that were RUNNING when a process died go back to the queue (SPEC 6), at DB when the spool has their result;
  /// then the spool loses what nobody needs. Answers which there were, and which are to be given up once the run has
  /// chosen its missions.
  func recover(
    _ plan: RunPlan, runID: String, at time: Timestamp
  ) throws(CommandFailure) -> (missions: [MissionRecord], deadly: [MissionTransition]) {
    do throws(JournalError) {
      let interrupted = try journal.interrupted()
      var deadly: [MissionTransition] = []
      var writes: [JournalWrite] = []
      for record in interrupted {
        let taken = try result(of: record, plan, at: time)
        if let taken { writes.append(.mission(taken)) }
        let hasPart = try spooling { () throws(SpoolError) in try spool.hasPart(record.id) }
        var change = Recovery.decide(record, isSpooling: hasPart || taken != nil)
        if case .failed(let code, _, _) = change {
          let events = [JournalEvent(.failed, [("error_code", .text(code.rawValue))])]
          deadly.append(MissionTransition(mission: record.id, change: change, events: events, at: time))
          change = .requeued(crashes: Recovery.failedFrom, deferred: true)
        }
        writes.append(
          .mission(MissionTransition(mission: record.id, change: change, events: [], at: time)))
      }
      Failpoint.reach("recovery.requeue.before")
      if !writes.isEmpty { try journal.write(writes, runID: runID) }
      Failpoint.reach("recovery.requeue.after")
      try sweepSpool()
      Failpoint.reach("recovery.sweep.after")
      try sweepWork()
      return (interrupted, deadly)
    } catch { throw CommandFailure(error) }
  }

  /// What is journaled of a result that the spool has and the journal does not; nil when there is none. One that would be
  /// scraped once more for being suspicious is not taken, for that has not begun.
  private func result(
    of record: MissionRecord, _ plan: RunPlan, at time: Timestamp
  ) throws(JournalError) -> MissionTransition? {
    guard let source = plan.configuration.policy(of: record.parameters.source),
      Recovery.awaitsResult(record, source),
      let result = try spooling({ () throws(SpoolError) in
        try spool.found(record.id, attempt: record.starts)
      })
    else { return nil }
    if source.quality.onSuspicious != .off,
      case .suspicious = try journal.judge(records: result.adsCount, of: record.id)
    {
      return nil
    }
    let machine = MissionMachine(policy: plan.policy, source: source)
    return machine.takingUp(result, of: record).map { change, events in
      MissionTransition(mission: record.id, change: change, events: events, at: time)
    }
  }

  /// Fails those that this run has chosen, so that they are its failures: in its report and in its exit code.
  func giveUp(_ deadly: [MissionTransition], runID: String) throws(CommandFailure) {
    guard !deadly.isEmpty else { return }
    do throws(JournalError) {
      let reader = try JournalReader(path: journal.path)
      var writes: [JournalWrite] = []
      for transition in deadly where try reader.mission(transition.mission)?.status == .queued {
        writes.append(.mission(transition))
      }
      if !writes.isEmpty { try journal.write(writes, runID: runID) }
    } catch { throw CommandFailure(error) }
  }

  private func sweepSpool() throws(JournalError) {
    let reader = try JournalReader(path: journal.path)
    var failure: JournalError?
    try spooling { () throws(SpoolError) in
      _ = try spool.sweep { mission in
        do throws(JournalError) { return try SpoolNeed.of(mission, reader).need } catch {
          failure = error
          return .result
        }
      }
    }
    if let failure { throw failure }
  }

  /// Of a mission that is not there any more, or needs no program and nothing of one.
  private func sweepWork() throws(JournalError) {
    let reader = try JournalReader(path: journal.path)
    try WorkFolder(root: WorkFolder.path(besides: journal.path)).sweep { (mission) throws(JournalError) in
      guard let status = try reader.mission(mission)?.status else { return false }
      return status != .done && status != .cancelled
    }
  }

  private func spooling<R>(_ body: () throws(SpoolError) -> R) throws(JournalError) -> R {
    do throws(SpoolError) { return try body() } catch {
      let path = journal.path + " (spool)"
      throw error.isDiskFailure
        ? .diskFails(path: path, reason: "\(error)") : .cannotWrite(path: path, reason: "\(error)")
    }
  }

  /// Said before the first request where it can be known: sockets, files and databases all need descriptors.
  static func raiseDescriptorLimit(for plan: RunPlan) throws(CommandFailure) {
    let concurrency = plan.policy.maxConcurrency
    let others = (plan.configuration.sources ?? []).filter { $0.value.workersUsed == .none }
    let ownPlaces = others.reduce(0) { $0 + ($1.value.basics.capacity ?? 1) }
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    let needed = rlim_t(descriptors(of: concurrency, withoutWorker: ownPlaces))
    guard limit.rlim_cur < needed else { return }
    guard limit.rlim_max >= needed else {
      throw CommandFailure(
        .cannotWrite,
        "\(concurrency) missions at once need \(needed) file descriptors, the limit is \(limit.rlim_max): "
          + "raise it (ulimit -n) or lower --max-concurrency")
    }
    limit.rlim_cur = min(limit.rlim_max, max(needed, 4096))
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// Each mission may hold a result; two more are for what brings it: a program's pipes, or a request and what it is written
  /// to. Requests share the connections, however many jobs workers have.
  ///
  /// - Parameter places: missions that run at once without a worker.
  static func descriptors(of concurrency: Int, withoutWorker places: Int) -> Int {
    concurrency + 2 * min(concurrency, CurlClient.mostConnections + places) + 64
  }
}
