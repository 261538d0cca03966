/// Percent-encoding as SigV4 wants it: everything but letters, digits and `-._~`.
enum PercentCoding {
  private static let digits = Array("0123456789ABCDEF".utf8)

  static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 45, 46, 95, 126: return true
    default: return false
    }
  }

  static func encode(_ bytes: some Sequence<UInt8>, keepingSlashes: Bool = false) -> String {
    var out: [UInt8] = []
    for byte in bytes {
      if isUnreserved(byte) || (keepingSlashes && byte == 47) {
        out.append(byte)
      } else {
        out += encoded(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// `%` and two capital digits.
  static func encoded(_ byte: UInt8) -> [UInt8] { [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]] }

  /// Nil when `%` is not followed by two hexadecimal digits.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    var bytes = text.utf8.makeIterator()
    while let byte = bytes.next() {
      guard byte == 37 else {
        out.append(byte)
        continue
      }
      guard let high = bytes.next().flatMap(value), let low = bytes.next().flatMap(value) else { return nil }
      out.append(high << 4 | low)
    }
    return out
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: return digit - 48
    case 65...70: return digit - 55
    case 97...102: return digit - 87
    default: return nil
    }
  }
}
