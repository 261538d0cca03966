import MissionCore
import Ports

/// What a session's rules ask of its worker.
package enum SessionRequest: LaneRequest, Hashable {
  /// `POST /session`, through the proxy with this `server`; answered by `.opened` or `.openFailed`.
  case open(proxy: String?)
  /// `GET /session/status`; answered by `.looked`.
  case look
  /// `DELETE /session`; answered by `.ended` or `.endFailed`.
  case end
}

/// What came of it.
package enum SessionAnswer: LaneAnswer {
  case opened(sessionID: String)
  case openFailed(SourceFailure)
  /// No proxy was left to open it through; nothing was sent.
  case noProxy
  case looked(Result<SessionStatus, SourceFailure>)
  case ended
  /// The worker did not confirm the end.
  case endFailed
}
