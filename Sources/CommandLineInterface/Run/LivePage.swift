import Journal
import Report
import Threads

/// The page that `--report FILE.html` names: written anew every few seconds while the run works, and at its end.
final class LivePage: Sendable {
  private let path: String
  private let runID: String
  private let journalPath: String
  private let inputs: InputProblems
  private let context: CommandContext
  private let writing = InterimWriting(interval: HTMLReport.refreshInterval)

  /// Nil when no page is asked for.
  init?(plan: RunPlan, runID: String, inputs: InputProblems, context: CommandContext) {
    guard let file = plan.options.reportFile, file.kind == .html else { return nil }
    path = file.path
    journalPath = plan.journalPath
    self.runID = runID
    self.inputs = inputs
    self.context = context
  }

  func start() throws(ThreadFailure) { try writing.start { [self] in writeInterim() } }
  func startWhenDue() throws(ThreadFailure) { try writing.startWhenDue { [self] in writeInterim() } }

  /// No page is written from now on but the last one.
  func stop() { writing.stop() }

  /// The page of the run that is over; it does not read itself again.
  func writeFinal(exitCode: Int) throws(CommandFailure) {
    try write(exitCode: exitCode, isLive: false)
  }

  private func writeInterim() {
    do throws(CommandFailure) { try write(exitCode: nil, isLive: true) } catch {
      context.log.warning("the page could not be written: \(error.message)")
    }
  }

  private func write(exitCode: Int?, isLive: Bool) throws(CommandFailure) {
    var page = HTMLReport.Circumstances(now: context.now())
    page.exitCode = exitCode
    page.isLive = isLive
    page.isHurried = exitCode == Int(ExitCode.stoppedEarly.rawValue)
    page.inputs = inputs
    page.commandSuffix = context.commandSuffix
    page.version = ProgramVersion.number
    do {
      try HTMLReport(page, phrases: .of(context.language.current)).write(
        to: path, runID: runID, from: try JournalReader(path: journalPath),
        while: { !isLive || !writing.isStopped })
    } catch { throw CommandFailure(wrapping: error) }
  }
}
