import Journal
import MissionCore
import Report
import Threads

/// The results file, the metrics and the page while the run works, and file, summary and `--report` at its end.
/// All numbers come from the journal (SPEC 11).
final class RunReports: Sendable {
  private let plan: RunPlan
  private let runID: String
  private let inputs: InputProblems
  private let context: CommandContext
  private let ending: RunEnding
  private let page: LivePage?
  private let writing = InterimWriting(interval: ReportPace.interval)

  init(plan: RunPlan, runID: String, inputs: InputProblems, context: CommandContext, ending: RunEnding) {
    self.plan = plan
    self.runID = runID
    self.inputs = inputs
    self.context = context
    self.ending = ending
    page = LivePage(plan: plan, runID: runID, inputs: inputs, context: context)
  }

  private var path: String { ResultsFile.path(inFolder: plan.reportsFolder, runID: runID) }

  /// Creates the folder, and clears it of what runs that were killed while writing left. The caller holds the
  /// journal's lock, so nobody else writes here.
  func prepareFolder() throws(CommandFailure) {
    do throws(FileFailure) {
      try AtomicFile.createFolder(plan.reportsFolder)
      AtomicFile.removeTemporaries(in: plan.reportsFolder)
    } catch { throw CommandFailure(error) }
  }

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
    do throws(CommandFailure) {
      try writeFile(exitCode: nil, to: path)
    } catch { context.log.warning("the report could not be written: \(error.message)") }
    ending.writeInterimMetrics()
  }

  func counts() throws(CommandFailure) -> RunCounts { try record().counts }

  /// The file, the summary on standard output, and what `--report` asks for; answers with the summary. An interim
  /// writing under way is waited for, so that it cannot replace the final file.
  func writeFinal(exitCode: ExitCode) throws(CommandFailure) -> (RunSummary, String) {
    page?.stop()
    writing.stop()
    let code = Int(exitCode.rawValue)
    try writeFile(exitCode: code, to: path)
    let summary = try summary(exitCode: code)
    let text = SummaryText(summary, phrases: context.phrases).render()
    switch plan.options.reportFile?.kind {
    case .json: try writeFile(exitCode: code, to: plan.options.reportFile!.path)
    case .text: try write(text, to: plan.options.reportFile!.path)
    case .html: try page?.writeFinal(exitCode: code)
    case nil: break
    }
    try show(text, exitCode: code)
    return (summary, text)
  }

  /// The final file once more, with another exit code than it was thought.
  func writeAgain(exitCode: ExitCode) throws(CommandFailure) {
    try writeFile(exitCode: Int(exitCode.rawValue), to: path)
  }

  private func show(_ text: String, exitCode: Int) throws(CommandFailure) {
    guard context.common.output == .json else { return context.print(text) }
    do {
      let output = context.terminal.output
      try ResultsFile.stream(runID: runID, from: try reader(), exitCode: exitCode) { output.write($0) }
    } catch { throw CommandFailure(wrapping: error) }
  }

  private func summary(exitCode: Int) throws(CommandFailure) -> RunSummary {
    do throws(JournalError) {
      return try RunSummary.gather(
        runID: runID, from: try reader(), exitCode: exitCode, now: context.now(), inputs: inputs,
        commandSuffix: context.commandSuffix)
    } catch { throw CommandFailure(error) }
  }

  private func record() throws(CommandFailure) -> RunRecord {
    do throws(JournalError) {
      guard let run = try reader().run(id: runID) else { throw .missing(what: "run \(runID)") }
      return run
    } catch { throw CommandFailure(error) }
  }

  private func reader() throws(JournalError) -> JournalReader { try JournalReader(path: plan.journalPath) }

  private func writeFile(exitCode: Int?, to path: String) throws(CommandFailure) {
    do {
      try ResultsFile.write(to: path, runID: runID, from: try reader(), exitCode: exitCode)
    } catch { throw CommandFailure(wrapping: error) }
  }

  private func write(_ text: String, to path: String) throws(CommandFailure) {
    do throws(FileFailure) {
      try AtomicFile.write(Array(text.utf8), to: path)
    } catch { throw CommandFailure(error) }
  }
}
