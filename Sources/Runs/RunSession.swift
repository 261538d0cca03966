import Configuration
import Engine
import Failpoints
import Journal
import MissionCore
import Ports
import Report
import Synchronization
import Threads

/// One run from the lock to the report.
struct RunSession {
  let plan: RunPlan
  let context: RunContext
  let audience: any RunAudience
  let runID: String
  let seed: UInt64
  let stops: StopHandler
  let ending: RunEnding

  private var redactor: Redactor { Redactor(secrets: plan.configuration.secrets) }

  func run(_ files: MissionFileChoice, intake: MissionIntake) throws(CommandFailure) -> ExitCode {
    var intake = intake
    let startedAt = context.now()
    let state = try RunState.open(plan, at: startedAt)
    defer { state.claim.release() }
    if let notice = state.claim.notice { context.log.warning(notice) }
    ControlServer.removeSocket(journalPath: plan.journalPath)
    try ReportPlaces.prepare(
      folder: plan.reportsFolder, runID: runID, journalPath: plan.journalPath, context)
    do throws(JournalError) {
      var record = RunRecord(id: runID, startedAt: startedAt)
      record.shard = plan.options.part
      try state.journal.beginRun(record)
    } catch { throw CommandFailure(error) }
    tellOfShards()
    do throws(CommandFailure) {
      let (selection, rule, begun) = try choose(files, &intake, state, at: startedAt)
      let problems = intake.problems
      tell(selection, begun, isEveryFileRead: intake.refusedFiles == 0)
      let reports = try RunReports(
        plan: plan, runID: runID, selected: selection.selected, inputs: problems, advice: begun,
        context: context, audience: audience, ending: ending, journal: state.journal)
      try reports.writeInterim()
      ending.started(RunRecord(id: runID, startedAt: startedAt), selected: selection.selected)
      tellBegin(selected: selection.selected)
      let outcome = try drive(state, selected: selection.selected, reports: reports)
      return try conclude(outcome, state, reports, hasInputErrors: problems.count > 0) {
        counts, isBlocked throws(JournalError) in
        var advice = begun
        advice.next = steps(selection).afterRun(
          left: counts.left, failures: try state.journal.failuresToRepeat(run: runID, rule),
          isBlocked: isBlocked, hasRefusedRows: problems.count > 0)
        return advice
      }
    } catch {
      breakOff(error, state)
      throw error
    }
  }

  /// Brings the files into the journal and chooses the missions of the run; answers what was chosen, by which rule,
  /// and what a report can say of it while the run works.
  private func choose(
    _ files: MissionFileChoice, _ intake: inout MissionIntake, _ state: RunState, at startedAt: Timestamp
  ) throws(CommandFailure) -> (Selection, SelectionRule, RunAdvice) {
    do {
      audience.noteReady()
      let choosesNew = plan.options.only.isEmpty && plan.rule(only: []).takesAllListed
      try intake.take(files, into: state.journal, runID: runID, at: startedAt, choosesNew: choosesNew) {
        !stops.isStopping
      }
      let resumed = try state.recover(runID: runID, at: startedAt)
      if resumed.count > 0 {
        let missions = resumed.count == 1 ? "1 mission" : "\(resumed.count) missions"
        context.log.info("resuming \(missions) that an earlier run left in progress")
      }
      let stopRules = stops
      let rule = plan.rule(only: try resolve(state.journal.path))
      let selection = try state.journal.select(run: runID, rule, at: startedAt) { !stopRules.isStopping }
      var advice = steps(selection).advice
      advice.divided = dividedShares
      if selection.failedEarlier > 0 {
        advice.failedEarlier = try state.journal.failedEarlier(run: runID, rule, limit: RunAdvice.mostNamed)
      }
      Failpoint.reach("run.select.after")
      try state.giveUp(resumed.deadly, runID: runID)
      try state.journal.setRunCounts(runID, rejectedRows: intake.rejectedRows)
      return (selection, rule, advice)
    } catch { throw CommandFailure(wrapping: error) }
  }

  /// Writes down that and why the run did not come to its end. The cause is told already; what cannot be written now
  /// changes nothing, the next run finds the run as if it had been killed.
  private func breakOff(_ cause: CommandFailure, _ state: RunState) {
    let end: RunEnd = cause.exitCode == .stoppedEarly ? .stopped : .failed
    do {
      let reader = try JournalReader(path: plan.journalPath)
      // What could not write a report at its end has ended all the same.
      guard try reader.run(id: runID)?.finishedAt == nil else { return }
      try state.journal.endRun(
        runID, exitCode: cause.exitCode.number, ended: end, at: context.now())
      var circumstances = ReportCircumstances(now: context.now())
      circumstances.commandSuffix = context.commandSuffix
      circumstances.advice = steps(Selection()).advice
      try ResultsFile.write(
        to: ResultsFile.path(inFolder: plan.reportsFolder, runID: runID), runID: runID, from: reader,
        circumstances)
    } catch { context.log.debug("the end of the run could not be written down: \(error)") }
  }

  private func steps(_ selection: Selection) -> NextSteps {
    NextSteps(options: plan.options, configPath: context.configPath, selection: selection)
  }

  /// What the run does not choose and a person should know of.
  private func tell(_ selection: Selection, _ advice: RunAdvice, isEveryFileRead: Bool) {
    if selection.failedEarlier > 0 {
      let named = advice.failedEarlier.prefix(3).map { "\($0.id) (\($0.errorCode?.rawValue ?? ""))" }
      let more = selection.failedEarlier > named.count ? " …" : ""
      let names = named.joined(separator: ", ") + more
      context.log.warning(
        selection.failedEarlier == 1
          ? "1 listed mission stays FAILED from an earlier run: \(names)"
          : "\(selection.failedEarlier) listed missions stay FAILED from earlier runs: \(names)")
    }
    guard selection.unlisted > 0 else { return }
    var options = plan.options
    (options.includesUnlisted, options.retriesFailed, options.limit) = (true, false, nil)
    let command = RunCommandLine.text(options, configPath: context.configPath)
    let files = isEveryFileRead ? "none of the files" : "none of the files that could be read"
    context.log.warning(
      selection.unlisted == 1
        ? "1 unfinished mission is in \(files) and left alone; \(command) takes it too"
        : "\(selection.unlisted) unfinished missions are in \(files) and left alone; \(command) takes them too"
    )
  }

  /// `--only` prefixes as ids.
  private func resolve(_ journalPath: String) throws(CommandFailure) -> [MissionID] {
    guard !plan.options.only.isEmpty else { return [] }
    return try MissionLookup.ids(of: plan.options.only, journalPath: journalPath)
  }

  private func drive(
    _ state: RunState, selected: Int, reports: RunReports
  ) throws(CommandFailure) -> RunOutcome {
    guard selected > 0 else {
      // Puts in order what an earlier run could not: it may have died when all was done but this.
      state.spool.close()
      return RunOutcome()
    }
    let mailbox = Queue<SchedulerEvent>()
    audience.noteWork(total: selected)
    let parts = try RunComposition(plan: plan, context: context, redactor: redactor)
      .parts(runID: runID, journal: state.journal, spool: state.spool) {
        mailbox.push(.broke($0))
      }
    try requireStore(parts.store)
    let ledger = try askLedger(state, parts)
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
    var outcome = runner.run(every: .milliseconds(125)) { scheduler in
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
    audience.finishWork()
    if let obstacle = ledger.obstacle { outcome.add(obstacle) }
    let isWorkOver = outcome.stop == nil || outcome.stop == .drain
    if isWorkOver, outcome.failure == nil { parts.close() } else { parts.leave() }
    return outcome
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
      return Scheduler(
        policy: policy, runID: runID, sources: scheduled, paceStarts: try state.journal.paceStarts(),
        tellsRoutine: context.log.showsRoutine, adoptable: adoptable, notChosen: notChosen, seed: seed)
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

  private func conclude(
    _ outcome: RunOutcome, _ state: RunState, _ reports: RunReports, hasInputErrors: Bool,
    advise: (RunCounts, _ isBlocked: Bool) throws(JournalError) -> RunAdvice
  ) throws(CommandFailure) -> ExitCode {
    stops.endWork()
    // A journal that broke is not asked for a report; the results file of the last ten seconds stays.
    if let failure = outcome.failure {
      throw CommandFailure(failure.exitCode, failure.message)
    }
    let counts = try reports.counts()
    if counts.left > 0, outcome.stop == nil { try tellUndeclared() }
    Failpoint.reach("run.end.before")
    let isUnwanted = try plan.options.failsOnSuspicious ? reports.suspicious() > 0 : false
    var code = RunExit.code(
      outcome: outcome, counts: counts, hasInputErrors: hasInputErrors, hasUnwanted: isUnwanted)
    var failure: CommandFailure?
    // Looked at once more, so that journal, file and exit code say the same.
    do throws(CommandFailure) { try ReportPlaces.require(plan.options) } catch {
      failure = error
      code = ExitCode.winner(of: [code, error.exitCode])
    }
    let end = RunExit.end(outcome: outcome, counts: counts)
    let advice: RunAdvice
    do throws(JournalError) { advice = try advise(counts, !outcome.breakers.isEmpty) } catch {
      throw CommandFailure(error)
    }
    try endRun(state.journal, code, end)
    Failpoint.reach("run.end.after")
    let told = try reports.writeFinal(exitCode: code, advice: advice)
    failure = failure ?? told.failure
    if let failure, failure.exitCode != code {
      code = ExitCode.winner(of: [code, failure.exitCode])
      try endRun(state.journal, code, end)
    }
    ending.note(told.summary, details: told.text)
    tellEnd(told.summary, code)
    Failpoint.reach("run.report.after")
    let answered = try account(for: code, end, state, reports, advice)
    // Before the journal's lock: who gets that finds the spool free.
    state.claim.release()
    state.journal.close()
    if let failure { throw failure }
    return answered
  }

  /// Missions that no run can take up, because nothing is configured that would do their work.
  private func tellUndeclared() throws(CommandFailure) {
    guard let declared = plan.configuration.sources?.map(\.name) else { return }
    do throws(JournalError) {
      let reader = try JournalReader(path: plan.journalPath)
      for (source, missions) in try reader.left(ofRun: runID, namingOtherThan: declared) {
        let named = UntrustedText.clean(source, limit: 64)
        context.log.warning(
          missions == 1
            ? "1 mission is left: its source \(named) is not declared in sources; declare it, or cancel the mission"
            : "\(missions) missions are left: their source \(named) is not declared in sources; declare it, or cancel them"
        )
      }
    } catch { throw CommandFailure(error) }
  }

  /// The answer is written before the run says that it ended well: when it cannot be, journal and report say so too.
  private func account(
    for code: ExitCode, _ end: RunEnd, _ state: RunState, _ reports: RunReports, _ advice: RunAdvice
  ) throws(CommandFailure) -> ExitCode {
    stops.note(code)
    guard let failure = audience.answerFailure() else { return code }
    let told = ExitCode.winner(of: [code, failure.exitCode])
    guard told != code else { return code }
    try endRun(state.journal, told, end)
    try reports.writeAgain(exitCode: told, advice: advice)
    return told
  }

  private func endRun(_ journal: Journal, _ code: ExitCode, _ end: RunEnd) throws(CommandFailure) {
    do throws(JournalError) {
      try journal.endRun(runID, exitCode: code.number, ended: end, at: context.now())
    } catch { throw CommandFailure(error) }
  }
}
