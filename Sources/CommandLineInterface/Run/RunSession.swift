import Configuration
import Engine
import Failpoints
import Journal
import MissionCore
import Report
import Synchronization
import Threads

/// One run from the lock to the report.
struct RunSession {
  let plan: RunPlan
  let context: CommandContext
  let runID: String
  let seed: UInt64
  let stops: StopDesk
  let ending: RunEnding

  private var redactor: Redactor { Redactor(secrets: plan.configuration.secrets) }

  func run(files: [String], intake: MissionIntake) throws(CommandFailure) -> ExitCode {
    var intake = intake
    let startedAt = context.now()
    let state = try RunState.open(plan, redactor: redactor, at: startedAt)
    ControlServer.removeSocket(journalPath: plan.journalPath)
    let selected: Int
    do {
      try state.journal.beginRun(RunRecord(id: runID, startedAt: startedAt))
      context.service.ready(context.translated("reading the mission files"))
      try intake.take(files, into: state.journal, runID: runID, at: startedAt)
      let resumed = try state.recover(runID: runID, at: startedAt)
      if resumed.count > 0 {
        let missions = resumed.count == 1 ? "1 mission" : "\(resumed.count) missions"
        context.log.info("resuming \(missions) that an earlier run left in progress")
      }
      selected = try state.journal.select(
        run: runID, filter: plan.filter(only: try resolve(state.journal.path)), order: plan.options.order,
        limit: plan.options.limit, retryFailed: plan.options.retriesFailed, at: startedAt)
      Failpoint.reach("run.select.after")
      try state.giveUp(resumed.deadly, runID: runID)
      try state.journal.setRunCounts(runID, rejectedRows: intake.rejectedRows)
    } catch { throw CommandFailure(wrapping: error) }
    let reports = RunReports(
      plan: plan, runID: runID, inputs: intake.problems, context: context, ending: ending)
    try reports.prepareFolder()
    try reports.writeInterim()
    ending.started(RunRecord(id: runID, startedAt: startedAt), selected: selected)
    let outcome = try drive(state, selected: selected, reports: reports)
    return try conclude(outcome, state, reports, hasInputErrors: intake.problems.count > 0)
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
    let mailbox = Mailbox<SchedulerEvent>()
    let view = RunView(plan: plan, context: context, total: selected)
    let parts = try RunComposition(plan: plan, context: context, redactor: redactor)
      .parts(runID: runID, state: state, log: view.log)
    stops.beginWork(mailbox, view)
    defer { stops.endWork() }
    try serveCommands(state, mailbox)
    defer { ControlServer.stop(journalPath: plan.journalPath) }
    let scheduler = try scheduler(state)
    let clock = RunClock(monotonic: MonotonicClock.nanoseconds, wall: context.now)
    let runner = Runner(
      scheduler: scheduler, mailbox: mailbox, handler: RunEffects(parts: parts, mailbox: mailbox),
      clock: clock)
    let began = MonotonicClock.nanoseconds()
    var isTimeUp = false
    let outcome = runner.run(every: .milliseconds(125)) { scheduler in
      let elapsed: Duration = .nanoseconds(MonotonicClock.nanoseconds() - began)
      view.show(scheduler, elapsed)
      reports.writeInterimWhenDue()
      if let limit = plan.options.maxDuration, elapsed >= limit, !isTimeUp {
        isTimeUp = true
        mailbox.post(.stopRequested(.maxDuration))
        stops.noteTimeIsUp()
      }
    }
    view.finish()
    let isWorkOver = outcome.stop == nil || outcome.stop == .drain
    if isWorkOver, outcome.failure == nil { parts.close() } else { parts.leave() }
    return outcome
  }

  /// How many missions the run may start on a worker at once.
  ///
  /// None on a worker that `--worker` does not name, where it only takes over what an earlier run started. And none
  /// where jobs may still run of missions which this run did not choose (`--only`, `--from` …): using that worker
  /// would end its session, and a scrape that is paid for with it.
  private func capacity(of worker: Configuration.Worker, _ notChosen: [MissionRecord]) -> Int {
    guard plan.workers.contains(where: { $0.name == worker.name }) else { return 0 }
    guard let other = notChosen.first(where: { $0.worker == worker.name }) else { return worker.capacity }
    context.log.warning(
      "\(worker.name) is left alone: it may still run mission \(other.id), which this run does not choose; "
        + "a run that chooses it takes its result over")
    return 0
  }

  private func scheduler(_ state: RunState) throws(CommandFailure) -> Scheduler {
    do throws(JournalError) {
      let sessions = try state.journal.workerSessions()
      let notChosen = try state.journal.notChosenWithJob()
      let lanes = plan.configuration.activeWorkers.map { worker in
        let capacity = capacity(of: worker, notChosen)
        guard let session = sessions.first(where: { $0.worker == worker.name }) else {
          return SessionState(worker: worker.name, capacity: capacity)
        }
        return SessionState(
          worker: worker.name, capacity: capacity, sessionID: session.sessionID, proxy: session.proxy,
          served: session.served, isTainted: session.isTainted)
      }
      let records = try state.journal.proxies()
      let active = (plan.configuration.proxies ?? []).filter(\.isActive).map { proxy in
        let record = records.first { $0.server == proxy.server }
        return ProxyPool.Entry(
          server: proxy.server, failures: record?.failures ?? 0, lastUsedAt: record?.lastUsedAt)
      }
      let adoptable = try state.journal.adoptable()
      return Scheduler(
        policy: plan.policy, workers: lanes, proxies: ProxyPool(active), adoptable: adoptable, seed: seed)
    } catch { throw CommandFailure(error) }
  }

  /// Commands of other processes that want something changed while this run holds the journal.
  private func serveCommands(
    _ state: RunState, _ mailbox: Mailbox<SchedulerEvent>
  ) throws(CommandFailure) {
    let handler = ControlHandler(journal: state.journal, runID: runID, now: context.now) {
      mailbox.post(.cancelRequested($0))
    }
    do throws(ControlSocket.Failure) {
      try ControlServer.start(journalPath: plan.journalPath, handle: handler.handle)
    } catch {
      if error.isOfThread { throw CommandFailure(.internalError, error.message) }
      context.log.warning("cancel and retry cannot reach this run: \(error.message)")
    }
  }

  private func conclude(
    _ outcome: RunOutcome, _ state: RunState, _ reports: RunReports, hasInputErrors: Bool
  ) throws(CommandFailure) -> ExitCode {
    stops.endWork()
    // A journal that broke is not asked for a report; the results file of the last ten seconds stays.
    if let failure = outcome.failure {
      throw CommandFailure(ExitCode(rawValue: failure.exitCode) ?? .internalError, failure.message)
    }
    let counts = try reports.counts()
    Failpoint.reach("run.end.before")
    let code = RunExit.code(outcome: outcome, counts: counts, hasInputErrors: hasInputErrors)
    do throws(JournalError) {
      try state.journal.endRun(runID, exitCode: Int(code.rawValue), at: context.now())
    } catch { throw CommandFailure(error) }
    Failpoint.reach("run.end.after")
    let (summary, text) = try reports.writeFinal(exitCode: code)
    ending.note(summary, details: text)
    Failpoint.reach("run.report.after")
    let told = try account(for: code, state, reports)
    state.journal.close()
    return told
  }

  /// The answer is written before the run says that it ended well: when it cannot be, journal and report say so too.
  private func account(
    for code: ExitCode, _ state: RunState, _ reports: RunReports
  ) throws(CommandFailure) -> ExitCode {
    stops.note(code)
    context.terminal.errors.drainSent()
    guard let failure = context.terminal.outputFailure() else { return code }
    let told = ExitCode.winner(of: [code, failure.exitCode])
    guard told != code else { return code }
    do throws(JournalError) {
      try state.journal.endRun(runID, exitCode: Int(told.rawValue), at: context.now())
    } catch { throw CommandFailure(error) }
    try reports.writeAgain(exitCode: told)
    return told
  }
}
