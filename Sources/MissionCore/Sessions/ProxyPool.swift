/// The configured proxies and how often each failed (SPEC 7).
public struct ProxyPool: Sendable {
  public struct Entry: Hashable, Sendable {
    /// `host:port`; what the journal and reports call it.
    public let server: String
    public internal(set) var failures: Int
    /// Nil when it was never used.
    public internal(set) var lastUsedAt: Timestamp?

    public init(server: String, failures: Int = 0, lastUsedAt: Timestamp? = nil) {
      self.server = server
      self.failures = failures
      self.lastUsedAt = lastUsedAt
    }
  }

  public private(set) var entries: [Entry]

  /// Only active proxies come here.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// The one with the fewest failures, among equals the least recently used, among equals at random.
  public mutating func take(now: Timestamp, random: inout SeededRandom) -> String? {
    func rank(_ entry: Entry) -> (Int, Int64) { (entry.failures, entry.lastUsedAt?.milliseconds ?? .min) }
    guard let best = entries.map(rank).min(by: <) else { return nil }
    let candidates = entries.indices.filter { rank(entries[$0]) == best }
    guard let chosen = candidates.randomElement(using: &random) else { return nil }
    entries[chosen].lastUsedAt = now
    return entries[chosen].server
  }

  public mutating func recordFailure(of server: String) {
    guard let index = entries.firstIndex(where: { $0.server == server }) else { return }
    entries[index].failures += 1
  }
}
