import Testing

@testable import Formats

@Suite("CSV becomes objects of texts", .timeLimit(.minutes(1)))
struct CSVTests {
  @Test("each row is an object in the header's order, each value a text as it was written")
  func rows() {
    #expect(
      ResultFormat.csv().convert("a,b\n1,2\n007, x \n")
        == .array("[{\"a\":\"1\",\"b\":\"2\"},{\"a\":\"007\",\"b\":\" x \"}]"))
    #expect(ResultFormat.csv().convert("b,a\r\n,\r\n") == .array("[{\"b\":\"\",\"a\":\"\"}]"))
    #expect(ResultFormat.csv().convert("a") == .array("[]"))
    #expect(ResultFormat.csv().convert("a\n") == .array("[]"))
    #expect(ResultFormat.csv().convert("a\n\nx") == .array("[{\"a\":\"\"},{\"a\":\"x\"}]"))
  }

  @Test("quotes, doubled quotes, delimiters and line ends inside of quotes")
  func quotes() {
    #expect(
      ResultFormat.csv().convert("\"a\",\"b \"\"x\"\"\"\n\"1,\n2\r\",\"\"\n")
        == .array("[{\"a\":\"1,\\n2\\r\",\"b \\\"x\\\"\":\"\"}]"))
  }

  @Test("escapes are JSON's short ones and lower-case hexadecimal")
  func escapes() {
    #expect(
      ResultFormat.csv().convert("a\n\u{0}\u{1}\u{8}\t\u{B}\u{C}\u{1F}\\/\u{7F}\n")
        == .array("[{\"a\":\"\\u0000\\u0001\\b\\t\\u000b\\f\\u001f\\\\/\u{7F}\"}]"))
  }

  @Test("other delimiters", arguments: [";", "\t", "|", " ", "\\", "a"] as [Character])
  func delimiters(delimiter: Character) {
    #expect(
      ResultFormat.csv(delimiter: delimiter).convert("x\(delimiter)y\n\"\(delimiter)\"\(delimiter),\n")
        == .array(
          "[{\"x\":\"\(delimiter == "\\" ? "\\\\" : delimiter == "\t" ? "\\t" : String(delimiter))\",\"y\":\",\"}]"
        ))
  }

  @Test("a byte order mark is passed over; with another encoding it says that this one is wrong")
  func mark() {
    #expect(ResultFormat.csv().convert("\u{FEFF}a\nç\n") == .array("[{\"a\":\"ç\"}]"))
    #expect(
      ResultFormat.csv(.latin1).convert("\u{FEFF}a\n")
        == .refused("it begins with the mark of UTF-8, so its encoding is utf-8"))
    // Begins alike, and is a name.
    #expect(ResultFormat.csv().convert("\u{FEFE}a\n1") == .array("[{\"\u{FEFE}a\":\"1\"}]"))
  }

  @Test("each byte of latin1 is its character")
  func latin1() {
    for byte in UInt8(0x80)...0xFF {
      let text = String(Unicode.Scalar(byte))
      #expect(
        ResultFormat.csv(.latin1).convert(pieces: [[0x61, 0x0A, byte]]) == .array("[{\"a\":\"\(text)\"}]"))
    }
    #expect(
      ResultFormat.csv(.latin1).convert([0xE9, 0x0A, 0x22, 0xE7, 0xE3, 0x22]) == .array("[{\"é\":\"çã\"}]"))
  }

  @Test("windows-1252 has the euro, and not five bytes")
  func windows1252() {
    #expect(
      ResultFormat.csv(.windows1252).convert([0x61, 0x0A, 0x80, 0x93, 0xE9]) == .array("[{\"a\":\"€“é\"}]"))
    for byte: UInt8 in [0x81, 0x8D, 0x8F, 0x90, 0x9D] {
      #expect(
        ResultFormat.csv(.windows1252).convert([0x61, 0x0A, byte])
          == .refused("row 2, field 1: the encoding windows-1252 does not have this byte (byte 2)"))
    }
  }

  @Test(
    "what breaks the rules is refused with row, field and byte",
    arguments: [
      ("", "the file is empty, not even a header is there"),
      ("\u{FEFF}", "the file is empty, not even a header is there"),
      ("\n", "row 1, field 1: the header has an empty name (byte 0)"),
      ("a,,b\n", "row 1, field 2: the header has an empty name (byte 2)"),
      ("a,b,a\n", "row 1, field 3: the header has this name twice (byte 5)"),
      ("a,\"a\"", "row 1, field 2: the header has this name twice (byte 5)"),
      ("a,b\n1\n", "row 2, field 1: the row ends here, and the header has 2 fields (byte 5)"),
      ("a,b\n1,2\n\n", "row 3, field 1: the row ends here, and the header has 2 fields (byte 8)"),
      ("a\n1,2\n", "row 2, field 1: the row has more fields than the header, which has 1 (byte 3)"),
      ("a\nx\"y\n", "row 2, field 1: a quote inside a field that does not begin with one (byte 3)"),
      ("a\n\"x\"y\n", "row 2, field 1: text after the closing quote (byte 5)"),
      ("a\n\"x\n", "row 2, field 1: this quote is never closed (byte 2)"),
      (
        "a\nx\ry\n",
        "row 2, field 1: a carriage return without a line feed; accepted line ends: LF or CRLF (byte 3)"
      ),
      (
        "a\nx\r",
        "row 2, field 1: a carriage return without a line feed; accepted line ends: LF or CRLF (byte 3)"
      ),
    ])
  func refused(text: String, message: String) {
    #expect(ResultFormat.csv().convert(text) == .refused(message))
  }

  @Test(
    "bytes that are not UTF-8 are refused where their character begins",
    arguments: [
      ([0xFF], 4), ([0xC3], 4), ([0xC3, 0x2C], 4), ([0xE2, 0x82], 4), ([0xED, 0xA0, 0x80], 4),
      ([0xC3, 0xA9, 0xE9, 0x22], 6),
    ] as [([UInt8], Int)])
  func notUTF8(bytes: [UInt8], place: Int) {
    #expect(
      ResultFormat.csv().convert(Array("a\nxy".utf8) + bytes)
        == .refused("row 2, field 1: it is not UTF-8 (byte \(place))"))
  }

  @Test("a header that cannot be kept is refused")
  func largeHeader() {
    let name = [UInt8](repeating: 0x61, count: CSVHeader.largest + 1)
    guard case .refused(let message) = ResultFormat.csv().convert(pieces: [name[...]]) else {
      return #expect(Bool(false))
    }
    #expect(message.contains("the header has more than 1048576 bytes"))
    let commas = Array("a,b".utf8) + [UInt8](repeating: 0x2C, count: 9)
    #expect(
      ResultFormat.csv().convert(commas) == .refused("row 1, field 3: the header has an empty name (byte 4)"))
  }

  @Test("whoever takes no more ends the conversion at once, however much a row makes of a byte")
  func notTaken() {
    var taken = 0
    guard
      var conversion = Conversion(
        .csv(),
        take: {
          taken += $0.count
          return taken < 1 << 20
        })
    else { return #expect(Bool(false)) }
    let header = [UInt8](repeating: 0x61, count: 1 << 19) + [0x0A]
    let rows = [UInt8](repeating: 0x0A, count: 1 << 20)
    var failure: ConversionFailure?
    do throws(ConversionFailure) {
      try header.withUnsafeBufferPointer { bytes throws(ConversionFailure) in
        try conversion.push(UnsafeRawBufferPointer(bytes))
      }
      try rows.withUnsafeBufferPointer { bytes throws(ConversionFailure) in
        try conversion.push(UnsafeRawBufferPointer(bytes))
      }
    } catch { failure = error }
    #expect(failure == .notTaken)
    #expect(taken < 3 << 20)
  }
}
