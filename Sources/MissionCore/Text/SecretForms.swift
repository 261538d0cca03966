/// How a secret may be written where it is not written plainly: percent-encoded in a URL that a server repeats, in
/// base 64 in an `Authorization` field, with escaped slashes in JSON.
enum SecretForms {
  /// A shorter piece of base 64 could be a piece of any word.
  private static let shortestEncoded = 8

  /// The plain form, and those that differ from it.
  static func all(of secret: [UInt8]) -> Set<[UInt8]> {
    var forms: Set = [secret, percent(secret, upperCase: true), percent(secret, upperCase: false)]
    forms.insert(secret.flatMap { $0 == UInt8(ascii: "/") ? [UInt8(ascii: "\\"), $0] : [$0] })
    for offset in 0..<3 {
      let inside = base64(secret, after: offset)
      guard inside.count >= shortestEncoded else { continue }
      forms.insert(inside)
      forms.insert(inside.map(urlSafe))
    }
    return forms
  }

  private static func percent(_ secret: [UInt8], upperCase: Bool) -> [UInt8] {
    secret.flatMap { byte -> [UInt8] in
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        return [byte]
      default:
        let digits = String(byte, radix: 16, uppercase: upperCase)
        return Array(((digits.count == 1 ? "%0" : "%") + digits).utf8)
      }
    }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The characters that come from the secret alone when `offset` bytes modulo 3 stand before it and anything after
  /// it, as a user's name and a colon do.
  private static func base64(_ secret: [UInt8], after offset: Int) -> [UInt8] {
    let bits = (offset * 8, (offset + secret.count) * 8)
    let first = (bits.0 + 5) / 6
    let padded = [UInt8](repeating: 0, count: offset) + secret + [0, 0]
    return (first..<max(first, bits.1 / 6)).map { place in
      let byte = place * 6 / 8
      let pair = Int(padded[byte]) << 8 | Int(padded[byte + 1])
      return alphabet[pair >> (10 - place * 6 % 8) & 63]
    }
  }

  private static func urlSafe(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "+"): return UInt8(ascii: "-")
    case UInt8(ascii: "/"): return UInt8(ascii: "_")
    default: return byte
    }
  }
}
