import Glibc

/// The signals that a full-screen view must know of, as bytes in a pipe that `poll` waits for.
enum WatchSignals {
  private static let watched = [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT]

  /// Blocks the signals in every thread that is started later and in this one, and answers the pipe's reading end; nil
  /// when there are no descriptors left.
  static func open() -> Int32? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    let writeEnd = ends[1]
    var set = self.set
    pthread_sigmask(SIG_BLOCK, &set, nil)
    DedicatedThread.start {
      var set = Self.set
      while true {
        var number: Int32 = 0
        sigwait(&set, &number)
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(writeEnd, &byte, 1)
      }
    }
    return ends[0]
  }

  private static var set: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in watched { sigaddset(&set, number) }
    return set
  }
}
