/// A fast generator whose draws depend on its seed alone (Vigna's SplitMix64).
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Seeded by several things at once: a number and texts, in this order.
  init(seed: UInt64, _ texts: String...) {
    state = seed
    for text in texts {
      // FNV-1a, with a mixing step between the texts so that "ab","c" is not "a","bc".
      for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
      state = next()
    }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 0..<bound; the bias of the remainder is of no account for bounds this small.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// 0..<1.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}
