/// Turns validated places of JSON text into Swift values.
public enum JSONText {
  /// The text of a JSON string, `range` being the string with its quotes. A lone surrogate becomes U+FFFD.
  public static func string(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    unescape(bytes, range.lowerBound + 1..<range.upperBound - 1)
  }

  /// The value of a number token when it is a whole number that fits (`20`, `2e1`, `20.0`); nil otherwise.
  public static func integer(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int64? {
    let token = String(decoding: bytes[range], as: UTF8.self)
    if let value = Int64(token) { return value }
    return Double(token).flatMap { Int64(exactly: $0) }
  }

  /// The text of a string's inside.
  static func unescape(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    let inside = UnsafeRawBufferPointer(rebasing: bytes[range])
    guard inside.contains(UInt8(ascii: "\\")) else { return String(decoding: inside, as: UTF8.self) }
    var units: [UInt8] = []
    units.reserveCapacity(inside.count)
    var at = 0
    while at < inside.count {
      if inside[at] != UInt8(ascii: "\\") {
        units.append(inside[at])
        at += 1
      } else if inside[at + 1] == UInt8(ascii: "u") {
        units.append(contentsOf: String(escaped(inside, &at)).utf8)
      } else {
        units.append(short(inside[at + 1]))
        at += 2
      }
    }
    return String(decoding: units, as: UTF8.self)
  }

  private static func short(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    default: return letter
    }
  }

  /// The character of the `\u` escape at `at`, or of the surrogate pair that begins there; moves behind it.
  private static func escaped(_ inside: UnsafeRawBufferPointer, _ at: inout Int) -> Character {
    let first = unit(inside, at + 2)
    at += 6
    if let scalar = Unicode.Scalar(first) { return Character(scalar) }
    if first < 0xDC00, at + 6 <= inside.count, inside[at] == UInt8(ascii: "\\"),
      inside[at + 1] == UInt8(ascii: "u")
    {
      let second = unit(inside, at + 2)
      if (0xDC00...0xDFFF).contains(second) {
        at += 6
        let code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        return Unicode.Scalar(code).map { Character($0) } ?? "\u{FFFD}"
      }
    }
    return "\u{FFFD}"
  }

  private static func unit(_ inside: UnsafeRawBufferPointer, _ at: Int) -> UInt32 {
    var value: UInt32 = 0
    for index in at..<at + 4 {
      let digit = inside[index]
      value = value << 4 | UInt32(digit < 58 ? digit - 48 : (digit | 0x20) - 87)
    }
    return value
  }
}
