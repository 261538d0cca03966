import Engine
import MissionCore
import Report
import Runs
import Synchronization
import Terminal

/// Shows a run to a person at the terminal and tells the service manager how it goes.
final class TerminalAudience: RunAudience {
  private let context: CommandContext
  private let hidesProgress: Bool
  /// As long as there is work.
  private let view = Mutex<RunView?>(nil)

  init(_ context: CommandContext, hidesProgress: Bool) {
    self.context = context
    self.hidesProgress = hidesProgress
  }

  private var shown: RunView? { view.withLock { $0 } }

  func noteReady() { context.service.ready(context.translated("reading the mission files")) }

  func noteWork(total: Int, journal: StatusCounts) {
    let whole = ProgressState.Share(done: journal.done, total: journal.total)
    let view = RunView(
      context: context, hidesProgress: hidesProgress, total: total, journal: total < whole.total ? whole : nil
    )
    self.view.withLock { $0 = view }
  }

  func show(_ scheduler: Scheduler, _ elapsed: Duration) { shown?.show(scheduler, elapsed) }

  func noteStop(drains: Bool) {
    context.service.stopping(drains: drains)
    shown?.noteStop(drains: drains)
  }

  func noteTimeUp(_ limit: Duration, drains: Bool) {
    shown?.noteTimeUp(limit, drains: drains)
    context.service.stopping(drains: drains)
  }

  func finishWork() { shown?.finish() }

  func noteEnd(_ code: ExitCode, _ status: Message) {
    context.service.ended(code, context.translated(status))
  }

  var wantsJSON: Bool { context.common.output == .json }

  var answerWidth: Int? { context.terminal.outputWidth }

  func write(_ answer: [UInt8]) { context.terminal.output.write(answer) }

  func answerFailure() -> CommandFailure? {
    context.terminal.errors.drainSent()
    return context.terminal.outputFailure()
  }

  func hurry() { context.terminal.errors.hurry() }

  func drainLog() { context.terminal.errors.drain() }

  func flush() { context.terminal.flush() }
}
