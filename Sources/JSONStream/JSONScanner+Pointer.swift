extension JSONScanner {
  /// The value at a place of a document, which is validated whole in the same pass; nil when nothing is there. Of a
  /// repeated key the last counts. A byte order mark before the document is passed over.
  ///
  /// `progress`: as in `members(of:progress:)`.
  package static func value(
    at pointer: JSONPointer, of bytes: UnsafeRawBufferPointer, progress: ((Int) -> Void)? = nil
  ) throws(JSONError) -> PlacedValue? {
    var search = PointerSearch(tokens: pointer.tokens, bytes: bytes, progress: progress)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { search.scanner.at = 3 }
    try search.cross(0)
    try search.scanner.finish()
    return search.found
  }
}

/// A value found at a place.
package struct PlacedValue: Hashable, Sendable {
  package let value: JSONValue
  /// Elements of an array or members of an object; 0 for other kinds.
  package let count: Int
  /// Of an array: the first of its elements that is no object.
  package let oddElement: OddElement?
}

/// Crosses a document and remembers what stands at the place.
private struct PointerSearch {
  let tokens: [JSONPointer.Token]
  let bytes: UnsafeRawBufferPointer
  var scanner: ValueScanner
  var found: PlacedValue?

  init(tokens: [JSONPointer.Token], bytes: UnsafeRawBufferPointer, progress: ((Int) -> Void)?) {
    self.tokens = tokens
    self.bytes = bytes
    scanner = ValueScanner(bytes, progress: progress)
    scanner.watchedDepth = tokens.count + 1
  }

  /// Crosses the value that so many of the tokens lead to.
  mutating func cross(_ depth: Int) throws(JSONError) {
    let first = try scanner.next()
    switch first {
    case _ where depth == tokens.count: try take(first, depth: depth)
    case UInt8(ascii: "{"): try crossObject(depth)
    case UInt8(ascii: "["): try crossArray(depth)
    default: try pass(first, depth: depth)
    }
  }

  private mutating func take(_ first: UInt8, depth: Int) throws(JSONError) {
    let start = scanner.at
    var count = 0
    scanner.oddElement = nil
    let kind = try scanner.value(first, depth: depth, count: &count)
    found = PlacedValue(
      value: JSONValue(kind: kind, range: start..<scanner.at), count: count,
      oddElement: kind == .array ? scanner.oddElement : nil)
  }

  private mutating func pass(_ first: UInt8, depth: Int) throws(JSONError) {
    var ignored = 0
    _ = try scanner.value(first, depth: depth, count: &ignored)
  }

  private mutating func crossObject(_ depth: Int) throws(JSONError) {
    try scanner.open(depth + 1)
    if try scanner.next() == UInt8(ascii: "}") {
      scanner.at += 1
      return
    }
    repeat {
      let (key, isEscaped) = try scanner.key()
      if tokens[depth].isName(key, isEscaped: isEscaped, in: bytes) {
        found = nil
        try cross(depth + 1)
      } else {
        try pass(try scanner.next(), depth: depth + 1)
      }
      scanner.reportProgress()
    } while try !scanner.closes(with: UInt8(ascii: "}"))
  }

  private mutating func crossArray(_ depth: Int) throws(JSONError) {
    let wanted = tokens[depth].index
    try scanner.open(depth + 1)
    if try scanner.next() == UInt8(ascii: "]") {
      scanner.at += 1
      return
    }
    var index = 0
    repeat {
      if index == wanted { try cross(depth + 1) } else { try pass(try scanner.next(), depth: depth + 1) }
      index += 1
      scanner.reportProgress()
    } while try !scanner.closes(with: UInt8(ascii: "]"))
  }
}
