import Testing

@testable import MissionCore

@Suite(.timeLimit(.minutes(5))) struct BackoffTests {
  @Test(
    "between tries: full jitter up to 0.5 s · 2^try, not earlier than asked, at most 300 s", arguments: 1...10
  )
  func again(number: Int) {
    var random = SeededRandom(seed: UInt64(number))
    let most: Duration = .milliseconds(500) * (1 << min(number, 6))
    var longest: Duration = .zero
    for _ in 0..<200 {
      let wait = Backoff.again(try: number, random: &random)
      #expect(wait >= .zero && wait <= most)
      longest = max(longest, wait)
      #expect(Backoff.again(try: number, retryAfter: .seconds(40), random: &random) >= .seconds(40))
    }
    #expect(longest > most / 2, "it is not jitter over the full range")
    #expect(Backoff.again(try: number, retryAfter: .seconds(5000), random: &random) == .seconds(300))
  }

  @Test("asked to come back later: not earlier, at most half a second later, at most 300 s")
  func wait() {
    var random = SeededRandom(seed: 3)
    for asked in [0, 1, 5, 60, 299] {
      for _ in 0..<50 {
        let wait = Backoff.wait(retryAfter: .seconds(asked), random: &random)
        #expect(wait >= .seconds(asked) && wait <= .seconds(asked) + .milliseconds(500))
      }
    }
    #expect(Backoff.wait(retryAfter: .seconds(86_400), random: &random) == .seconds(300))
    #expect(Backoff.wait(retryAfter: nil, random: &random) >= .seconds(5))
  }

  @Test("before a counted retry of the destination the wait doubles, up to 30 s")
  func retry() {
    var random = SeededRandom(seed: 4)
    for count in 0...20 {
      let base: Duration = .milliseconds(500) * (1 << min(count, 6))
      let wait = Backoff.retry(count, random: &random)
      #expect(wait >= min(base, .seconds(30)) && wait <= min(base + .milliseconds(500), .seconds(30)))
    }
  }

  @Test("the same seed gives the same numbers, on every machine")
  func seeded() {
    var random = SeededRandom(seed: 1_234_567)
    // SplitMix64's published sequence for this seed.
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
    #expect(random.next() == 9_817_491_932_198_370_423)
  }

  @Test("a drawn duration lies in its range, both ends included")
  func durations() {
    var random = SeededRandom(seed: 5)
    var seen: Set<Duration> = []
    for _ in 0..<200 { seen.insert(random.duration(upTo: .microseconds(3))) }
    #expect(seen == [.zero, .microseconds(1), .microseconds(2), .microseconds(3)])
    #expect(random.duration(upTo: .zero) == .zero)
    #expect(random.duration(upTo: .seconds(-1)) == .zero)
  }
}
