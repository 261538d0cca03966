import Engine
import Glibc
import Synchronization
import Threads

/// Takes the stop signals of a run, whichever phase it is in.
///
/// While the run is being prepared nothing needs to be brought to a safe point: every step of it is a transaction that
/// the next run finds done or not begun. The preparing thread looks at `isStopping` between them and writes down that
/// the run was stopped; should it hang, the process ends all the same. Later the engine is told.
final class StopDesk: Sendable {
  /// How long the preparing thread may take to notice: a transaction of a large import.
  private static let patience: UInt32 = 3

  private let context: CommandContext
  private let drains: Bool
  private let ending: RunEnding
  private let phase = Mutex(Phase.preparing)
  private let isAsked = Atomic(false)

  private enum Phase {
    case preparing
    case working(Mailbox<SchedulerEvent>, RunView)
    case concluding
  }

  /// A first signal has come.
  var isStopping: Bool { isAsked.load(ordering: .relaxed) }

  init(context: CommandContext, drains: Bool, ending: RunEnding) {
    self.context = context
    self.drains = drains
    self.ending = ending
    StopSignals.watch(first: { [self] in first($0) }, second: { [self] in second() })
  }

  func beginWork(_ mailbox: Mailbox<SchedulerEvent>, _ view: RunView) {
    phase.withLock { phase in
      phase = .working(mailbox, view)
      // It came between the last look and now.
      if isStopping { mailbox.post(.stopRequested(drains ? .drain : .signal(SIGTERM))) }
    }
  }

  /// The report is being written: a first signal only cuts the wait for notices short.
  func endWork() { phase.withLock { $0 = .concluding } }

  private func first(_ number: Int32) {
    isAsked.store(true, ordering: .relaxed)
    phase.withLock { phase in
      switch phase {
      case .preparing: DedicatedThread.start { [self] in endWhenHanging() }
      case .working(let mailbox, let view):
        view.noteStop(drains: drains)
        if !drains { ending.noteStop() }
        context.service.stopping(drains: drains)
        mailbox.post(.stopRequested(drains ? .drain : .signal(number)))
      case .concluding: ending.noteStop()
      }
    }
  }

  private func endWhenHanging() {
    sleep(Self.patience)
    phase.withLock { phase in
      guard case .preparing = phase else { return }
      context.log.warning("stopped before the work began; run again to go on")
      context.terminal.flush()
      ending.tellStopped(.stoppedEarly)
      StopSignals.endProcess(ExitCode.stoppedEarly.rawValue)
    }
  }

  /// Only restores the terminal: the process is about to end.
  private func second() {
    phase.withLock { if case .working(_, let view) = $0 { view.finish() } }
  }
}
