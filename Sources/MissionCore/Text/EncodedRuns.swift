/// Pieces of a text that may be base 64 or hexadecimal, and what they would mean.
///
/// A run begins anywhere in what was encoded, so it is read from each of its first characters that could be the first
/// of a group. Ordinary words are such runs too; what they mean is noise in which no secret is found.
enum EncodedRuns {
  /// The bytes that a run would mean, and which bytes of the text each of them comes from.
  struct Run {
    let bytes: [UInt8]
    let places: [Range<Int>]
  }

  static func all(in text: [UInt8]) -> [Run] {
    runs(of: text, shortest: 6) { base64Value($0) != nil }.flatMap { range in
      (0..<4).map { decode(text, from: range.lowerBound + $0, to: range.upperBound, bits: 6, base64Value) }
    }
      + runs(of: text, shortest: 2 * Redactor.shortestMasked) { hexValue($0) != nil }.flatMap { range in
        (0..<2).map { decode(text, from: range.lowerBound + $0, to: range.upperBound, bits: 4, hexValue) }
      }
  }

  private static func runs(
    of text: [UInt8], shortest: Int, _ belongs: (UInt8) -> Bool
  ) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    for end in 0...text.count where end == text.count || !belongs(text[end]) {
      if end - start >= shortest { found.append(start..<end) }
      start = end + 1
    }
    return found
  }

  private static func decode(
    _ text: [UInt8], from start: Int, to end: Int, bits: Int, _ value: (UInt8) -> UInt32?
  ) -> Run {
    var bytes: [UInt8] = []
    var places: [Range<Int>] = []
    var (held, count): (UInt32, Int) = (0, 0)
    var place = start
    while place < end {
      held = held << UInt32(bits) | (value(text[place]) ?? 0)
      count += bits
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(count)))
        // The first of the characters that hold a bit of this byte.
        let first = place - (8 + count + bits - 1) / bits + 1
        places.append(max(start, first)..<place + 1)
      }
      place += 1
    }
    return Run(bytes: bytes, places: places)
  }

  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 48...57: return UInt32(byte) - 48
    case 65...70: return UInt32(byte) - 55
    case 97...102: return UInt32(byte) - 87
    default: return nil
    }
  }

  /// Of the usual alphabet and of the one for URLs.
  private static func base64Value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 65...90: return UInt32(byte) - 65
    case 97...122: return UInt32(byte) - 71
    case 48...57: return UInt32(byte) + 4
    case UInt8(ascii: "+"), UInt8(ascii: "-"): return 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): return 63
    default: return nil
    }
  }
}
