import MissionCore
import Ports

/// What happened, told to the scheduler.
package enum SchedulerEvent: Sendable {
  case mission(Ticket, MissionEvent)
  case lane(LaneTicket, LaneEvent)
  /// The batch that these missions wait for is on disk.
  case journaled([Ticket])
  /// A page of the queue, in run order; `isLast` when there is nothing behind it.
  case claimed(SourceNames, [MissionRecord], isLast: Bool)
  case timerFired(TimerKey)
  case stopRequested(StopReason)
  /// A person cancelled these.
  case cancelRequested([MissionID])
  /// A part that nothing works without has failed (the journal).
  case broke(RunFailure)
}

/// Why a run stops before its work is done.
package enum StopReason: Hashable, Sendable {
  /// Ends within the grace; remote jobs keep running.
  case signal(Int32)
  case maxDuration
  /// Starts nothing new and waits for what runs.
  case drain
}

/// Why a run cannot go on, with its exit code.
package struct RunFailure: Error, Hashable, Sendable {
  package let exitCode: ExitCode
  package let message: Message

  package init(exitCode: ExitCode, message: Message) {
    self.exitCode = exitCode
    self.message = message
  }
}
