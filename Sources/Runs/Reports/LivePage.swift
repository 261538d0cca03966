import Journal
import MissionCore
import Report
import ReportPage
import Threads

/// The page that `--report FILE.html` names: written anew every few seconds while the run works, and at its end.
final class LivePage: Sendable {
  private let path: String
  private let runID: String
  private let journalPath: String
  private let inputs: InputProblems
  private let context: RunContext
  /// Has added up what a large run came to.
  private let growing: GrowingResults?
  private let writing = InterimWriting(interval: HTMLReport.refreshInterval)

  /// Nil when no page is asked for.
  init?(
    plan: RunPlan, runID: String, inputs: InputProblems, context: RunContext, growing: GrowingResults?
  ) {
    guard let file = plan.options.reportFile, file.kind == .html else { return nil }
    path = file.path
    journalPath = plan.journalPath
    self.runID = runID
    self.inputs = inputs
    self.context = context
    self.growing = growing
  }

  func start() throws(ThreadFailure) { try writing.start { [self] in writeInterim() } }
  func startWhenDue() throws(ThreadFailure) { try writing.startWhenDue { [self] in writeInterim() } }

  /// No page is written from now on but the last one.
  func stop() { writing.stop() }

  /// The page of the run that is over; it does not read itself again.
  func writeFinal(_ circumstances: ReportCircumstances) throws(CommandFailure) { try write(circumstances) }

  private func writeInterim() {
    var page = ReportCircumstances(now: context.now())
    page.isLive = true
    page.inputs = inputs
    page.commandSuffix = context.commandSuffix
    page.version = ProgramVersion.number
    // A large journal must not be held for as long as many histories take.
    page.isHurried = growing != nil
    do throws(CommandFailure) { try write(page) } catch {
      context.log.warning("the page could not be written: \(error.message)")
    }
  }

  private func write(_ circumstances: ReportCircumstances) throws(CommandFailure) {
    do {
      try HTMLReport(circumstances, phrases: .of(context.language())).write(
        to: path, runID: runID, from: try JournalReader(path: journalPath), account: growing?.account,
        while: { !circumstances.isLive || !writing.isStopped })
    } catch { throw CommandFailure(wrapping: error) }
  }
}
