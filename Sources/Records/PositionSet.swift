/// A set of small whole numbers, a bit each up to the largest.
package struct PositionSet {
  private var words: [UInt64] = []
  /// Positions in the set.
  package private(set) var count = 0

  package init() {}

  /// Takes a position in, once.
  package mutating func insert(_ position: Int) {
    let index = position >> 6
    if index >= words.count { words += Array(repeating: 0, count: index + 1 - words.count) }
    let bit = UInt64(1) << UInt64(position & 63)
    if words[index] & bit == 0 { count += 1 }
    words[index] |= bit
  }

  /// Whether the position is in the set.
  package func contains(_ position: Int) -> Bool {
    let index = position >> 6
    return index < words.count && words[index] >> UInt64(position & 63) & 1 == 1
  }
}
