import Threads

/// When to look next for transfers that stand still. A look costs a pass over all transfers, so it is taken
/// only a few times within the shortest limit.
struct StallWatch {
  private(set) var next: Moment?

  var isDue: Bool {
    guard let next else { return false }
    return next <= .now
  }

  /// A look begins; transfers that go on are noted again.
  mutating func begin(at now: Moment) { next = nil }

  mutating func note(limit: Duration) {
    let look = Moment.now + max(limit / 8, .milliseconds(1))
    next = next.map { min($0, look) } ?? look
  }
}
