import Engine
import Synchronization
import Threads

/// Takes the stop signals of a run, whichever phase it is in.
///
/// While the run is being prepared nothing needs to be brought to a safe point: every step of it is a
/// transaction that the next run finds done or not begun, so the process ends at once. Later the engine is told.
final class StopDesk: Sendable {
  private let context: CommandContext
  private let drains: Bool
  private let ending: RunEnding
  private let phase = Mutex(Phase.preparing)

  private enum Phase {
    case preparing
    case working(Mailbox<SchedulerEvent>, RunView)
    case concluding
  }

  init(context: CommandContext, drains: Bool, ending: RunEnding) {
    self.context = context
    self.drains = drains
    self.ending = ending
    StopSignals.watch(first: { [self] in first($0) }, second: { [self] in second() })
  }

  func beginWork(_ mailbox: Mailbox<SchedulerEvent>, _ view: RunView) {
    phase.withLock { $0 = .working(mailbox, view) }
  }

  /// The report is being written: a first signal only cuts the wait for notices short.
  func endWork() { phase.withLock { $0 = .concluding } }

  private func first(_ number: Int32) {
    phase.withLock { phase in
      switch phase {
      case .preparing:
        context.log.warning("stopped before the work began; run again to go on")
        context.terminal.flush()
        ending.tellStopped(.stoppedEarly)
        StopSignals.endProcess(ExitCode.stoppedEarly.rawValue)
      case .working(let mailbox, let view):
        view.noteStop(drains: drains)
        if !drains { ending.noteStop() }
        context.service.stopping(drains: drains)
        mailbox.post(.stopRequested(drains ? .drain : .signal(number)))
      case .concluding: ending.noteStop()
      }
    }
  }

  /// Only restores the terminal: the process is about to end.
  private func second() {
    phase.withLock { if case .working(_, let view) = $0 { view.finish() } }
  }
}
