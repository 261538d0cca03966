import Glibc

/// A terminal's second screen: what stood on the first one comes back when it is left, however the process ends (but by
/// SIGKILL).
///
/// There is one for the process, since the handler of a crash can be given nothing.
package enum AlternateScreen {
  /// Second screen, no cursor, no wrapping.
  private static let entering = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l"
  private static let leaving: StaticString = "\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

  /// What a crash means for Swift and for C.
  private static let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]

  // Written before the handler is installed, read by it; the views' one thread does the rest.
  nonisolated(unsafe) private static var before = termios()
  nonisolated(unsafe) private static var isEntered = false

  /// Keys come at once and are not shown; the keys that send signals still do.
  package static func enter() {
    tcgetattr(STDIN_FILENO, &before)
    var attributes = before
    attributes.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &attributes)
    isEntered = true
    for number in crashes {
      signal(number) { number in
        AlternateScreen.leave()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
    write(Array(entering.utf8))
  }

  /// Calls only what a signal handler may. May run twice.
  package static func leave() {
    guard isEntered else { return }
    isEntered = false
    _ = Glibc.write(STDOUT_FILENO, leaving.utf8Start, leaving.utf8CodeUnitCount)
    tcsetattr(STDIN_FILENO, TCSANOW, &before)
  }

  /// Lets output go on that Ctrl-S has stopped: the terminal no longer knows that key. Until it is left; on any thread.
  package static func letGo() {
    guard isEntered else { return }
    var attributes = before
    attributes.c_iflag &= ~tcflag_t(IXON)
    tcsetattr(STDIN_FILENO, TCSANOW, &attributes)
  }

  /// As `leave`, for a view that stands in a write which the terminal does not take. On any thread; the process ends next.
  package static func abandon() {
    guard isEntered else { return }
    var outputs = [pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)]
    if poll(&outputs, 1, 100) > 0 {
      _ = Glibc.write(STDOUT_FILENO, leaving.utf8Start, leaving.utf8CodeUnitCount)
    }
    tcsetattr(STDIN_FILENO, TCSANOW, &before)
  }

  /// Draws a whole frame in place: nothing is cleared before it is written over, so that nothing flickers; terminals
  /// that know how show it at once (mode 2026).
  package static func draw(_ lines: [String]) {
    let text = lines.joined(separator: "\u{1B}[K\r\n")
    write(Array("\u{1B}[?2026h\u{1B}[H\(text)\u{1B}[K\u{1B}[J\u{1B}[?2026l".utf8))
  }

  /// False when the terminal is gone.
  @discardableResult
  private static func write(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress! + start, $0.count - start)
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return false }
      start += count
    }
    return true
  }
}
