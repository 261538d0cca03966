/// How long to wait before the next try (FAULTS: full jitter; waits capped at 300 s).
public enum Backoff {
  /// Tries of one step, the first included.
  public static let triesInsideStep = 3
  public static let longestWait: Duration = .seconds(300)

  /// Between tries inside a step: anything up to 0.5 s · 2^tries, `retryAfter` when that is longer.
  public static func again(
    try number: Int, retryAfter: Duration? = nil, random: inout SeededRandom
  ) -> Duration {
    let jittered = random.duration(upTo: .milliseconds(500) * (1 << min(number, 6)))
    return min(max(jittered, retryAfter ?? .zero), longestWait)
  }

  /// When asked to come back later: not earlier than asked, a little scattered.
  public static func wait(retryAfter: Duration?, random: inout SeededRandom) -> Duration {
    let asked = retryAfter ?? .seconds(5)
    return min(asked + random.duration(upTo: .milliseconds(500)), longestWait)
  }

  /// Before a start that was put off so often before: the source's own wait, then twice as long each time.
  public static func putOff(_ times: Int, from first: Duration) -> Duration {
    min(max(first, .seconds(1)) * (1 << min(times, 16)), longestWait)
  }

  /// Before the destination is tried again by a counted retry: up to 30 s, `retryAfter` when that is longer.
  public static func retry(
    _ retryCount: Int, retryAfter: Duration? = nil, random: inout SeededRandom
  ) -> Duration {
    let jitter = random.duration(upTo: .milliseconds(500))
    let own = min(.milliseconds(500) * (1 << min(retryCount, 6)) + jitter, .seconds(30))
    return min(max(own, retryAfter ?? .zero), longestWait)
  }
}
