/// Validates JSON (RFC 8259) in one pass and tells where its values lie. It builds no trees, copies no
/// text and changes no number.
///
/// Offsets are bytes from the start of what was given. Nothing is kept of the bytes after a call.
public enum JSONScanner {
  /// Containers inside each other; one more is an error, so that no input can exhaust a stack.
  public static let maximumDepth = 512

  /// Members that `members(of:)` takes.
  public static let maximumMembers = 1000

  /// Bytes between two calls of a progress closure, about.
  public static let progressInterval = 4 << 20

  /// The members of a document that is one object; of a repeated key the last counts. A byte order mark before it is
  /// passed over, as a reader may (RFC 8259, 8.1).
  ///
  /// `progress` is told about every 4 MiB how far the scan has come, so that a caller with a mapped file can
  /// drop the pages behind.
  public static func members(of bytes: UnsafeRawBufferPointer, progress: ((Int) -> Void)? = nil)
    throws(JSONError) -> [JSONMember]
  {
    var scanner = ValueScanner(bytes, progress: progress)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.at = 3 }
    guard try scanner.next() == UInt8(ascii: "{") else { throw JSONError(.notAnObject, at: scanner.at) }
    try scanner.open(1)
    var members: [JSONMember] = []
    if try scanner.next() == UInt8(ascii: "}") {
      scanner.at += 1
    } else {
      repeat {
        let member = try member(&scanner, bytes)
        if let index = members.firstIndex(where: { $0.key == member.key }) { members.remove(at: index) }
        members.append(member)
        guard members.count <= maximumMembers else { throw JSONError(.tooManyMembers, at: scanner.at) }
      } while try !scanner.closes(with: UInt8(ascii: "}"))
    }
    try scanner.finish()
    return members
  }

  /// Checks that the bytes are one JSON value of any kind, and says which.
  @discardableResult
  public static func validate(_ bytes: UnsafeRawBufferPointer, progress: ((Int) -> Void)? = nil)
    throws(JSONError) -> JSONKind
  {
    var scanner = ValueScanner(bytes, progress: progress)
    var count = 0
    let kind = try scanner.value(try scanner.next(), depth: 0, count: &count)
    try scanner.finish()
    return kind
  }

  private static func member(_ scanner: inout ValueScanner, _ bytes: UnsafeRawBufferPointer)
    throws(JSONError) -> JSONMember
  {
    let key = try scanner.key()
    let first = try scanner.next()
    let start = scanner.at
    var count = 0
    scanner.oddElement = nil
    let kind = try scanner.value(first, depth: 1, count: &count)
    scanner.reportProgress()
    return JSONMember(
      key: JSONText.unescape(bytes, key.range), value: JSONValue(kind: kind, range: start..<scanner.at),
      count: count, oddElement: kind == .array ? scanner.oddElement : nil)
  }
}
