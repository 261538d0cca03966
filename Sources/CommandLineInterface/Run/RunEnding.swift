import Journal
import Report
import Synchronization

/// Tells the service manager and the metrics file how a run ends, or why it did not begin.
final class RunEnding: Sendable {
  private let options: RunOptions
  private let context: CommandContext
  /// Also orders the writings of the metrics file.
  private let journalPath = Mutex<String?>(nil)

  init(options: RunOptions, context: CommandContext) {
    self.options = options
    self.context = context
  }

  /// The configuration has been read.
  func note(journalPath: String) { self.journalPath.withLock { $0 = journalPath } }

  /// - Parameter reason: why the run did not come to its end.
  func tell(_ code: ExitCode, _ reason: String? = nil) {
    writeMetrics(code, asksJournal: true)
    let status = "ended with \(code.rawValue): \(reason ?? code.meaning)"
    context.service.ended(code, context.translated(status))
  }

  /// A signal came before the work began; nothing is waited for.
  func tellStopped(_ code: ExitCode) {
    writeMetrics(code, asksJournal: false)
    context.service.ended(code, context.translated("stopped before the work began"))
  }

  /// What the run has come to so far.
  func writeInterimMetrics() { writeMetrics(nil, asksJournal: true) }

  /// A metrics file that cannot be written never changes how the run ends.
  private func writeMetrics(_ code: ExitCode?, asksJournal: Bool) {
    guard let path = options.metricsFile else { return }
    journalPath.withLock { journalPath in
      do throws(FileFailure) {
        try MetricsFile.write(
          to: path, journalPath: asksJournal ? journalPath : nil, exitCode: code.map { Int($0.rawValue) },
          version: ProgramVersion.number, now: context.now())
      } catch { context.log.warning("the metrics could not be written: \(error)") }
    }
  }
}
