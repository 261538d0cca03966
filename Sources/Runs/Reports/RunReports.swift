import Files
import Journal
import MissionCore
import Report
import Threads

/// The results file, the metrics and the page while the run works, and file, summary and `--report` at its end.
/// All numbers come from the journal (SPEC 11).
final class RunReports: Sendable {
  /// What the end of a stopped run gives to missions that ended and are not in the file yet.
  private static let longestCatchingUp = Duration.milliseconds(800)

  private let plan: RunPlan
  private let runID: String
  private let inputs: InputProblems
  /// As long as the run works.
  private let advice: RunAdvice
  private let context: RunContext
  private let audience: any RunAudience
  private let ending: RunEnding
  private let journal: Journal
  /// Of a run that is too large to be written whole again and again.
  private let growing: GrowingResults?
  private let page: LivePage?
  private let writing = InterimWriting(interval: ReportPace.interval)

  /// - Parameter selected: how many missions the run has chosen.
  init(
    plan: RunPlan, runID: String, selected: Int, inputs: InputProblems, advice: RunAdvice,
    context: RunContext, audience: any RunAudience, ending: RunEnding, journal: Journal
  ) throws(CommandFailure) {
    self.plan = plan
    self.runID = runID
    self.inputs = inputs
    self.advice = advice
    self.context = context
    self.audience = audience
    self.ending = ending
    self.journal = journal
    var growing: GrowingResults?
    if selected > ResultsFile.mostWhole {
      do throws(JournalError) {
        try journal.followEnds(of: runID)
        growing = GrowingResults(
          path: ResultsFile.path(inFolder: plan.reportsFolder, runID: runID), runID: runID,
          ended: try JournalReader(path: plan.journalPath).failedNumbers(runID: runID))
      } catch { throw CommandFailure(error) }
    }
    self.growing = growing
    page = LivePage(plan: plan, runID: runID, inputs: inputs, context: context, growing: growing)
  }

  private var path: String { ResultsFile.path(inFolder: plan.reportsFolder, runID: runID) }

  /// Starts writing on threads of their own.
  func writeInterim() throws(CommandFailure) {
    do throws(ThreadFailure) {
      try page?.start()
      try writing.start { [self] in writeResults() }
    } catch { throw CommandFailure(.internalError, "the report cannot be written, \(error)") }
  }

  /// In the middle of its work a run does not end for a thread that it can do without for ten seconds.
  func writeInterimWhenDue() {
    do throws(ThreadFailure) {
      try page?.startWhenDue()
      try writing.startWhenDue { [self] in writeResults() }
    } catch { context.log.warning("the report could not be written: \(error)") }
  }

  private func writeResults() {
    journal.noteAlive(runID, at: context.now())
    var circumstances = circumstances
    circumstances.isLive = true
    do {
      let reader = try reader()
      if let growing {
        try growing.add(journal.takeEnds(), from: reader) { !writing.isStopped }
        try growing.sync()
        try ResultsFile.writeCounts(
          to: path, runID: runID, growing.account, circumstances, from: reader)
      } else {
        try ResultsFile.write(to: path, runID: runID, from: reader, circumstances)
      }
    } catch {
      context.log.warning("the report could not be written: \(CommandFailure(wrapping: error).message)")
    }
    ending.writeInterimMetrics()
  }

  func counts() throws(CommandFailure) -> RunCounts {
    do throws(JournalError) {
      guard let run = try reader().run(id: runID) else { throw .missing(what: "run \(runID)") }
      return run.counts
    } catch { throw CommandFailure(error) }
  }

  /// Missions of the run whose results are not trusted.
  func suspicious() throws(CommandFailure) -> Int {
    do throws(JournalError) { return try reader().suspicious(runID: runID) } catch {
      throw CommandFailure(error)
    }
  }

  /// What the end of a run told, and the first file that it could not write.
  struct Ending {
    let summary: RunSummary
    let text: String
    let failure: CommandFailure?
  }

  /// The file, the summary on standard output, and what `--report` asks for. An interim writing under way is waited
  /// for, so that it cannot replace the final file. The summary is shown whatever becomes of files.
  func writeFinal(exitCode: ExitCode, advice: RunAdvice) throws(CommandFailure) -> Ending {
    page?.stop()
    writing.stop()
    var circumstances = circumstances
    circumstances.advice = advice
    circumstances.exitCode = exitCode.number
    circumstances.isHurried = exitCode == .stoppedEarly
    var failure: CommandFailure?
    var summary: RunSummary?
    do throws(CommandFailure) { summary = try writeResults(circumstances) } catch { failure = error }
    // Without the file the journal is asked once more; when it does not answer either, that is what counts.
    let told: RunSummary
    if let summary { told = summary } else { told = try gathered(circumstances) }
    let text = SummaryText(told, phrases: context.phrases).render()
    let shown = SummaryText(told, phrases: context.phrases, width: audience.answerWidth).render()
    show(shown, circumstances, isStored: summary != nil)
    do throws(CommandFailure) { try writeReportFile(text, circumstances) } catch {
      if failure != nil { context.log.error(error.message) }
      failure = failure ?? error
    }
    return Ending(summary: told, text: text, failure: failure)
  }

  /// The final file once more, with another exit code than it was thought.
  func writeAgain(exitCode: ExitCode, advice: RunAdvice) throws(CommandFailure) {
    var circumstances = circumstances
    circumstances.advice = advice
    circumstances.exitCode = exitCode.number
    do {
      try ResultsFile.write(to: path, runID: runID, from: reader(), circumstances)
    } catch { throw CommandFailure(wrapping: error) }
  }

  private var circumstances: ReportCircumstances {
    var circumstances = ReportCircumstances(now: context.now())
    circumstances.inputs = inputs
    circumstances.commandSuffix = context.commandSuffix
    circumstances.advice = advice
    circumstances.version = ProgramVersion.number
    return circumstances
  }

  private func writeResults(_ circumstances: ReportCircumstances) throws(CommandFailure) -> RunSummary {
    do {
      let reader = try reader()
      guard let growing else {
        return try ResultsFile.write(to: path, runID: runID, from: reader, circumstances)
      }
      let stopwatch = Moment.stopwatch()
      let limit = circumstances.isHurried ? Self.longestCatchingUp : .seconds(3600)
      let isWanted = { stopwatch() < limit }
      try growing.add(journal.takeEnds(), from: reader, while: isWanted)
      return try growing.finish(circumstances, from: reader, while: isWanted)
    } catch { throw CommandFailure(wrapping: error) }
  }

  private func gathered(_ circumstances: ReportCircumstances) throws(CommandFailure) -> RunSummary {
    do {
      let reader = try reader()
      return try growing.map { try $0.summary(circumstances, from: reader) }
        ?? RunSummary.gather(runID: runID, from: reader, circumstances)
    } catch { throw CommandFailure(wrapping: error) }
  }

  /// - Parameter isStored: the results file is there and says the same.
  private func show(_ text: String, _ circumstances: ReportCircumstances, isStored: Bool) {
    guard audience.wantsJSON else { return audience.write(Array(text.utf8)) }
    do {
      if isStored, let stored = StoredReport(path: path, runID: runID) {
        return try stored.stream { audience.write($0) }
      }
      let reader = try reader()
      try ResultsFile.stream(JournalRun(runID: runID, reader), circumstances, from: reader) {
        audience.write($0)
      }
    } catch {
      context.log.error("the report cannot be shown: \(CommandFailure(wrapping: error).message)")
    }
  }

  private func writeReportFile(
    _ text: String, _ circumstances: ReportCircumstances
  ) throws(CommandFailure) {
    guard let file = plan.options.reportFile else { return }
    do {
      switch file.kind {
      case .json:
        if let stored = StoredReport(path: path, runID: runID), stored.isFinal {
          try stored.copy(to: file.path)
        } else {
          try ResultsFile.write(to: file.path, runID: runID, from: reader(), circumstances)
        }
      case .text: try AtomicFile.write(Array(text.utf8), to: file.path)
      case .html: try page?.writeFinal(circumstances)
      }
    } catch { throw CommandFailure(wrapping: error) }
  }

  private func reader() throws(JournalError) -> JournalReader { try JournalReader(path: plan.journalPath) }
}
