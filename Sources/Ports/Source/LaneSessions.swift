import MissionCore

/// The sessions of a source whose lanes must be made ready before missions run on them.
package protocol LaneSessions: Sendable {
  /// The rules by which these lanes are made ready, with what earlier runs left.
  func machine(for lanes: [SourceLane], resuming kept: KeptSessions) -> any LaneMachine

  /// Carries out what the machine asks for; replies once.
  func perform(
    _ request: any LaneRequest, on lane: String, reply: @escaping @Sendable (any LaneAnswer) -> Void)
}

/// What the journal keeps of the sessions of earlier runs.
package struct KeptSessions: Sendable {
  /// One session that may still be open.
  package struct Session: Sendable {
    package let lane: String
    package let sessionID: String
    /// The proxy's `server`.
    package let proxy: String?
    /// How often a start was about to be sent in it.
    package let served: Int
    /// It failed and must be ended before the lane is used again.
    package let isTainted: Bool

    package init(lane: String, sessionID: String, proxy: String?, served: Int, isTainted: Bool) {
      self.lane = lane
      self.sessionID = sessionID
      self.proxy = proxy
      self.served = served
      self.isTainted = isTainted
    }
  }

  /// What is remembered of a proxy, by which the next one is chosen.
  package struct Proxy: Sendable {
    package let server: String
    package let failures: ProxyFailures
    /// Nil when it was never used.
    package let lastUsedAt: Timestamp?

    package init(server: String, failures: ProxyFailures, lastUsedAt: Timestamp?) {
      self.server = server
      self.failures = failures
      self.lastUsedAt = lastUsedAt
    }
  }

  package var sessions: [Session]
  package var proxies: [Proxy]

  package init(sessions: [Session] = [], proxies: [Proxy] = []) {
    self.sessions = sessions
    self.proxies = proxies
  }
}
