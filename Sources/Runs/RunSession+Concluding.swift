import Engine
import Failpoints
import Journal
import MissionCore
import Report

// How it ended, in the journal, in the report and by the exit code alike.
extension RunSession {
  func conclude(
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
    // What was stopped has no time for it.
    if outcome.stop == nil { prune(state.journal) }
    // Before the journal's lock: who gets that finds the spool free.
    state.claim.release()
    state.journal.close()
    if let failure { throw failure }
    return answered
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
