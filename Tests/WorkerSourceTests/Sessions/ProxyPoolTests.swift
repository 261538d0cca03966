import MissionCore
import Ports
import Testing

@testable import WorkerSource

@Suite(.timeLimit(.minutes(5))) struct ProxyPoolTests {
  private func time(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

  private func failures(_ count: Double, at milliseconds: Int64 = 0) -> ProxyFailures {
    ProxyFailures(count: count, lastAt: time(milliseconds))
  }

  @Test("the fewest failures first, then the least recently used, one that was never used before all")
  func order() {
    var random = SeededRandom(seed: 1)
    var pool = ProxyPool([
      .init(server: "worn:1", failures: failures(2), lastUsedAt: time(1)),
      .init(server: "late:1", failures: failures(1), lastUsedAt: time(9)),
      .init(server: "early:1", failures: failures(1), lastUsedAt: time(5)),
      .init(server: "new:1", failures: failures(1)),
    ])
    #expect(pool.take(now: time(10), random: &random) == "new:1")
    #expect(pool.take(now: time(11), random: &random) == "early:1")
    #expect(pool.take(now: time(12), random: &random) == "late:1")
    #expect(pool.take(now: time(13), random: &random) == "new:1")
    for server in ["new:1", "early:1", "late:1"] {
      #expect(pool.recordFailure(of: server, now: time(13)) != nil)
    }
    #expect(pool.take(now: time(14), random: &random) == "worn:1")
  }

  @Test("failures are compared rounded, so that a little less of the same does not decide")
  func rounding() {
    var random = SeededRandom(seed: 1)
    var pool = ProxyPool([
      .init(server: "a:1", failures: failures(1.4), lastUsedAt: time(1)),
      .init(server: "b:1", failures: failures(0.6), lastUsedAt: time(2)),
      .init(server: "c:1", failures: failures(1.6), lastUsedAt: nil),
    ])
    #expect(pool.take(now: time(10), random: &random) == "a:1")
    #expect(pool.take(now: time(11), random: &random) == "b:1")
    #expect(pool.take(now: time(12), random: &random) == "a:1")
  }

  @Test("one bad minute does not retire a proxy: after some hours it is as good as the others")
  func recovers() {
    var random = SeededRandom(seed: 1)
    var pool = ProxyPool([.init(server: "a:1"), .init(server: "b:1")])
    for _ in 0..<3 { _ = pool.recordFailure(of: "a:1", now: time(0)) }
    let hour: Int64 = 3_600_000
    for minute in 0..<60 as Range<Int64> {
      #expect(pool.take(now: time(minute * 60_000), random: &random) == "b:1")
    }
    // Three failures are 0.375 after three hours.
    #expect(pool.take(now: time(3 * hour), random: &random) == "a:1")
    #expect(pool.take(now: time(3 * hour + 1), random: &random) == "b:1")
  }

  @Test(
    "after its rest a proxy gets one session to show that it works; only when that is ready it is like the others"
  )
  func probes() {
    var random = SeededRandom(seed: 1)
    var pool = ProxyPool((1...3).map { .init(server: "p\($0):1", lastUsedAt: time(Int64($0))) })
    func take(_ at: Int64) -> String? { pool.take(now: time(at), random: &random) }
    #expect(take(10) == "p1:1")
    _ = pool.recordFailure(of: "p1:1", now: time(10))
    let rested: Int64 = 5 * 3_600_000
    #expect(take(rested) == "p2:1")
    #expect(take(rested + 1) == "p3:1")
    #expect(take(rested + 2) == "p1:1", "the probe")
    #expect((3...6).map { take(rested + $0) } == ["p2:1", "p3:1", "p2:1", "p3:1"])
    // It came to nothing that could be judged: the next one is the probe.
    pool.forgetProbe(of: "p1:1")
    #expect(take(rested + 7) == "p1:1")
    #expect(take(rested + 8) == "p2:1")
    pool.recordSuccess(of: "p1:1")
    #expect((9...12).map { take(rested + $0) } == ["p3:1", "p1:1", "p2:1", "p3:1"])
  }

  @Test("whatever failed, and whatever is being tried, there always is one")
  func neverNone() {
    for seed: UInt64 in 1...200 {
      var random = SeededRandom(seed: seed)
      let servers = (1...Int.random(in: 1...4, using: &random)).map { "p\($0):1" }
      var pool = ProxyPool(servers.map { .init(server: $0) })
      var now: Int64 = 0
      for _ in 0..<100 {
        now += Int64.random(in: 0...600_000, using: &random)
        let avoided = Bool.random(using: &random) ? servers.randomElement(using: &random) : nil
        guard let taken = pool.take(now: time(now), avoiding: avoided, random: &random) else {
          Issue.record("seed \(seed): none of \(servers)")
          return
        }
        #expect(taken != avoided || servers.count == 1)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: _ = pool.recordFailure(of: taken, now: time(now))
        case 1: pool.recordSuccess(of: taken)
        default: break
        }
      }
    }
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
    #expect(pool.recordFailure(of: "q:1", now: time(0)) == nil)
    #expect(pool.entries == [.init(server: "p:1")])
  }
}

@Suite(.timeLimit(.minutes(5))) struct ProxyFailuresTests {
  private func time(_ hours: Double) -> Timestamp { Timestamp(milliseconds: Int64(hours * 3_600_000)) }

  @Test(
    "a failure counts half after an hour, a quarter after two, and nothing for ever",
    arguments: [1.0, 3, 7.5])
  func halfLife(count: Double) {
    let failures = ProxyFailures(count: count, lastAt: time(100))
    for hours in [0.0, 1, 2, 3, 10] {
      let left = failures.count(at: time(100 + hours))
      var expected = count
      for _ in 0..<Int(hours) { expected /= 2 }
      #expect(abs(left - expected) < 1e-9, "\(hours)")
    }
    #expect(failures.rounded(at: time(200)) == 0)
    #expect(failures.rounded(at: Timestamp(milliseconds: .max / 4)) == 0)
  }

  @Test("a clock that was set back makes a failure neither older nor more")
  func clockBack() {
    let failures = ProxyFailures(count: 2, lastAt: time(100))
    for hours in [99.0, 0, -5] { #expect(failures.count(at: time(hours)) == 2) }
    var added = failures
    added.add(at: time(50))
    #expect(added == ProxyFailures(count: 3, lastAt: time(50)))
    #expect(added.count(at: time(51)) == 1.5)
  }

  @Test("a new failure is added to what is left of the old ones")
  func adding() {
    var failures = ProxyFailures.none
    failures.add(at: time(1))
    failures.add(at: time(2))
    #expect(failures == ProxyFailures(count: 1.5, lastAt: time(2)))
  }

  @Test(
    "a count that is none, from a journal that was touched, is taken for none",
    arguments: [-1, .nan, .infinity])
  func nonsense(count: Double) {
    #expect(ProxyFailures(count: count, lastAt: time(1)).rounded(at: time(1)) == 0)
    #expect(ProxyFailures(count: 1e300, lastAt: nil).rounded(at: time(1)) == 1_000_000_000)
  }

  @Test("only a session's failure is its proxy's, or one that its worker calls the proxy's")
  func blame() {
    for code in ErrorCode.allCases {
      let isSession = [.sessionNotReady, .sessionStuck, .sessionDisconnected].contains(code)
      #expect(ProxyBlame.isEarned(by: Failure(code, "no"), worker: "w") == isSession, "\(code)")
    }
    for (message, isTold) in [
      ("proxy p:1 refused", true), ("PROXY_AUTH", true), ("ERR_PROXY_CONNECTION_FAILED", true),
      ("no proxies", false),
      ("my-proxy-7 answered 500 to POST /scrape", false), ("my-proxy-7 says: proxy down", true), ("", false),
    ] {
      #expect(
        ProxyBlame.isEarned(by: Failure(.jobFailed, "\(message)"), worker: "my-proxy-7") == isTold,
        "\(message)")
    }
  }
}
