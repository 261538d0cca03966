/// The same numbers for the same seed, on every machine: SplitMix64.
public struct Draw: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// One of them.
  public mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }

  public mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// A few random changes: bytes replaced, doubled or left out, and pieces put in.
  public mutating func damaged(_ bytes: [UInt8], with pieces: [String]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<number(1...3) {
      let place = number(0...bytes.count)
      switch number(0...4) {
      case 0 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: next())
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2 where place < bytes.count: bytes.insert(bytes[place], at: place)
      case 3: bytes = Array(bytes[..<place])
      default: bytes.insert(contentsOf: Array(one(of: pieces).utf8), at: place)
      }
    }
    return bytes
  }
}
