import Glibc

/// The signals that stop a program, as events of a thread that does nothing but wait for them.
///
/// They are blocked in every thread and waited for by one, so no handler ever runs in the middle of anything. One that
/// was ignored when the program began (nohup, a script's `&`) stays ignored.
package enum StopSignals {
  /// Those that ask a program to end.
  package static let stopping = [SIGINT, SIGTERM, SIGHUP]

  /// Blocks the signals in this thread and in all that it starts later, and starts the one that waits for them: nothing
  /// is ever blocked that nobody waits for.
  ///
  /// - Parameter handle: called on that thread with each signal, and with SIGALRM when `callAfter` is over; must
  ///   not block.
  package static func watch(
    _ numbers: [Int32] = stopping,
    start: ThreadStarter = OwnedThread.starter,
    handle: @escaping @Sendable (Int32) -> Void
  ) throws(ThreadFailure) {
    let watched = numbers.filter { !isIgnored($0) } + [SIGALRM]
    var signals = set(of: watched)
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &signals, &before)
    do throws(ThreadFailure) {
      try start {
        var signals = set(of: watched)
        while true {
          var number: Int32 = 0
          if sigwait(&signals, &number) == 0 { handle(number) }
        }
      }
    } catch {
      pthread_sigmask(SIG_SETMASK, &before, nil)
      throw error
    }
  }

  /// Has the waiting thread called with SIGALRM; a later call replaces an earlier one.
  package static func callAfter(_ delay: Duration) {
    let microseconds = max(1, Int(delay / .microseconds(1)))
    var timer = itimerval()
    timer.it_value = timeval(tv_sec: microseconds / 1_000_000, tv_usec: microseconds % 1_000_000)
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
  }

  /// Ends the process without running anything else of it.
  package static func endProcess(_ code: Int32) -> Never { _exit(code) }

  static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    // SIG_IGN is a number in the place of a function, which Swift cannot compare.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  private static func set(of numbers: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    return set
  }
}
