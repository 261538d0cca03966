import CCurlShim
import Glibc
import Synchronization
import Threads

/// What other threads want of the curl thread, or of the one that drives the transfers in its place. Writing to the eventfd is left out while the thread is awake:
/// it looks at the queue before it sleeps.
final class CurlCommandQueue: Sendable {
  enum Command {
    case start(CurlExchange)
    case cancel(CurlExchange)
    case lend(CurlLoan)
    case stop
  }

  private struct State: ~Copyable {
    var commands: [Command] = []
    var isAsleep = false
    var isClosed = false
  }

  private let state = Mutex(State())
  /// Written to when the sleeping thread is wanted, and never read; closed with the queue.
  let wakeup: Int32

  /// Nil when the process has no file descriptor left.
  init?() {
    wakeup = mc_wakeup_create()
    if wakeup < 0 { return nil }
  }

  deinit { Glibc.close(wakeup) }

  /// False when the thread has ended and takes nothing more.
  func push(_ command: Command) -> Bool {
    let (isTaken, mustWake) = state.withLock { state in
      guard !state.isClosed else { return (false, false) }
      state.commands.append(command)
      defer { state.isAsleep = false }
      return (true, state.isAsleep)
    }
    if mustWake { WakeGroup.wake { [self] in mc_wakeup_signal(wakeup) } }
    return isTaken
  }

  /// Something that is not a command waits for the thread.
  func wake() {
    let mustWake = state.withLock { state in
      defer { state.isAsleep = false }
      return state.isAsleep
    }
    if mustWake { mc_wakeup_signal(wakeup) }
  }

  /// The thread is awake: nobody needs to wake it.
  func noteAwake() { state.withLock { $0.isAsleep = false } }

  /// Takes all that waits.
  func drain(into taken: inout [Command]) {
    taken.removeAll(keepingCapacity: true)
    state.withLock { state in
      state.isAsleep = false
      swap(&state.commands, &taken)
    }
  }

  /// True when nothing waits: the thread may sleep and will be woken.
  func mayFallAsleep() -> Bool {
    state.withLock { state in
      state.isAsleep = state.commands.isEmpty
      return state.isAsleep
    }
  }

  /// Takes nothing more; gives back what still waited.
  func close() -> [Command] {
    state.withLock { state in
      state.isClosed = true
      defer { state.commands = [] }
      return state.commands
    }
  }
}
