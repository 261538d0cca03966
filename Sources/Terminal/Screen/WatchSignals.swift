import Glibc
import MissionCore
import Threads

/// The signals that a full-screen view must know of, as bytes in a pipe that `poll` waits for.
package enum WatchSignals {
  private static let watched = StopSignals.stopping + [SIGWINCH, SIGTSTP, SIGCONT]
  /// How long a view may take to end by itself: it may stand in a write that the terminal does not take (Ctrl-S).
  private static let patience = Duration.milliseconds(500)

  /// The pipe's reading end.
  ///
  /// - Parameters:
  ///   - isStuck: called when the view did not end in time; may help it on.
  ///   - isOver: called when it still did not, or with the second signal; must end the process.
  package static func open(
    isStuck: @escaping @Sendable () -> Void, isOver: @escaping @Sendable (Int32) -> Void
  ) throws(CommandFailure) -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw CommandFailure(.internalError, "no file descriptors are left") }
    let writeEnd = ends[1]
    // Should nobody read, the thread must not stand still.
    _ = fcntl(writeEnd, F_SETFL, O_NONBLOCK)
    let stop = Stop()
    do throws(ThreadFailure) {
      try StopSignals.watch(watched) { number in
        switch stop.take(number) {
        case .none: break
        case .waits: StopSignals.callAfter(patience)
        case .isStuck:
          isStuck()
          StopSignals.callAfter(patience)
        case .isOver: isOver(stop.number)
        }
        var byte = UInt8(truncatingIfNeeded: number)
        if number != SIGALRM { _ = write(writeEnd, &byte, 1) }
      }
    } catch { throw CommandFailure(.internalError, "signals cannot be waited for, \(error)") }
    return ends[0]
  }

  /// How far a stop is. `@unchecked Sendable`: only the thread that waits for signals touches it.
  private final class Stop: @unchecked Sendable {
    enum Step { case none, waits, isStuck, isOver }

    /// The signal that asked for the end.
    private(set) var number: Int32 = 0
    private var isStuck = false

    func take(_ next: Int32) -> Step {
      if next == SIGALRM {
        defer { isStuck = true }
        return isStuck ? .isOver : .isStuck
      }
      guard StopSignals.stopping.contains(next) else { return .none }
      if number != 0 { return .isOver }
      number = next
      return .waits
    }
  }
}
