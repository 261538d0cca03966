import Glibc

/// SIGINT, SIGTERM and SIGHUP as events: the first asks for a stop, the second ends the process at once.
///
/// The signals are blocked in every thread and waited for by one, so no handler ever runs in the middle of
/// anything.
enum StopSignals {
  private static let watched = [SIGINT, SIGTERM, SIGHUP]

  /// To be called before any other thread exists: threads inherit the mask.
  static func block() {
    signal(SIGPIPE, SIG_IGN)
    var set = self.set
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// - Parameters:
  ///   - first: called on the watching thread with the first signal.
  ///   - second: called right before the process ends by the second one; must only restore the terminal.
  static func watch(first: @escaping @Sendable (Int32) -> Void, second: @escaping @Sendable () -> Void) {
    DedicatedThread.start {
      var set = Self.set
      var number: Int32 = 0
      sigwait(&set, &number)
      first(number)
      sigwait(&set, &number)
      let code = 128 + number
      // Should the terminal hang, the process ends all the same.
      DedicatedThread.start {
        usleep(200_000)
        _exit(code)
      }
      second()
      _exit(code)
    }
  }

  /// Ends the process without running anything else of it.
  static func endProcess(_ code: Int32) -> Never { _exit(code) }

  private static var set: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in watched { sigaddset(&set, number) }
    return set
  }
}
