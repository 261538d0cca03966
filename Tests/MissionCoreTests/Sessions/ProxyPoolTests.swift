import Testing

@testable import MissionCore

@Suite struct ProxyPoolTests {
  private func time(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

  @Test("the fewest failures first, then the least recently used, one that was never used before all")
  func order() {
    var random = SeededRandom(seed: 1)
    var pool = ProxyPool([
      .init(server: "worn:1", failures: 2, lastUsedAt: time(1)),
      .init(server: "late:1", failures: 1, lastUsedAt: time(9)),
      .init(server: "early:1", failures: 1, lastUsedAt: time(5)), .init(server: "new:1", failures: 1),
    ])
    #expect(pool.take(now: time(10), random: &random) == "new:1")
    #expect(pool.take(now: time(11), random: &random) == "early:1")
    #expect(pool.take(now: time(12), random: &random) == "late:1")
    #expect(pool.take(now: time(13), random: &random) == "new:1")
    pool.recordFailure(of: "new:1")
    pool.recordFailure(of: "early:1")
    pool.recordFailure(of: "late:1")
    #expect(pool.take(now: time(14), random: &random) == "worn:1")
  }

  @Test("among equals at random, each as often")
  func atRandom() {
    var counts: [String: Int] = [:]
    for seed in 0..<600 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      var pool = ProxyPool((1...3).map { .init(server: "p\($0):1") })
      counts[pool.take(now: time(0), random: &random)!, default: 0] += 1
    }
    for count in counts.values { #expect((150...250).contains(count), "\(counts)") }
    #expect(counts.count == 3)
  }

  @Test("an empty pool has none; the failure of an unknown proxy is nobody's")
  func edges() {
    var random = SeededRandom(seed: 1)
    var empty = ProxyPool([])
    #expect(empty.take(now: time(0), random: &random) == nil)
    var pool = ProxyPool([.init(server: "p:1")])
    pool.recordFailure(of: "q:1")
    #expect(pool.entries == [.init(server: "p:1")])
  }
}
