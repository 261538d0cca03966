import MissionCore

/// How far a failure at a port reaches: what retry, breaker and the end of a run go by, never the text.
package enum Severity: Hashable, Sendable {
  /// The same call may succeed a moment later, not before `retryAfter` when the other side asks for a wait.
  case transient(retryAfter: Duration? = nil)
  /// It stays for this mission; others may fare better.
  case permanent
  /// Every later mission would fail alike here: at this source, destination or store.
  case fatal
  /// Nothing that the run does can go on.
  case fatalToRun(ExitCode)

  package var isTransient: Bool {
    if case .transient = self { return true }
    return false
  }

  /// How long to wait at least; nil when nobody asked.
  package var retryAfter: Duration? {
    if case .transient(let wait) = self { return wait }
    return nil
  }

  /// What the run ends with; nil when it goes on.
  package var exitCode: ExitCode? {
    if case .fatalToRun(let code) = self { return code }
    return nil
  }

  /// Of a failure with this code that is not transient.
  package static func lasting(_ code: ErrorCode) -> Severity { code.opensBreaker ? .fatal : .permanent }
}
