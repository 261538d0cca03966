import Threads

/// A worker's session. Its phase is worked out from the time that has passed; nothing ticks.
struct Session: Sendable {
  private static let phases = ["initializing", "connecting", "authenticating", "warming_up"]

  let id: String
  let fate: SessionFate
  let openedAt: Moment
  let timeToReady: Duration
  /// The server of the proxy that it was opened through.
  let proxy: String?

  /// Its status when no job runs on it.
  func status(at now: Moment) -> String {
    let age = now - openedAt
    switch fate {
    case .ends(let status) where age >= timeToReady / 2: return status
    case .ready where age >= timeToReady: return "ready"
    default:
      let phase = timeToReady == .zero ? 3 : Int(min(3, age * 4 / timeToReady))
      return Self.phases[phase]
    }
  }
}
