import Testing

@testable import Formats

@Suite("Singer's messages become their records", .timeLimit(.minutes(1)))
struct SingerTests {
  @Test("records of RECORD messages, as they are; other types are passed over")
  func records() {
    let text = """
      {"type": "SCHEMA", "stream": "ads", "schema": {"type": "RECORD", "record": {}}, "key_properties": ["id"]}
      {"type": "RECORD", "stream": "ads", "record": {"id": 1.0, "x": [ ]}, "time_extracted": "2025-01-01T00:00:00Z"}

      {"type": "STATE", "value": {"record": {"id": 2}}}
      {"type": "RECORD", "stream": "users", "record": { "id": "é" }}
      """
    #expect(ResultFormat.singer().convert(text) == .array("[{\"id\": 1.0, \"x\": [ ]},{ \"id\": \"é\" }]"))
    #expect(ResultFormat.singer(["users"]).convert(text) == .array("[{ \"id\": \"é\" }]"))
    #expect(ResultFormat.singer(["none"]).convert(text) == .array("[]"))
    #expect(ResultFormat.singer().convert("") == .array("[]"))
  }

  @Test("the members may come in any order, their names and values in any writing")
  func orders() {
    let record = "\"record\":{\"id\":1}"
    #expect(
      ResultFormat.singer(["a"]).convert("{\(record),\"stream\":\"a\",\"type\":\"RECORD\"}\n")
        == .array("[{\"id\":1}]"))
    #expect(
      ResultFormat.singer(["a"]).convert("{\(record),\"stream\":\"b\",\"type\":\"RECORD\"}") == .array("[]"))
    #expect(
      ResultFormat.singer(["a"]).convert("{\(record),\"stream\":\"a\",\"type\":\"STATE\"}") == .array("[]"))
    #expect(
      ResultFormat.singer(["ã"]).convert(
        "{\"\\u0074ype\":\"\\u0052ECORD\",\"stream\":\"\\u00e3\",\"r\\u0065cord\":{\"id\":1}}")
        == .array("[{\"id\":1}]"))
  }

  @Test("a key or stream that is longer than any that counts is another")
  func long() {
    let name = String(repeating: "x", count: 5000)
    #expect(
      ResultFormat.singer(["a"]).convert(
        pieces: [
          Array("{\"\(name)\":1,\"type\":\"RECORD\",\"stream\":\"\(name)\",\"record\":{}}".utf8)[...]
        ]) == .array("[]"))
  }

  @Test(
    "what is no message is refused with its line",
    arguments: [
      ("[]", "line 1: not an object at byte 0"),
      ("{}\n", "line 1: the message has no type"),
      ("{\"type\":1}", "line 1: the type of the message is no text"),
      ("\n{\"type\":\"RECORD\",\"stream\":\"a\"}", "line 2: the message is a RECORD without a record"),
      ("{\"type\":\"RECORD\",\"record\":{}}", "line 1: the message is a RECORD without a stream"),
      ("{\"type\":\"RECORD\",\"stream\":null,\"record\":{}}", "line 1: the stream of the message is no text"),
      (
        "{\"type\":\"RECORD\",\"stream\":\"a\",\"record\":[]}",
        "line 1: the record of the message is not an object"
      ),
      (
        "{\"record\":5,\"type\":\"RECORD\",\"stream\":\"a\"}",
        "line 1: the record of the message is not an object"
      ),
      (
        "{\"type\":\"STATE\",\"type\":\"RECORD\"}", "line 1: the message has its type, stream or record twice"
      ),
      ("{\"type\":\"STATE\"", "line 1: unexpected end at byte 15"),
      ("{\"type\":\"STATE\"}{}", "line 1: content after the end at byte 16"),
      ("{\"type\" \"STATE\"}", "line 1: unexpected character at byte 8"),
      ("{\"type\":\"STATE\",}", "line 1: unexpected character at byte 16"),
      ("{,}", "line 1: unexpected character at byte 1"),
      ("log line", "line 1: not an object at byte 0"),
    ])
  func refused(text: String, message: String) {
    #expect(ResultFormat.singer(["a"]).convert(text) == .refused(message))
  }

  @Test("a record that stands before its type is kept only up to a size")
  func held() {
    let large = String(repeating: "x", count: SingerMessage.longestHeld)
    guard
      case .refused(let message) = ResultFormat.singer().convert(
        pieces: [Array("{\"record\":{\"a\":\"\(large)\"},\"type\":\"RECORD\"}".utf8)[...]])
    else { return #expect(Bool(false)) }
    #expect(
      message.hasPrefix("line 1: a record of more than 16777216 bytes stands before its type and stream"))
  }
}
