import JSONStream
import Testing

@Suite("a JSON Pointer", .timeLimit(.minutes(1)))
struct JSONPointerTests {
  /// The document of RFC 6901, section 5.
  private static let document =
    #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#

  private func found(_ pointer: String, in text: String) throws -> String? {
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBytes { raw in
      try JSONScanner.value(at: try #require(JSONPointer(pointer)), of: raw).map {
        String(decoding: bytes[$0.value.range], as: UTF8.self)
      }
    }
  }

  @Test(
    "finds what the specification's examples say",
    arguments: [
      ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
      ("/e^f", "3"), ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
    ])
  func specification(pointer: String, value: String) throws {
    #expect(try found(pointer, in: Self.document) == value)
    #expect(try found("", in: Self.document) == Self.document)
  }

  @Test(
    "finds nothing where nothing is",
    arguments: ["/bar", "/foo/2", "/foo/-", "/foo/01", "/foo/1x", "/foo/x", "/foo/0/1", "//", "/foo/", "/a"])
  func nothing(pointer: String) throws {
    #expect(try found(pointer, in: Self.document) == nil)
  }

  @Test(
    "takes the last of a repeated name",
    arguments: [
      (#"{"a":1,"a":2}"#, "/a", "2"), (#"{"a":{"b":1},"a":{"b":2}}"#, "/a/b", "2"),
      (#"{"\u0061":1}"#, "/a", "1"), (" [ [ 1 , 2 ] , 3 ] ", "/0/1", "2"),
      ("\u{FEFF}{\"a\":1.10}", "/a", "1.10"),
      ("7", "", "7"),
    ])
  func last(text: String, pointer: String, value: String) throws {
    #expect(try found(pointer, in: text) == value)
  }

  @Test("forgets an earlier value when the last one has no such place")
  func forgets() throws {
    #expect(try found("/a/b", in: #"{"a":{"b":1},"a":2}"#) == nil)
  }

  @Test(
    "is told of a document that is none, wherever the mistake is",
    arguments: [
      "", "{", #"{"a":1"#, #"{"a":1}x"#, #"{"a":1,"b":tru}"#, "[1,]", #"{"a":01}"#, #"{"b":[}"#,
    ])
  func invalid(text: String) {
    #expect(throws: JSONError.self) { try found("/a", in: text) }
  }

  @Test("does not go deeper than any other reader", arguments: ["/a", "/0/0/0", ""])
  func depth(pointer: String) {
    let text = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
    #expect { try found(pointer, in: text) } throws: { ($0 as? JSONError)?.problem == .tooDeep }
  }

  @Test(
    "is none without a slash at its start or with a stray tilde",
    arguments: ["a", "a/b", " /a", "/~", "/a~2", "/~~0"])
  func none(text: String) {
    #expect(JSONPointer(text) == nil)
  }
}
