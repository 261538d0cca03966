import MissionCore
import Ports

/// The workers' sessions: their rules, and how what those ask for is carried out.
struct WorkerSessions: LaneSessions {
  let settings: WorkerSettings
  let clients: [String: WorkerClient]

  func machine(for lanes: [SourceLane], resuming kept: KeptSessions) -> any LaneMachine {
    let sessions = lanes.map { lane in
      guard let session = kept.sessions.first(where: { $0.lane == lane.name }) else {
        return SessionState(worker: lane.name, capacity: lane.capacity)
      }
      return SessionState(
        worker: lane.name, capacity: lane.capacity, sessionID: session.sessionID, proxy: session.proxy,
        served: session.served, isTainted: session.isTainted)
    }
    let proxies = settings.proxies.filter(\.isActive).map { proxy in
      let record = kept.proxies.first { $0.server == proxy.server }
      return ProxyPool.Entry(
        server: proxy.server, failures: record?.failures ?? .none, lastUsedAt: record?.lastUsedAt)
    }
    return WorkerLanes(policy: settings.sessions, sessions: sessions, proxies: ProxyPool(proxies))
  }

  func perform(
    _ request: any LaneRequest, on lane: String, reply: @escaping @Sendable (any LaneAnswer) -> Void
  ) {
    // The scheduler hands a source only what the machine of its own sessions asks for.
    guard let request = request as? SessionRequest, let client = clients[lane] else { return }
    switch request {
    case .open(let proxy): open(client, through: proxy, reply)
    case .look: client.sessionStatus { reply(SessionAnswer.looked($0)) }
    case .end: client.endSession { reply(Self.isGone($0) ? SessionAnswer.ended : .endFailed) }
    }
  }

  /// Whether the worker says that it has no session any more.
  private static func isGone(_ outcome: Result<Void, SourceFailure>) -> Bool {
    if case .failure(let failure) = outcome { failure.kind == .notFound } else { true }
  }

  private func open(
    _ client: WorkerClient, through proxy: String?, _ reply: @escaping @Sendable (any LaneAnswer) -> Void
  ) {
    client.openSession(through: settings.proxies.last { $0.server == proxy }) { answer in
      switch answer {
      case .success(let id):
        reply(SessionAnswer.opened(sessionID: UntrustedText.clean(id, limit: 128)))
      case .failure(let failure): reply(SessionAnswer.openFailed(failure))
      }
    }
  }
}
