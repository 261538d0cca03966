/// Reads a small JSON document (RFC 8259) into a tree; stricter only in depth.
struct JSONParser {
  struct Problem: Error, CustomStringConvertible {
    let offset: Int
    let reason: String
    var description: String { "byte \(offset): \(reason)" }
  }

  private static let deepest = 64

  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func parse(_ bytes: [UInt8]) throws(Problem) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value()
    parser.skipBlanks()
    guard parser.at == bytes.count else { throw parser.problem("something follows the document") }
    return value
  }

  static func parse(_ text: String) throws(Problem) -> JSONValue { try parse(Array(text.utf8)) }

  private func problem(_ reason: String) -> Problem { Problem(offset: at, reason: reason) }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 32 || byte == 10 || byte == 13 || byte == 9 { at += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func value() throws(Problem) -> JSONValue {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try nested { parser throws(Problem) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(Problem) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some: return .number(try number())
    case nil: throw problem("the document ends too early")
    }
  }

  private mutating func nested(
    _ read: (inout JSONParser) throws(Problem) -> JSONValue
  ) throws(Problem) -> JSONValue {
    depth += 1
    guard depth <= Self.deepest else { throw problem("nested too deep") }
    at += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(Problem) -> JSONValue {
    var members: [JSONMember] = []
    if take("}") { return .object(members) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw problem("a member name is expected") }
      let name = try string()
      guard take(":") else { throw problem("':' is expected") }
      members.append(JSONMember(name: name, value: try value()))
    } while take(",")
    guard take("}") else { throw problem("'}' is expected") }
    return .object(members)
  }

  private mutating func array() throws(Problem) -> JSONValue {
    var elements: [JSONValue] = []
    if take("]") { return .array(elements) }
    repeat { elements.append(try value()) } while take(",")
    guard take("]") else { throw problem("']' is expected") }
    return .array(elements)
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(Problem) -> JSONValue {
    for offset in 0..<text.utf8CodeUnitCount {
      guard next == text.utf8Start[offset] else { throw problem("not a value") }
      at += 1
    }
    return value
  }

  private mutating func number() throws(Problem) -> String {
    let start = at
    if next == UInt8(ascii: "-") { at += 1 }
    let leading = next
    let whole = digits()
    guard whole == 1 || (whole > 1 && leading != UInt8(ascii: "0")) else { throw problem("not a value") }
    if next == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { throw problem("a digit is expected") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      at += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
      guard digits() > 0 else { throw problem("a digit is expected") }
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func digits() -> Int {
    let start = at
    while let byte = next, (48...57).contains(byte) { at += 1 }
    return at - start
  }

  private mutating func string() throws(Problem) -> String {
    at += 1
    var out: [UInt8] = []
    while let byte = next {
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: out, as: UTF8.self) else { throw problem("not UTF-8") }
        return text
      case UInt8(ascii: "\\"): try escape(into: &out)
      case 0..<0x20: throw problem("a control character in a string")
      default: out.append(byte)
      }
    }
    throw problem("a string does not end")
  }

  private mutating func escape(into out: inout [UInt8]) throws(Problem) {
    guard let kind = next else { throw problem("a string does not end") }
    at += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(kind)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "u"):
      var unit = try hexUnit()
      if (0xD800..<0xDC00).contains(unit), next == UInt8(ascii: "\\"), at + 1 < bytes.count,
        bytes[at + 1] == UInt8(ascii: "u")
      {
        at += 2
        let low = try hexUnit()
        guard (0xDC00..<0xE000).contains(low) else { throw problem("half of a surrogate pair") }
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(unit) else { throw problem("half of a surrogate pair") }
      out.append(contentsOf: String(Character(scalar)).utf8)
    default: throw problem("an unknown escape")
    }
  }

  private mutating func hexUnit() throws(Problem) -> UInt32 {
    let digits = bytes[at..<min(at + 4, bytes.count)]
    guard digits.count == 4, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("four hexadecimal digits are expected") }
    at += 4
    return unit
  }
}
