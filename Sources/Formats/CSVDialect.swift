/// How a CSV file is written: what stands between its fields, and how its bytes are characters.
struct CSVDialect {
  let delimiter: UInt8
  let encoding: ResultFormat.Encoding
  /// What a byte becomes in a field, for bytes that do not stand as they are; empty for one that the encoding does not
  /// have. Of UTF-8 bytes beyond ASCII are checked elsewhere.
  let replacements: [[UInt8]]
  /// For each byte: `plain` is copied inside and outside of quotes, `delimiter` only inside.
  let classes: [UInt8]

  static let plain: UInt8 = 0
  static let separating: UInt8 = 1
  static let special: UInt8 = 2
  /// A byte of a character that UTF-8 writes with several.
  static let beyondASCII: UInt8 = 3

  static func canSeparate(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\t") || (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"")
  }

  init(_ format: ResultFormat) {
    delimiter = format.delimiter ?? UInt8(ascii: ",")
    encoding = format.encoding ?? .utf8
    let encoding = encoding
    replacements = (0...255).map { Self.replacement(UInt8($0), encoding) }
    var classes = replacements.enumerated().map { byte, replacement in
      replacement == [UInt8(byte)] ? Self.plain : Self.special
    }
    for byte in [UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n")] {
      classes[Int(byte)] = Self.special
    }
    if encoding == .utf8 { for byte in 0x80...0xFF { classes[byte] = Self.beyondASCII } }
    // One that has to be escaped inside of quotes is looked at there as well.
    if classes[Int(delimiter)] == Self.plain { classes[Int(delimiter)] = Self.separating }
    self.classes = classes
  }

  private static func replacement(_ byte: UInt8, _ encoding: ResultFormat.Encoding) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [UInt8(ascii: "\\"), byte]
    case 0x08: return Array("\\b".utf8)
    case 0x0C: return Array("\\f".utf8)
    case UInt8(ascii: "\n"): return Array("\\n".utf8)
    case UInt8(ascii: "\r"): return Array("\\r".utf8)
    case UInt8(ascii: "\t"): return Array("\\t".utf8)
    case ..<0x20: return Array((byte < 0x10 ? "\\u000" : "\\u00").utf8) + Array(String(byte, radix: 16).utf8)
    case ..<0x80: return [byte]
    default: break
    }
    switch encoding {
    case .utf8: return []
    case .latin1: return utf8(UInt32(byte))
    case .windows1252:
      let scalar = byte < 0xA0 ? windows1252[Int(byte) - 0x80] : UInt32(byte)
      return scalar == 0 ? [] : utf8(scalar)
    }
  }

  private static func utf8(_ scalar: UInt32) -> [UInt8] {
    Unicode.Scalar(scalar).map { Array(String($0).utf8) } ?? []
  }

  /// What 0x80 to 0x9F are in windows-1252 (unicode.org, CP1252.TXT); 0 for the five that it does not have.
  private static let windows1252: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
  ]
}
