/// Yields the elements of an array one after the other, validating on the way.
///
/// The bytes must be one array and stay valid while the reader is used. After an error or the end it has
/// nothing more to give.
public struct JSONArrayReader {
  private var scanner: ValueScanner
  private let bytes: UnsafeRawBufferPointer
  /// The way from an element to its id: the member of the element itself, and what leads on from there.
  private let idMember: JSONPointer.Token?
  private let idRest: ArraySlice<JSONPointer.Token>
  private var state = State.atStart

  private enum State { case atStart, inside, ended }

  /// `id`: where an element has its id. `progress`: as in `JSONScanner.members(of:progress:)`.
  public init(
    _ bytes: UnsafeRawBufferPointer, id: JSONPointer = Self.ownID, progress: ((Int) -> Void)? = nil
  ) {
    self.bytes = bytes
    idMember = id.tokens.first
    idRest = id.tokens.dropFirst()
    scanner = ValueScanner(bytes, progress: progress)
  }

  /// The member `id` of an element.
  public static let ownID = JSONPointer("/id")!  // a pointer as RFC 6901 has it

  /// The next element; nil at the end of the array, once what follows it is known to be white space only.
  public mutating func next() throws(JSONError) -> JSONElement? {
    switch state {
    case .ended: return nil
    case .atStart: guard try begin() else { return nil }
    case .inside: guard try !scanner.closes(with: UInt8(ascii: "]")) else { return try end() }
    }
    let first = try scanner.next()
    let start = scanner.at
    var id: JSONValue?
    let kind: JSONKind
    if first == UInt8(ascii: "{") {
      kind = .object
      id = try object()
    } else {
      var count = 0
      kind = try scanner.value(first, depth: 1, count: &count)
    }
    scanner.reportProgress()
    let value = JSONValue(kind: kind, range: Range(uncheckedBounds: (start, scanner.at)))
    if kind == .array, let idMember {
      id = try JSONPointer.follow([idMember] + idRest, in: bytes, from: value)
    }
    return JSONElement(value: value, id: id)
  }

  /// False when the array is empty.
  private mutating func begin() throws(JSONError) -> Bool {
    guard try scanner.next() == UInt8(ascii: "[") else { throw JSONError(.notAnArray, at: scanner.at) }
    try scanner.open(1)
    state = .inside
    guard try scanner.next() == UInt8(ascii: "]") else { return true }
    scanner.at += 1
    _ = try end()
    return false
  }

  private mutating func end() throws(JSONError) -> JSONElement? {
    state = .ended
    try scanner.finish()
    return nil
  }

  /// Crosses an element that is an object; gives its id.
  private mutating func object() throws(JSONError) -> JSONValue? {
    try scanner.open(2)
    if try scanner.next() == UInt8(ascii: "}") {
      scanner.at += 1
      return nil
    }
    var id: JSONValue?
    var count = 0
    repeat {
      let (key, isEscaped) = try scanner.key()
      let first = try scanner.next()
      let start = scanner.at
      let kind = try scanner.value(first, depth: 2, count: &count)
      if let idMember, idMember.isName(key, isEscaped: isEscaped, in: bytes) {
        id = JSONValue(kind: kind, range: Range(uncheckedBounds: (start, scanner.at)))
      }
      scanner.reportProgress()
    } while try !scanner.closes(with: UInt8(ascii: "}"))
    guard let id, !idRest.isEmpty else { return id }
    return try JSONPointer.follow(idRest, in: bytes, from: id)
  }
}
