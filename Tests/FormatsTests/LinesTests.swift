import Testing

@testable import Formats

@Suite("JSON Lines become one array", .timeLimit(.minutes(1)))
struct LinesTests {
  private let format = ResultFormat(.lines)

  @Test("objects stay as they are, trimmed and joined by commas")
  func objects() {
    #expect(format.convert("{\"a\":1.10}\n{ \"b\" : [ ] }\n") == .array("[{\"a\":1.10},{ \"b\" : [ ] }]"))
    #expect(format.convert("  {\"é\":\"\\u00e9\"}\t\r\n{}") == .array("[{\"é\":\"\\u00e9\"},{}]"))
  }

  @Test(
    "empty lines are passed over, an empty result has no records",
    arguments: ["", "\n", " \r\n\t\n", "\u{FEFF}"])
  func empty(text: String) {
    #expect(format.convert(text) == .array("[]"))
  }

  @Test("a byte order mark before the first line is passed over")
  func mark() {
    #expect(format.convert("\u{FEFF}{\"a\":1}\n") == .array("[{\"a\":1}]"))
  }

  @Test("strings may hold whatever looks like structure")
  func strings() {
    let line = "{\"a\\\"b\":\"{[,]}\\\\\",\"c\":\"\u{1F600}ção\"}"
    #expect(format.convert(line + "\n" + line) == .array("[\(line),\(line)]"))
  }

  @Test(
    "what is no object on its line is refused with line and byte",
    arguments: [
      ("{}\n[1]\n", "line 2: not an object at byte 3"),
      ("{}\n\n 5", "line 3: not an object at byte 5"),
      ("{}{}", "line 1: content after the end at byte 2"),
      ("{},{}", "line 1: content after the end at byte 2"),
      ("{\"a\":1\n}", "line 1: unexpected end at byte 6"),
      ("{\"a\":\"x", "line 1: unexpected end at byte 7"),
      ("{\"a\":01}", "line 1: unexpected character at byte 6"),
      ("{\"a\":1,}", "line 1: unexpected character at byte 7"),
      ("{\"a\":tru}", "line 1: unexpected character at byte 8"),
      ("{\"a\":\"\\x\"}", "line 1: invalid escape at byte 6"),
      ("{\"a\":\"\u{1}\"}", "line 1: control character in a string at byte 6"),
      ("{\"a\":1.}", "line 1: invalid number at byte 7"),
      ("{'a':1}", "line 1: unexpected character at byte 1"),
      ("{\"a\":1]", "line 1: unexpected character at byte 6"),
    ])
  func refused(text: String, message: String) {
    #expect(format.convert(text) == .refused(message))
  }

  @Test("bytes that are not UTF-8 are refused")
  func notUTF8() {
    let bytes = Array("{\"a\":\"".utf8) + [0xE9] + Array("\"}".utf8)
    #expect(format.convert(bytes) == .refused("line 1: invalid UTF-8 at byte 6"))
    #expect(format.convert([0xFF, 0xFE, 0x7B, 0]) == .refused("line 1: not an object at byte 0"))
    #expect(format.convert([0xEF, 0xBB]) == .refused("line 1: not an object at byte 0"))
  }

  @Test("a record may be as deep as the whole array allows, and no deeper")
  func depth() {
    func nested(_ depth: Int) -> String {
      String(repeating: "{\"a\":", count: depth - 1) + "{}" + String(repeating: "}", count: depth - 1)
    }
    #expect(
      ResultFormat(.lines).convert(pieces: [Array(nested(511).utf8)[...]]) == .array("[\(nested(511))]"))
    guard case .refused(let message) = ResultFormat(.lines).convert(pieces: [Array(nested(512).utf8)[...]])
    else { return #expect(Bool(false)) }
    #expect(message.contains("nested deeper than 512"))
  }
}
