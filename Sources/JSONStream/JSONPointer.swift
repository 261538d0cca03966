/// A JSON Pointer (RFC 6901): the way from a value to one inside it, as `/data/items/0`.
public struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
  /// As it is written; empty for the value itself.
  public let description: String
  let tokens: [Token]

  /// The value itself.
  package static let whole = JSONPointer("")!

  /// One step of the way.
  struct Token: Hashable, Sendable {
    /// A member's name.
    let name: [UInt8]
    /// Of an array's element; nil when the name is no index.
    let index: Int?
  }

  /// Nil for a text that is no pointer: it must be empty or begin with `/`, and `~` must stand before `0` or `1`.
  public init?(_ text: String) {
    guard text.isEmpty || text.utf8.first == UInt8(ascii: "/") else { return nil }
    var tokens: [Token] = []
    for part in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
      guard let token = Token(part) else { return nil }
      tokens.append(token)
    }
    description = text
    self.tokens = tokens
  }

  /// Whether it names the value that it begins at.
  public var isWhole: Bool { tokens.isEmpty }

  /// The value that it leads to from `value`, which lies in `bytes` and is known to be valid; nil when there is none. Of
  /// members with the same name the last counts.
  public func value(in bytes: UnsafeRawBufferPointer, from value: JSONValue) throws(JSONError) -> JSONValue? {
    try Self.follow(tokens[...], in: bytes, from: value)
  }

  /// The same in a whole document, which is validated as far as the way leads through it.
  public func value(in document: UnsafeRawBufferPointer) throws(JSONError) -> JSONValue? {
    var scanner = ValueScanner(document, progress: nil)
    if document.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.at = 3 }
    let first = try scanner.next()
    let start = scanner.at
    var count = 0
    let kind = try scanner.value(first, depth: 0, count: &count)
    let whole = JSONValue(kind: kind, range: start..<scanner.at)
    try scanner.finish()
    return try value(in: document, from: whole)
  }

  static func follow(
    _ tokens: ArraySlice<Token>, in bytes: UnsafeRawBufferPointer, from value: JSONValue
  ) throws(JSONError) -> JSONValue? {
    var found = value
    for token in tokens {
      guard let next = try token.value(in: bytes, of: found) else { return nil }
      found = next
    }
    return found
  }
}

extension JSONPointer.Token {
  fileprivate init?(_ text: String.UTF8View.SubSequence) {
    var name: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "~") else {
        name.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "0"): name.append(UInt8(ascii: "~"))
      case UInt8(ascii: "1"): name.append(UInt8(ascii: "/"))
      default: return nil
      }
    }
    self.name = name
    let isNumber = !name.isEmpty && name.count <= 18 && name.allSatisfy { (48...57).contains($0) }
    let isIndex = isNumber && (name.count == 1 || name[0] != UInt8(ascii: "0"))
    index = isIndex ? Int(String(decoding: name, as: UTF8.self)) : nil
  }

  /// Whether a member has this name: `key` is its place without the quotes.
  @inline(__always)
  func isName(_ key: Range<Int>, isEscaped: Bool, in bytes: UnsafeRawBufferPointer) -> Bool {
    if isEscaped { return JSONText.unescape(bytes, key).utf8.elementsEqual(name) }
    guard key.count == name.count else { return false }
    for offset in 0..<name.count where bytes[key.lowerBound &+ offset] != name[offset] { return false }
    return true
  }

  fileprivate func value(
    in bytes: UnsafeRawBufferPointer, of holder: JSONValue
  ) throws(JSONError) -> JSONValue? {
    switch holder.kind {
    case .object: return try member(in: bytes, of: holder)
    case .array:
      return try index.flatMap { (index) throws(JSONError) in
        try Self.element(index, in: bytes, of: holder)
      }
    default: return nil
    }
  }

  private func member(
    in bytes: UnsafeRawBufferPointer, of object: JSONValue
  ) throws(JSONError) -> JSONValue? {
    var scanner = ValueScanner(bytes, progress: nil)
    scanner.at = object.range.lowerBound + 1
    if try scanner.next() == UInt8(ascii: "}") { return nil }
    var found: JSONValue?
    repeat {
      let (key, isEscaped) = try scanner.key()
      let value = try scanner.nextValue()
      if isName(key, isEscaped: isEscaped, in: bytes) { found = value }
    } while try !scanner.closes(with: UInt8(ascii: "}"))
    return found
  }

  private static func element(
    _ index: Int, in bytes: UnsafeRawBufferPointer, of array: JSONValue
  ) throws(JSONError) -> JSONValue? {
    var scanner = ValueScanner(bytes, progress: nil)
    scanner.at = array.range.lowerBound + 1
    if try scanner.next() == UInt8(ascii: "]") { return nil }
    var left = index
    repeat {
      let value = try scanner.nextValue()
      if left == 0 { return value }
      left -= 1
    } while try !scanner.closes(with: UInt8(ascii: "]"))
    return nil
  }
}

extension ValueScanner {
  /// Crosses the next value, wherever it stands.
  fileprivate mutating func nextValue() throws(JSONError) -> JSONValue {
    let first = try next()
    let start = at
    var count = 0
    let kind = try value(first, depth: 0, count: &count)
    return JSONValue(kind: kind, range: start..<at)
  }
}
