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
    /// Its latest session failed, so the next one is a probe: until that is ready, no other session is opened through it.
    var needsProbe: Bool
    /// The probe is under way.
    var isProbed = false

    package init(server: String, failures: ProxyFailures = .none, lastUsedAt: Timestamp? = nil) {
      self.server = server
      self.failures = failures
      self.lastUsedAt = lastUsedAt
      needsProbe = failures.lastAt.map { failed in lastUsedAt.map { $0 <= failed } ?? false } ?? false
    }
  }

  package private(set) var entries: [Entry]

  /// Only active proxies come here.
  package init(_ entries: [Entry]) { self.entries = entries }

  /// The one with the fewest failures, rounded, among equals the least recently used, among equals at random. One that
  /// failed gets a single session first; while nothing is known of that, another is taken as long as there is one. There
  /// always is one: nothing rests when all would.
  ///
  /// - Parameter avoided: not this one, unless there is no other.
  package mutating func take(
    now: Timestamp, avoiding avoided: String? = nil, random: inout SeededRandom
  ) -> String? {
    let others = entries.indices.filter { entries[$0].server != avoided }
    let all = others.isEmpty ? Array(entries.indices) : others
    let proven = all.filter { !entries[$0].isProbed }
    let usable = proven.isEmpty ? all : proven
    func rank(_ entry: Entry) -> (Int, Int64) {
      (entry.failures.rounded(at: now), entry.lastUsedAt?.milliseconds ?? .min)
    }
    guard let best = usable.map({ rank(entries[$0]) }).min(by: <) else { return nil }
    let candidates = usable.filter { rank(entries[$0]) == best }
    guard let chosen = candidates.randomElement(using: &random) else { return nil }
    entries[chosen].lastUsedAt = now
    entries[chosen].isProbed = entries[chosen].needsProbe
    return entries[chosen].server
  }

  /// One more failure; what is remembered of the proxy from now on, or nil when it is not one of these.
  package mutating func recordFailure(of server: String, now: Timestamp) -> ProxyFailures? {
    guard let index = entries.firstIndex(where: { $0.server == server }) else { return nil }
    entries[index].failures.add(at: now)
    entries[index].needsProbe = true
    entries[index].isProbed = false
    return entries[index].failures
  }

  /// A session through it is ready.
  mutating func recordSuccess(of server: String) {
    guard let index = entries.firstIndex(where: { $0.server == server }) else { return }
    entries[index].needsProbe = false
    entries[index].isProbed = false
  }

  /// The session through it is over, whatever came of it: if it was a probe, the next one is.
  mutating func forgetProbe(of server: String) {
    guard let index = entries.firstIndex(where: { $0.server == server }) else { return }
    entries[index].isProbed = false
  }
}
