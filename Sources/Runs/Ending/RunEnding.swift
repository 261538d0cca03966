import Configuration
import Files
import Journal
import MissionCore
import Report
import Synchronization
import Threads

/// Tells the audience, the metrics file and those whom `notify:` names how a run ends, or why it did not begin.
final class RunEnding: Sendable {
  private let options: RunOptions
  private let context: RunContext
  private let audience: any RunAudience
  /// Also orders the writings of the metrics file.
  private let journalPath = Mutex<String?>(nil)
  private let state = Mutex(State())

  private struct State {
    var notifications: RunNotifications?
    var result: (summary: RunSummary, details: String)?
    /// When the first stop signal came.
    var stoppedAt: Moment?
  }

  init(options: RunOptions, context: RunContext, audience: any RunAudience) {
    self.options = options
    self.context = context
    self.audience = audience
  }

  /// The configuration has been read.
  func note(_ configuration: Configuration) throws(CommandFailure) {
    journalPath.withLock { $0 = configuration.journal.path }
    let notifications = try RunNotifications(configuration, context)
    state.withLock { $0.notifications = notifications }
  }

  func started(_ run: RunRecord, selected: Int) {
    state.withLock { $0.notifications }?.started(run, selected: selected)
  }

  /// The run came to its end, as its report says.
  func note(_ summary: RunSummary, details: String) { state.withLock { $0.result = (summary, details) } }

  /// The run is to end soon; from now on the clock runs for the last notice, too.
  func noteStop() {
    let notifications = state.withLock { state in
      if state.stoppedAt == nil { state.stoppedAt = .now }
      return state.notifications
    }
    notifications?.hurry(within: RunNotifications.stopLimit)
  }

  /// - Parameter reason: why the run did not come to its end.
  func tell(_ code: ExitCode, _ reason: Message? = nil) {
    writeMetrics(code, asksJournal: true)
    notify(code, reason)
    audience.noteEnd(code, "ended with \(code.rawValue): \(reason ?? code.meaning)")
  }

  private func notify(_ code: ExitCode, _ reason: Message?) {
    let state = self.state.withLock { $0 }
    guard let notifications = state.notifications else { return }
    // The report is out before anybody waits for a server.
    audience.flush()
    let stopped = state.stoppedAt.map { Moment.now - $0 }
    let budget = stopped.map { max(.zero, RunNotifications.stopLimit - $0) } ?? RunNotifications.longestWait
    if let result = state.result {
      notifications.ended(
        result.summary, exitCode: code, details: result.details, within: budget)
    } else if code == .stoppedEarly || code == .success {
      // Another run holds the journal and will tell of itself, or nothing was due.
      notifications.dismiss()
    } else {
      notifications.failed(code, reason ?? code.meaning, within: budget)
    }
  }

  /// A signal came before the work began; nothing is waited for.
  func tellStopped(_ code: ExitCode) {
    writeMetrics(code, asksJournal: false)
    audience.noteEnd(code, "stopped before the work began")
  }

  /// What the run has come to so far.
  func writeInterimMetrics() { writeMetrics(nil, asksJournal: true) }

  /// A metrics file that cannot be written never changes how the run ends.
  private func writeMetrics(_ code: ExitCode?, asksJournal: Bool) {
    guard let path = options.metricsFile else { return }
    journalPath.withLock { journalPath in
      do throws(FileFailure) {
        try MetricsFile.write(
          to: path, journalPath: asksJournal ? journalPath : nil, exitCode: code?.number,
          version: ProgramVersion.number, now: context.now())
      } catch { context.log.warning("the metrics could not be written: \(error)") }
    }
  }
}
