import MissionCore

// What a session shows after a `POST /scrape` without a clear answer.
extension SessionStatus {
  /// - Parameter isShared: the worker runs several jobs at once. Its session then says `ready` while it has room, which
  ///   does not tell that the job does not run already.
  package func finding(isShared: Bool) -> StartFinding {
    let unknown: Message = "POST /scrape had no clear answer and the session may run a job nobody knows"
    switch self {
    case .ready, .scraping, .waiting:
      if isShared { return .unclear(reason: unknown) }
      if self == .ready { return .notStarted(request: "POST /scrape") }
      return .failed(Failure(.scrapeOther, unknown, mayHaveUnknownJob: true))
    // While others' jobs keep a broken session from being ended, a job of the mission may run on in it.
    case .stuck:
      return .failed(
        Failure(.sessionStuck, "session stuck after POST /scrape", mayHaveUnknownJob: isShared))
    case .disconnected, .terminated:
      let message: Message = "session disconnected after POST /scrape"
      return .failed(Failure(.sessionDisconnected, message, mayHaveUnknownJob: isShared))
    }
  }
}
