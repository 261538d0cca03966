/// The header fields of an answer, kept as the bytes that arrived and read when asked.
public struct HTTPHeaders: Sendable {
  /// Lines as received, each with its line end; the status line is not among them.
  private let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// For implementations of `HTTPClient` that are not libcurl.
  public init(_ fields: [(name: String, value: String)]) {
    bytes = fields.flatMap { Array("\($0.name): \($0.value)\r\n".utf8) }
  }

  /// The first field of that name, compared without case, without the white space around it.
  public func first(_ name: String) -> String? {
    var name = name
    return name.withUTF8 { name in
      bytes.withUnsafeBufferPointer { bytes in
        var start = 0
        while start < bytes.count {
          let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
          if let value = Self.value(of: name, in: UnsafeBufferPointer(rebasing: bytes[start..<end])) {
            return value
          }
          start = end + 1
        }
        return nil
      }
    }
  }

  public subscript(name: String) -> String? { first(name) }

  /// Every field in the order received.
  public var all: [(name: String, value: String)] {
    bytes.split(separator: 0x0A).compactMap { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      return (String(decoding: line[..<colon], as: UTF8.self), Self.trimmed(line[(colon + 1)...]))
    }
  }

  private static func value(of name: UnsafeBufferPointer<UInt8>, in line: UnsafeBufferPointer<UInt8>)
    -> String?
  {
    guard line.count > name.count, line[name.count] == UInt8(ascii: ":") else { return nil }
    for index in 0..<name.count where lowercased(line[index]) != lowercased(name[index]) { return nil }
    return trimmed(line[(name.count + 1)...])
  }

  private static func trimmed(_ value: some BidirectionalCollection<UInt8>) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    guard let first = value.firstIndex(where: { !isSpace($0) }),
      let last = value.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(decoding: value[first...last], as: UTF8.self)
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte | 0x20 : byte }
}
