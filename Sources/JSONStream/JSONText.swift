/// Turns validated places of JSON text into Swift values.
public enum JSONText {
  /// The text of a JSON string, `range` being the string with its quotes. A lone surrogate becomes U+FFFD.
  public static func string(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    unescape(bytes, range.lowerBound + 1..<range.upperBound - 1)
  }

  /// The text of a JSON string that holds a lone surrogate, for which Unicode has no character: each is left as its
  /// escape in lower case, `\ud800`, and each backslash is doubled, so that no two strings come out alike. Nil for a
  /// string without one.
  public static func stringWithLoneSurrogates(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> String? {
    let inside = UnsafeRawBufferPointer(rebasing: bytes[range.lowerBound + 1..<range.upperBound - 1])
    var hasLone = false
    let text = unescape(inside, backslash: "\\\\") { unit in
      hasLone = true
      return "\\u" + String(unit, radix: 16)
    }
    return hasLone ? text : nil
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
    return unescape(inside, backslash: "\\") { _ in "\u{FFFD}" }
  }

  /// - Parameters:
  ///   - backslash: what a backslash becomes.
  ///   - lone: what a lone surrogate becomes.
  private static func unescape(
    _ inside: UnsafeRawBufferPointer, backslash: String, lone: (UInt32) -> String
  ) -> String {
    var units: [UInt8] = []
    units.reserveCapacity(inside.count)
    var at = 0
    func add(_ scalar: Unicode.Scalar) {
      units.append(contentsOf: (scalar == "\\" ? backslash : String(scalar)).utf8)
    }
    while at < inside.count {
      if inside[at] != UInt8(ascii: "\\") {
        units.append(inside[at])
        at += 1
      } else if inside[at + 1] == UInt8(ascii: "u") {
        switch escaped(inside, &at) {
        case .success(let scalar): add(scalar)
        case .failure(let surrogate): units.append(contentsOf: lone(surrogate.unit).utf8)
        }
      } else {
        add(Unicode.Scalar(short(inside[at + 1])))
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

  /// A surrogate without the other one that makes it a character.
  private struct LoneSurrogate: Error { let unit: UInt32 }

  /// The character of the `\u` escape at `at`, or of the surrogate pair that begins there; moves behind it.
  private static func escaped(
    _ inside: UnsafeRawBufferPointer, _ at: inout Int
  ) -> Result<Unicode.Scalar, LoneSurrogate> {
    let first = unit(inside, at + 2)
    at += 6
    if let scalar = Unicode.Scalar(first) { return .success(scalar) }
    if first < 0xDC00, at + 6 <= inside.count, inside[at] == UInt8(ascii: "\\"),
      inside[at + 1] == UInt8(ascii: "u")
    {
      let second = unit(inside, at + 2)
      if (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        at += 6
        return .success(scalar)
      }
    }
    return .failure(LoneSurrogate(unit: first))
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
