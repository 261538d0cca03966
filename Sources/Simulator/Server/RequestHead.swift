/// The request line and header fields of one request, kept as the bytes that came.
struct RequestHead {
  /// How the end of the body is known.
  enum Framing: Equatable {
    case none
    case length(Int)
    case chunked
  }

  struct Field {
    let name: Range<Int>
    let value: Range<Int>
  }

  let method: String
  /// As it stands in the request line, still encoded.
  let target: String
  let fields: [Field]
  /// What `fields` point into.
  let bytes: [UInt8]
  let framing: Framing
  let keepsAlive: Bool
  let expectsContinue: Bool

  /// The part of the target before `?`.
  var path: Substring { target.prefix { $0 != "?" } }

  /// The part after `?`, if there is one.
  var query: Substring? {
    target.utf8.firstIndex(of: UInt8(ascii: "?")).map { target[target.utf8.index(after: $0)...] }
  }

  /// The first field of this name, which is given in lower case.
  func value(of name: StaticString) -> String? {
    for field in fields where Self.equals(bytes, field.name, name) { return text(field.value) }
    return nil
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The name in lower case.
  func name(of field: Field) -> String { text(field.name).lowercased() }

  static func equals(_ bytes: [UInt8], _ range: Range<Int>, _ name: StaticString) -> Bool {
    guard range.count == name.utf8CodeUnitCount else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for offset in 0..<range.count {
        let byte = bytes[range.lowerBound + offset]
        let lower = byte >= 65 && byte <= 90 ? byte | 0x20 : byte
        if lower != name.utf8Start[offset] { return false }
      }
      return true
    }
  }
}
