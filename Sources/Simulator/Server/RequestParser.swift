import Glibc

/// Reads a request head (RFC 9112), refusing whatever two readers could understand differently.
enum RequestParser {
  enum Outcome {
    /// The head has not ended yet.
    case incomplete
    case complete(RequestHead, consumed: Int)
    case refused(status: Int, reason: String)
  }

  /// Bytes of a head, and fields in it, that are accepted.
  static let longestHead = 32 * 1024
  static let mostFields = 100

  static func parse(_ input: UnsafeRawBufferPointer) -> Outcome {
    var start = 0
    // RFC 9112, 2.2: empty lines before the request line are skipped.
    while start + 1 < input.count, input[start] == 13, input[start + 1] == 10 { start += 2 }
    let rest = UnsafeRawBufferPointer(rebasing: input[start...])
    guard let length = lengthOfLines(rest) else {
      return rest.count > longestHead ? .refused(status: 431, reason: "the head is too long") : .incomplete
    }
    guard length <= longestHead else { return .refused(status: 431, reason: "the head is too long") }
    var reader = HeadReader(bytes: [UInt8](UnsafeRawBufferPointer(rebasing: rest[..<length])))
    do throws(HeadProblem) {
      return .complete(try reader.read(), consumed: start + length + 2)
    } catch {
      return .refused(status: error.status, reason: error.reason)
    }
  }
}

extension RequestParser {
  /// Bytes up to and with the CRLF of the last line, which is the one that an empty line follows.
  private static func lengthOfLines(_ input: UnsafeRawBufferPointer) -> Int? {
    guard let base = input.baseAddress else { return nil }
    var at = 0
    while at < input.count, let found = memchr(base + at, 10, input.count - at) {
      at = base.distance(to: UnsafeRawPointer(found)) + 1
      if at + 1 < input.count, input[at] == 13, input[at + 1] == 10 { return at }
    }
    return nil
  }
}

/// Why a head is not accepted.
struct HeadProblem: Error {
  var status = 400
  let reason: String
}

/// Takes one head apart; every line of `bytes` ends in CRLF.
private struct HeadReader {
  let bytes: [UInt8]
  private var at = 0
  private var fields: [RequestHead.Field] = []
  private var length: Int?
  private var isChunked = false
  private var hosts = 0
  private var connection: String?
  private var expectsContinue = false

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func read() throws(HeadProblem) -> RequestHead {
    let (method, target, isOld) = try readRequestLine()
    while at < bytes.count { try readField() }
    guard hosts == 1 || (isOld && hosts == 0) else { throw HeadProblem(reason: "one Host field is needed") }
    if isChunked, length != nil { throw HeadProblem(reason: "Content-Length beside Transfer-Encoding") }
    if isChunked, isOld { throw HeadProblem(reason: "Transfer-Encoding in HTTP/1.0") }
    let options = connection?.lowercased()
    return RequestHead(
      method: method, target: target, fields: fields, bytes: bytes,
      framing: isChunked ? .chunked : length.map { $0 == 0 ? .none : .length($0) } ?? .none,
      keepsAlive: isOld ? options == "keep-alive" : options.map { !$0.contains("close") } ?? true,
      expectsContinue: expectsContinue && !isOld)
  }

  private mutating func readRequestLine() throws(HeadProblem) -> (String, String, Bool) {
    let line = try takeLine()
    guard let first = bytes[line].firstIndex(of: 32), let last = bytes[line].lastIndex(of: 32), first < last
    else { throw HeadProblem(reason: "the request line is malformed") }
    let method = bytes[line.lowerBound..<first]
    let target = bytes[(first + 1)..<last]
    guard !method.isEmpty, method.count <= 15, method.allSatisfy({ (65...90).contains($0) }) else {
      throw HeadProblem(status: 501, reason: "unknown method")
    }
    guard target.first == UInt8(ascii: "/"), target.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw HeadProblem(reason: "the target must be a path of visible ASCII")
    }
    let version = bytes[(last + 1)..<line.upperBound]
    let isOld = version.elementsEqual("HTTP/1.0".utf8)
    guard isOld || version.elementsEqual("HTTP/1.1".utf8) else {
      throw HeadProblem(status: 505, reason: "only HTTP/1.0 and HTTP/1.1 are spoken")
    }
    return (String(decoding: method, as: UTF8.self), String(decoding: target, as: UTF8.self), isOld)
  }

  private mutating func readField() throws(HeadProblem) {
    let line = try takeLine()
    guard let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")), colon > line.lowerBound,
      bytes[line.lowerBound..<colon].allSatisfy(Self.isToken)
    else { throw HeadProblem(reason: "a header field is malformed") }
    var value = (colon + 1)..<line.upperBound
    while let byte = bytes[value].first, Self.isBlank(byte) {
      value = (value.lowerBound + 1)..<value.upperBound
    }
    while let byte = bytes[value].last, Self.isBlank(byte) {
      value = value.lowerBound..<(value.upperBound - 1)
    }
    guard bytes[value].allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 9 }) else {
      throw HeadProblem(reason: "a header value holds control characters")
    }
    guard fields.count < RequestParser.mostFields else {
      throw HeadProblem(status: 431, reason: "too many header fields")
    }
    let field = RequestHead.Field(name: line.lowerBound..<colon, value: value)
    fields.append(field)
    try interpret(field)
  }

  private mutating func interpret(_ field: RequestHead.Field) throws(HeadProblem) {
    func named(_ name: StaticString) -> Bool { RequestHead.equals(bytes, field.name, name) }
    func text() -> String { String(decoding: bytes[field.value], as: UTF8.self) }
    switch field.name.count {
    case 4 where named("host"): hosts += 1
    case 6 where named("expect"): expectsContinue = text().lowercased() == "100-continue"
    case 10 where named("connection"): connection = connection.map { "\($0), \(text())" } ?? text()
    case 14 where named("content-length"):
      let digits = bytes[field.value]
      guard !digits.isEmpty, digits.count <= 18, digits.allSatisfy({ (48...57).contains($0) }),
        let value = Int(text()), length == nil || length == value
      else { throw HeadProblem(reason: "Content-Length is malformed") }
      length = value
    case 17 where named("transfer-encoding"):
      guard text().lowercased() == "chunked", !isChunked else {
        throw HeadProblem(status: 501, reason: "only the chunked transfer coding is understood")
      }
      isChunked = true
    default: break
    }
  }

  /// The next line without its CRLF. A CR or LF elsewhere is refused, as is a folded line.
  private mutating func takeLine() throws(HeadProblem) -> Range<Int> {
    let start = at
    let end = bytes.withUnsafeBytes { raw -> Int? in
      guard let found = memchr(raw.baseAddress! + start, 10, raw.count - start) else { return nil }
      return raw.baseAddress!.distance(to: UnsafeRawPointer(found))
    }
    guard let end, end > start, bytes[end - 1] == 13 else {
      throw HeadProblem(reason: "a line lacks its CRLF")
    }
    at = end + 1
    guard end - 1 > start, !Self.isBlank(bytes[start]) else {
      throw HeadProblem(reason: "a folded or empty line")
    }
    return start..<(end - 1)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: return true
    default: return "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
