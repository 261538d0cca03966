import Threads

/// What becomes of a session.
enum SessionFate: Equatable, Sendable {
  case ready
  /// It stays in the phase before `ready`.
  case neverReady
  /// Half-way to `ready` it falls into this status and stays there.
  case ends(String)

  /// As a rule's `session_status` asks for it.
  init(scripted status: String) {
    switch status {
    case "ready": self = .ready
    case "never_ready": self = .neverReady
    default: self = .ends(status)
    }
  }
}

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
