/// A set of small whole numbers, a bit each up to the largest.
package struct PositionSet: Sendable {
  private var words: [UInt64] = []
  /// Positions in the set.
  package private(set) var count = 0

  package init() {}

  /// Takes a position in, once; answers whether it is new.
  @discardableResult
  package mutating func insert(_ position: Int) -> Bool {
    let index = position >> 6
    if index >= words.count { words += Array(repeating: 0, count: index + 1 - words.count) }
    let bit = UInt64(1) << UInt64(position & 63)
    guard words[index] & bit == 0 else { return false }
    count += 1
    words[index] |= bit
    return true
  }

  /// Whether the position is in the set.
  package func contains(_ position: Int) -> Bool {
    let index = position >> 6
    return index < words.count && words[index] >> UInt64(position & 63) & 1 == 1
  }
}
