/// What the configuration says about workers and their proxies.
package struct WorkerSettings: Sendable {
  /// One worker that is not switched off.
  package struct Worker: Sendable {
    package let endpoint: WorkerEndpoint
    /// Jobs at once.
    package let capacity: Int

    package init(endpoint: WorkerEndpoint, capacity: Int) {
      self.endpoint = endpoint
      self.capacity = capacity
    }
  }

  package var workers: [Worker]
  package var sessions: SessionPolicy
  /// All that are configured; an inactive one is never chosen, but an earlier run's session may go through it.
  package var proxies: [SessionProxy]
  /// How `check` tries them.
  package var proxyProbe = ProxyProbe()

  package init(workers: [Worker], sessions: SessionPolicy, proxies: [SessionProxy]) {
    self.workers = workers
    self.sessions = sessions
    self.proxies = proxies
  }
}
