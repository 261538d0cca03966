/// Base 64 (RFC 4648).
package enum Base64 {
  private static let standard = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let urlSafe = standard.map { byte in
    byte == UInt8(ascii: "+") ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
  }

  /// With padding.
  package static func text(_ bytes: [UInt8]) -> String {
    let text = encode(bytes, standard)
    return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }

  /// The alphabet of names and addresses, without padding.
  package static func name(_ bytes: [UInt8]) -> String { encode(bytes, urlSafe) }

  /// With padding, in lines of 76 characters (RFC 2045).
  package static func lines(_ bytes: [UInt8]) -> [String] {
    stride(from: 0, to: bytes.count, by: 57).map { text(Array(bytes[$0..<min($0 + 57, bytes.count)])) }
  }

  private static func encode(_ bytes: [UInt8], _ alphabet: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count * 4 + 2) / 3)
    var (pending, bits) = (0, 0)
    for byte in bytes {
      pending = pending << 8 | Int(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        out.append(alphabet[pending >> bits & 63])
      }
      pending &= 1 << bits - 1
    }
    if bits > 0 { out.append(alphabet[pending << (6 - bits) & 63]) }
    return String(decoding: out, as: UTF8.self)
  }
}
