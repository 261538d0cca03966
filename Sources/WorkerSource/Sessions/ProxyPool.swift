import MissionCore

/// The configured proxies and how often sessions through each failed of late (SPEC 7).
package struct ProxyPool: Sendable {
  /// One proxy and what is remembered of it.
  package struct Entry: Hashable, Sendable {
    /// `host:port`; what the journal and reports call it.
    package let server: String
    package internal(set) var failures: ProxyFailures
    /// Nil when it was never used.
    package internal(set) var lastUsedAt: Timestamp?

    package init(server: String, failures: ProxyFailures = .none, lastUsedAt: Timestamp? = nil) {
      self.server = server
      self.failures = failures
      self.lastUsedAt = lastUsedAt
    }
  }

  package private(set) var entries: [Entry]

  /// Only active proxies come here.
  package init(_ entries: [Entry]) { self.entries = entries }

  /// The one with the fewest failures, rounded, among equals the least recently used, among equals at random.
  ///
  /// - Parameter avoided: not this one, unless there is no other.
  package mutating func take(
    now: Timestamp, avoiding avoided: String? = nil, random: inout SeededRandom
  ) -> String? {
    let others = entries.indices.filter { entries[$0].server != avoided }
    let usable = others.isEmpty ? Array(entries.indices) : others
    func rank(_ entry: Entry) -> (Int, Int64) {
      (entry.failures.rounded(at: now), entry.lastUsedAt?.milliseconds ?? .min)
    }
    guard let best = usable.map({ rank(entries[$0]) }).min(by: <) else { return nil }
    let candidates = usable.filter { rank(entries[$0]) == best }
    guard let chosen = candidates.randomElement(using: &random) else { return nil }
    entries[chosen].lastUsedAt = now
    return entries[chosen].server
  }

  /// One more failure; what is remembered of the proxy from now on, or nil when it is not one of these.
  package mutating func recordFailure(of server: String, now: Timestamp) -> ProxyFailures? {
    guard let index = entries.firstIndex(where: { $0.server == server }) else { return nil }
    entries[index].failures.add(at: now)
    return entries[index].failures
  }
}
