/// Compares JSON texts token by token: what stands between the tokens makes no difference, how a number, a string or the
/// order of members is written does.
public enum JSONComparison {
  /// - Parameters:
  ///   - one: valid JSON.
  ///   - other: any bytes; never equal when they are no JSON.
  public static func isEqual(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
    var (left, right) = (Tokens(one), Tokens(other))
    while true {
      let byte = left.next()
      guard byte == right.next(), left.isJoined == right.isJoined else { return false }
      if byte == nil { return true }
    }
  }
}

/// The bytes of the tokens, one after the other.
private struct Tokens {
  private let bytes: UnsafeRawBufferPointer
  private var at = 0
  private var isInString = false
  private var isEscaped = false
  private var isBehindMark = true
  /// White space stood in front of the byte where JSON has none: between two bytes that are no punctuation.
  private(set) var isJoined = false

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Nil at the end.
  @inline(__always)
  mutating func next() -> UInt8? {
    let start = at
    if !isInString { while at < bytes.count, Self.isWhite(bytes[at]) { at &+= 1 } }
    guard at < bytes.count else { return nil }
    let byte = bytes[at]
    let isMark = !isInString && Self.isMark(byte)
    isJoined = at > start && !isMark && !isBehindMark
    isBehindMark = isMark
    if isInString {
      isInString = isEscaped || byte != UInt8(ascii: "\"")
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    } else {
      isInString = byte == UInt8(ascii: "\"")
    }
    at &+= 1
    return byte
  }

  @inline(__always)
  private static func isWhite(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  @inline(__always)
  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","),
      UInt8(ascii: ":"):
      return true
    default: return false
    }
  }
}
