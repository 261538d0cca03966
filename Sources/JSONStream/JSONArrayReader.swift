/// Yields the elements of an array one after the other, validating on the way.
///
/// The bytes must be one array and stay valid while the reader is used. After an error or the end it has
/// nothing more to give.
public struct JSONArrayReader {
  private var scanner: ValueScanner
  private let bytes: UnsafeRawBufferPointer
  private var state = State.atStart

  private enum State { case atStart, inside, ended }

  /// `progress`: as in `JSONScanner.members(of:progress:)`.
  public init(_ bytes: UnsafeRawBufferPointer, progress: ((Int) -> Void)? = nil) {
    self.bytes = bytes
    scanner = ValueScanner(bytes, progress: progress)
  }

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
    return JSONElement(
      value: JSONValue(kind: kind, range: Range(uncheckedBounds: (start, scanner.at))), id: id)
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

  /// Crosses an element that is an object; gives the last of its members named `id`.
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
      if isID(key, isEscaped) {
        id = JSONValue(kind: kind, range: Range(uncheckedBounds: (start, scanner.at)))
      }
      scanner.reportProgress()
    } while try !scanner.closes(with: UInt8(ascii: "}"))
    return id
  }

  @inline(__always)
  private func isID(_ key: Range<Int>, _ isEscaped: Bool) -> Bool {
    if isEscaped { return JSONText.unescape(bytes, key) == "id" }
    return key.count == 2 && scanner.base[key.lowerBound] == UInt8(ascii: "i")
      && scanner.base[key.lowerBound &+ 1] == UInt8(ascii: "d")
  }
}
