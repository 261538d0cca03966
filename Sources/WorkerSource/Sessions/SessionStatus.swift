/// What a worker's session says of itself (SPEC 7).
package enum SessionStatus: Hashable, Sendable {
  /// `initializing`, `connecting`, `authenticating`, `warming_up`, or a status nobody knows.
  case waiting(String, isKnown: Bool)
  case ready
  case scraping
  case stuck
  case disconnected
  case terminated

  package init(_ text: String) {
    switch text {
    case "initializing", "connecting", "authenticating", "warming_up": self = .waiting(text, isKnown: true)
    case "ready": self = .ready
    case "scraping": self = .scraping
    case "stuck": self = .stuck
    case "disconnected": self = .disconnected
    case "terminated": self = .terminated
    default: self = .waiting(text, isKnown: false)
    }
  }

  package var isKnown: Bool {
    if case .waiting(_, let isKnown) = self { isKnown } else { true }
  }
}
