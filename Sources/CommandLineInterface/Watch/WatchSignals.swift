import Glibc
import Threads

/// The signals that a full-screen view must know of, as bytes in a pipe that `poll` waits for.
enum WatchSignals {
  private static let watched = StopSignals.stopping + [SIGWINCH, SIGTSTP, SIGCONT]
  /// How long a view may take to end by itself: it may stand in a write that the terminal does not take (Ctrl-S).
  private static let patience = Duration.milliseconds(500)

  /// The pipe's reading end.
  ///
  /// - Parameter isOver: called when the view did not end in time; must end the process.
  static func open(isOver: @escaping @Sendable (Int32) -> Void) throws(CommandFailure) -> Int32 {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw CommandFailure(.internalError, "no file descriptors are left") }
    let writeEnd = ends[1]
    // Should nobody read, the thread must not stand still.
    _ = fcntl(writeEnd, F_SETFL, O_NONBLOCK)
    let last = Last()
    do throws(ThreadFailure) {
      try StopSignals.watch(watched) { number in
        if number == SIGALRM { isOver(last.number) }
        if StopSignals.stopping.contains(number) {
          if last.number != 0 { isOver(number) }
          last.number = number
          StopSignals.callAfter(patience)
        }
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(writeEnd, &byte, 1)
      }
    } catch { throw CommandFailure(.internalError, "signals cannot be waited for, \(error)") }
    return ends[0]
  }

  /// The signal that asked for the end. `@unchecked Sendable`: only the thread that waits for signals touches it.
  private final class Last: @unchecked Sendable {
    var number: Int32 = 0
  }
}
