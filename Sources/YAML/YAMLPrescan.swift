import Messages

/// What can be refused by looking at the bytes, before libyaml sees them.
///
/// libyaml needs time in the square of the open brackets (15 s for 100,000), reads UTF-16 as if it were asked
/// for, and gives no line for a byte that is not UTF-8.
enum YAMLPrescan {
  /// The text without its byte order mark.
  static func check(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLProblem) -> UnsafeBufferPointer<UInt8> {
    guard bytes.count <= YAMLDocument.largestSize else {
      throw YAMLProblem(
        mark: .start, message: "the file must be at most \(YAMLDocument.largestSize) bytes, it is larger")
    }
    let head = Array(bytes.prefix(4))
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
      || (head.count == 4 && head.contains(0) && head.contains { $0 != 0 })
    {
      throw YAMLProblem(mark: .start, message: "the file is UTF-16 or UTF-32; save it as UTF-8")
    }
    let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
    if let offset = firstRefusedByte(text) {
      throw YAMLProblem(mark: .locate(offset: offset, in: text), message: refusal(of: text[offset]))
    }
    if let offset = firstTooDeepBracket(text) {
      throw YAMLProblem(mark: .locate(offset: offset, in: text), message: tooDeep)
    }
    return text
  }

  static let tooDeep: Message = "nested deeper than \(YAMLDocument.deepestNesting) levels"

  private static func refusal(of byte: UInt8) -> Message {
    switch byte {
    case 0: return "a NUL byte is not text"
    case 0x80...: return "the byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8"
    default: return "a control character is not accepted"
    }
  }

  /// The first byte that is not part of well-formed UTF-8 or is a control character.
  private static func firstRefusedByte(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte >= 0x20, byte < 0x7F {
        index += 1
      } else if byte < 0x80 {
        guard byte == 0x09 || byte == 0x0A || byte == 0x0D else { return index }
        index += 1
      } else {
        guard let length = sequenceLength(text, at: index) else { return index }
        index += length
      }
    }
    return nil
  }

  /// The length of the well-formed sequence of two to four bytes (Unicode, table 3-7) that begins at `index`.
  private static func sequenceLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
    let (length, second): (Int, ClosedRange<UInt8>)
    switch text[index] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= text.count, second.contains(text[index + 1]) else { return nil }
    for offset in 2..<max(length, 2) where text[index + offset] & 0xC0 != 0x80 { return nil }
    return length
  }

  /// The bracket that opens one level too many, outside of quotes and comments.
  private static func firstTooDeepBracket(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var depth = 0
    var quote: UInt8?
    var index = 0
    // A quote or comment can begin only where a token can: not inside a word.
    var startsToken = true
    while index < text.count {
      let byte = text[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") { index += 1 }
        if byte == open { quote = nil }
        index += 1
        continue
      }
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        if depth > YAMLDocument.deepestNesting { return index }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "\""), UInt8(ascii: "'"): if startsToken { quote = byte }
      case UInt8(ascii: "#"):
        if startsToken {
          while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
          continue
        }
      default: break
      }
      startsToken = " \t\n\r[{,:".utf8.contains(byte)
      index += 1
    }
    return nil
  }
}
