/// Crosses JSON values while validating them against RFC 8259. The one place that knows the grammar.
///
/// The bytes must stay valid while it lives. It is recursive, at most `JSONScanner.maximumDepth` deep.
struct ValueScanner {
  let base: UnsafePointer<UInt8>
  let end: Int
  /// The next byte to look at.
  var at = 0
  /// The first element that is no object, of arrays at `watchedDepth` (the document's own value is at 1).
  var oddElement: OddElement?
  private var nextProgress: Int
  private let progress: ((Int) -> Void)?

  /// At first that of an array which is a member's value in the document's object.
  var watchedDepth = 2

  init(_ bytes: UnsafeRawBufferPointer, progress: ((Int) -> Void)?) {
    // Empty buffers may have no address; `end` is 0 then and nothing is ever read.
    base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(bitPattern: 1)!
    end = bytes.count
    self.progress = progress
    nextProgress = progress == nil ? Int.max : JSONScanner.progressInterval
  }

  /// Moves to the next byte that is not white space and returns it.
  @inline(__always)
  mutating func next() throws(JSONError) -> UInt8 {
    while at < end {
      let byte = base[at]
      if byte > 0x20 { return byte }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
        throw JSONError(.unexpectedCharacter, at: at)
      }
      at &+= 1
    }
    throw JSONError(.unexpectedEnd, at: end)
  }

  /// Crosses white space up to the end; anything else is an error.
  mutating func finish() throws(JSONError) {
    while at < end {
      let byte = base[at]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
        throw JSONError(.trailingContent, at: at)
      }
      at &+= 1
    }
  }

  @inline(__always)
  mutating func reportProgress() {
    if at >= nextProgress { passProgress() }
  }

  @inline(never)
  private mutating func passProgress() {
    progress?(at)
    nextProgress = at + JSONScanner.progressInterval
  }

  /// Crosses a value whose first byte, `first`, is at `at`. `depth` is that of what holds it.
  /// `count` becomes the number of elements or members of a container.
  mutating func value(_ first: UInt8, depth: Int, count: inout Int) throws(JSONError) -> JSONKind {
    switch first {
    case UInt8(ascii: "\""):
      _ = try string()
      return .string
    case UInt8(ascii: "{"):
      try object(depth: depth + 1, count: &count)
      return .object
    case UInt8(ascii: "["):
      try array(depth: depth + 1, count: &count)
      return .array
    case UInt8(ascii: "-"), 48...57:
      try number()
      return .number
    case UInt8(ascii: "t"):
      try literal("true")
      return .true
    case UInt8(ascii: "f"):
      try literal("false")
      return .false
    case UInt8(ascii: "n"):
      try literal("null")
      return .null
    default: throw JSONError(.unexpectedCharacter, at: at)
    }
  }

  private mutating func object(depth: Int, count: inout Int) throws(JSONError) {
    try open(depth)
    if try next() == UInt8(ascii: "}") {
      at &+= 1
      return
    }
    var members = 0
    var ignored = 0
    while true {
      _ = try key()
      _ = try value(try next(), depth: depth, count: &ignored)
      members &+= 1
      reportProgress()
      if try closes(with: UInt8(ascii: "}")) { break }
    }
    count = members
  }

  private mutating func array(depth: Int, count: inout Int) throws(JSONError) {
    try open(depth)
    if try next() == UInt8(ascii: "]") {
      at &+= 1
      return
    }
    var elements = 0
    var ignored = 0
    while true {
      let first = try next()
      let start = at
      let kind = try value(first, depth: depth, count: &ignored)
      if kind != .object, depth == watchedDepth, oddElement == nil {
        oddElement = OddElement(index: elements, kind: kind, offset: start)
      }
      elements &+= 1
      reportProgress()
      if try closes(with: UInt8(ascii: "]")) { break }
    }
    count = elements
  }

  /// Crosses an opening bracket.
  @inline(__always)
  mutating func open(_ depth: Int) throws(JSONError) {
    guard depth <= JSONScanner.maximumDepth else { throw JSONError(.tooDeep, at: at) }
    at &+= 1
  }

  /// Crosses what follows an element: true for the closing `bracket`, false for a comma.
  @inline(__always)
  mutating func closes(with bracket: UInt8) throws(JSONError) -> Bool {
    let byte = try next()
    guard byte == bracket || byte == UInt8(ascii: ",") else { throw JSONError(.unexpectedCharacter, at: at) }
    at &+= 1
    return byte == bracket
  }

  /// Crosses a member's key and the colon; gives the key's range without its quotes and whether it has escapes.
  @inline(__always)
  mutating func key() throws(JSONError) -> (range: Range<Int>, isEscaped: Bool) {
    guard try next() == UInt8(ascii: "\"") else { throw JSONError(.unexpectedCharacter, at: at) }
    let start = at &+ 1
    let isEscaped = try string()
    let range = Range(uncheckedBounds: (start, at &- 1))
    guard try next() == UInt8(ascii: ":") else { throw JSONError(.unexpectedCharacter, at: at) }
    at &+= 1
    return (range, isEscaped)
  }
}
