import Glibc
import MissionCore
import Synchronization
import Threads

/// Tells the service manager that started the program how it is doing (sd_notify(3)): ready, a status line,
/// stopping. Without `NOTIFY_SOCKET` nothing happens, and nothing that goes wrong here changes the work.
package final class ServiceManager: Sendable {
  static let variable = "NOTIFY_SOCKET"
  /// Not more often than once a second: `systemctl status` is for people.
  static let shortestInterval = Duration.seconds(1)
  /// How much longer a draining run asks to live, each time that it does.
  private static let extensionMicroseconds = 60_000_000
  private static let extendEvery = Duration.seconds(10)

  private struct State {
    var isReady = false
    var isDraining = false
    var status = ""
    var statusAt: Duration?
    var extendedAt: Duration?
    /// What the manager must come to know and had no room for; goes with the next message.
    var unsent: [String] = []
  }

  private let socket: ServiceSocket?
  private let now: @Sendable () -> Duration
  private let state = Mutex(State())

  /// - Parameter now: monotonic time since any fixed moment.
  package init(
    environment: [String: String],
    now: @escaping @Sendable () -> Duration = Moment.stopwatch()
  ) {
    socket = environment[Self.variable].flatMap { ServiceSocket(address: $0) }
    self.now = now
  }

  /// Takes the socket out of the process's own environment, so that no child could speak for this program.
  package static func disinherit() { unsetenv(variable) }

  /// All that is needed is at hand, and the work begins.
  package func ready(_ status: String) {
    guard socket != nil else { return }
    state.withLock { $0.isReady = true }
    send(["READY=1", Self.line(status)])
  }

  /// Shows what `status` gives, unless that was a moment ago or it says nothing new.
  package func show(_ status: () -> String) {
    guard socket != nil else { return }
    let now = self.now()
    let isDue = state.withLock { state in
      if let at = state.statusAt, now - at < Self.shortestInterval { return false }
      state.statusAt = now
      return true
    }
    guard isDue else { return }
    let text = status()
    let lines = state.withLock { state in
      var lines: [String] = []
      if text != state.status {
        state.status = text
        lines.append(Self.line(text))
      }
      if state.isDraining, state.extendedAt.map({ now - $0 >= Self.extendEvery }) ?? true {
        state.extendedAt = now
        lines.append("EXTEND_TIMEOUT_USEC=\(Self.extensionMicroseconds)")
      }
      return lines
    }
    send(lines)
  }

  /// A stop was asked for. One that drains takes as long as its jobs, so it asks for more time while it does.
  package func stopping(drains: Bool) {
    guard socket != nil else { return }
    state.withLock { state in
      state.isDraining = drains
      if drains { state.extendedAt = now() }
    }
    send(["STOPPING=1"] + (drains ? ["EXTEND_TIMEOUT_USEC=\(Self.extensionMicroseconds)"] : []))
  }

  /// The process is about to end with this code.
  ///
  /// One that ends well without ever having been ready says so first: systemd takes a silent end for a breach of
  /// `Type=notify`, whatever the exit code is.
  package func ended(_ code: ExitCode, _ status: String) {
    guard socket != nil else { return }
    let isReady = state.withLock { $0.isReady }
    let isExpected = code == .success || code == .stoppedEarly
    send((isExpected && !isReady ? ["READY=1"] : []) + ["STOPPING=1", Self.line(status)], waits: true)
  }

  /// Only the end of the process waits, and but a moment: the run's threads have better to do.
  private func send(_ lines: [String], waits: Bool = false) {
    guard let socket else { return }
    let all = state.withLock { state in
      defer { state.unsent = [] }
      return state.unsent + lines
    }
    guard !all.isEmpty, !socket.send(all.joined(separator: "\n"), waits: waits) else { return }
    // A status is told again soon; the rest is told once.
    state.withLock { $0.unsent = all.filter { !$0.hasPrefix("STATUS=") } + $0.unsent }
  }

  /// Each line of the message is an assignment of its own, so a status must not hold a line end.
  private static func line(_ status: String) -> String {
    "STATUS=" + status.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
