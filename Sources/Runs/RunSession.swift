import Configuration
import Failpoints
import Journal
import MissionCore
import Report

/// One run from the lock to the report.
struct RunSession {
  let plan: RunPlan
  let context: RunContext
  let audience: any RunAudience
  let runID: String
  let seed: UInt64
  let stops: StopHandler
  let ending: RunEnding

  var redactor: Redactor { Redactor(secrets: plan.configuration.secrets) }

  func run(_ files: MissionFileChoice, intake: MissionIntake) throws(CommandFailure) -> ExitCode {
    var intake = intake
    let startedAt = context.now()
    guard let state = try open() else { return .success }
    defer { state.claim.release() }
    if let notice = state.claim.notice { context.log.warning(notice) }
    var files = files
    if plan.options.isDue {
      guard let due = try due(state, at: startedAt) else {
        state.claim.release()
        state.journal.close()
        return .success
      }
      files = files.making(due)
    }
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
          isBlocked: isBlocked, hasRefusedRows: problems.count > 0,
          backfill: try BackfillStanding(JournalReader(path: plan.journalPath)))
        return advice
      }
    } catch {
      breakOff(error, state)
      throw error
    }
  }

  /// Nil when another run holds the journal and this one has no claim to it: what is due stays due.
  private func open() throws(CommandFailure) -> RunState? {
    let journal: Journal
    do throws(JournalError) { journal = try RunState.journal(of: plan) } catch {
      guard plan.options.isDue, case .heldByAnotherRun = error else { throw CommandFailure(error) }
      context.log.info("\(error)")
      context.log.info("what is due stays due")
      return nil
    }
    return try RunState.open(plan, journal)
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
      let resumed = try state.recover(plan, runID: runID, at: startedAt)
      LeftPrograms.end(of: resumed.missions) { context.log.warning($0) }
      if !resumed.missions.isEmpty {
        let count = resumed.missions.count
        let missions: Message = count == 1 ? "1 mission" : "\(count) missions"
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

  func steps(_ selection: Selection) -> NextSteps {
    NextSteps(options: plan.options, configPath: context.configPath, selection: selection)
  }

  /// `--only` prefixes as ids.
  private func resolve(_ journalPath: String) throws(CommandFailure) -> [MissionID] {
    guard !plan.options.only.isEmpty else { return [] }
    return try MissionLookup.ids(of: plan.options.only, journalPath: journalPath)
  }
}
