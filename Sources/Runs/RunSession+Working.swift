import Engine
import Journal
import MissionCore
import Ports
import Report
import Threads

// The missions of the run, from the first to the last.
extension RunSession {
  func drive(
    _ state: RunState, selected: Int, reports: RunReports
  ) throws(CommandFailure) -> RunOutcome {
    guard selected > 0 else {
      // Puts in order what an earlier run could not: it may have died when all was done but this.
      state.spool.close()
      return RunOutcome()
    }
    let mailbox = Queue<SchedulerEvent>()
    audience.noteWork(total: selected, journal: try standing())
    let parts = try RunComposition(plan: plan, context: context, redactor: redactor)
      .parts(runID: runID, journal: state.journal, spool: state.spool) {
        mailbox.push(.broke($0))
      }
    try requireStore(parts.store)
    let ledger = try askLedger(state, parts, selected: selected)
    stops.beginWork(mailbox)
    defer { stops.endWork() }
    if ledger.isClosed {
      audience.finishWork()
      parts.leave()
      return RunOutcome(breakers: ledger.obstacle.map { [$0] } ?? [])
    }
    try serveCommands(state, mailbox)
    defer { ControlServer.stop(journalPath: plan.journalPath) }
    let scheduler = try scheduler(state, parts.sources, selected: selected)
    let clock = RunClock(monotonic: { .now }, wall: context.now)
    let runner = Runner(
      scheduler: scheduler, mailbox: mailbox,
      handler: RunEffects(parts: parts, mailbox: mailbox, heldBack: ledger.heldBack),
      clock: clock)
    let stopwatch = Moment.stopwatch()
    var isTimeUp = false
    // Most of what the run decides begins or ends a request.
    var outcome = parts.http.lend(to: mailbox) { wait in
      runner.run(every: .milliseconds(125), waitingBy: wait) { scheduler in
        let elapsed = stopwatch()
        audience.show(scheduler, elapsed)
        reports.writeInterimWhenDue()
        if let limit = plan.options.maxDuration, elapsed >= limit, !isTimeUp {
          isTimeUp = true
          mailbox.push(.stopRequested(.maxDuration))
          audience.noteTimeUp(limit, drains: plan.options.drains)
          stops.noteTimeIsUp()
        }
      }
    }
    audience.finishWork()
    if let obstacle = ledger.obstacle { outcome.add(obstacle) }
    let isWorkOver = outcome.stop == nil || outcome.stop == .drain
    if isWorkOver, outcome.failure == nil { parts.close() } else { parts.leave() }
    return outcome
  }

  /// How the whole journal stands.
  private func standing() throws(CommandFailure) -> StatusCounts {
    do throws(JournalError) { return try JournalReader(path: plan.journalPath).counts() } catch {
      throw CommandFailure(error)
    }
  }

  /// How many missions the run may start on a lane at once. Lanes without sessions are as they are.
  ///
  /// None on a worker that `--worker` does not name, where it only takes over what an earlier run started. And none
  /// where jobs may still run of missions which this run did not choose (`--only`, `--from` …): using that worker
  /// would end its session, and a scrape that is paid for with it.
  private func capacity(of lane: SourceLane, in part: RunSource, _ notChosen: [MissionRecord]) -> Int {
    guard part.source.sessions != nil else { return lane.capacity }
    guard plan.workers.contains(where: { $0.name == lane.name }) else { return 0 }
    let others = notChosen.filter { record in
      record.worker == lane.name && part.routes.contains { $0.missions.contains(record.parameters.source) }
    }
    guard let other = others.first else { return lane.capacity }
    context.log.warning(
      "\(lane.name) is left alone: it may still run mission \(other.id), which this run does not choose; "
        + "a run that chooses it takes its result over")
    return 0
  }

  private func scheduler(
    _ state: RunState, _ sources: [RunSource], selected: Int
  ) throws(CommandFailure) -> Scheduler {
    var policy = plan.policy
    // The report of a large run needs more of the five seconds that a stop may take.
    if selected > ResultsFile.mostWhole { policy.stopGrace = min(policy.stopGrace, .milliseconds(2500)) }
    do throws(JournalError) {
      let kept = try keptSessions(state.journal)
      let notChosen = try state.journal.notChosenWithJob()
      let scheduled = sources.map { part in
        var lanes = part.source.lanes
        for index in lanes.indices { lanes[index].capacity = capacity(of: lanes[index], in: part, notChosen) }
        return ScheduledSource(
          name: part.name, lanes: lanes, machine: part.source.sessions?.machine(for: lanes, resuming: kept),
          routes: part.routes)
      }
      let adoptable = try state.journal.adoptable()
      let zone = plan.configuration.timeZone
      return Scheduler(
        policy: policy, runID: runID, sources: scheduled, paceStarts: try state.journal.paceStarts(),
        dayOf: { $0.day(in: zone) }, tellsRoutine: context.log.showsRoutine, selected: selected,
        adoptable: adoptable, notChosen: notChosen, seed: seed)
    } catch { throw CommandFailure(error) }
  }

  /// What the journal remembers of earlier runs' sessions and of proxies.
  private func keptSessions(_ journal: Journal) throws(JournalError) -> KeptSessions {
    KeptSessions(
      sessions: try journal.workerSessions().map {
        .init(
          lane: $0.worker, sessionID: $0.sessionID, proxy: $0.proxy, served: $0.served,
          isTainted: $0.isTainted)
      },
      proxies: try journal.proxies().map {
        .init(server: $0.server, failures: $0.recentFailures, lastUsedAt: $0.lastUsedAt)
      })
  }

  /// Commands of other processes that want something changed while this run holds the journal.
  private func serveCommands(
    _ state: RunState, _ mailbox: Queue<SchedulerEvent>
  ) throws(CommandFailure) {
    let handler = ControlHandler(journal: state.journal, runID: runID, now: context.now) {
      mailbox.push(.cancelRequested($0))
    }
    do throws(ControlSocket.Failure) {
      try ControlServer.start(journalPath: plan.journalPath, handle: handler.handle)
    } catch {
      if error.isOfThread { throw CommandFailure(.internalError, error.message) }
      context.log.warning("cancel and retry cannot reach this run: \(error.message)")
    }
  }
}
