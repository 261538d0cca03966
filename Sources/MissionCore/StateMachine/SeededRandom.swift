/// SplitMix64: small, fast, and the same sequence for the same seed everywhere. Not for secrets.
public struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in 0...limit, in whole microseconds.
  public mutating func duration(upTo limit: Duration) -> Duration {
    let (seconds, attoseconds) = limit.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    return microseconds <= 0 ? .zero : .microseconds(Int64.random(in: 0...microseconds, using: &self))
  }
}
