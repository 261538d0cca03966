import Testing

@testable import JSONStream

@Suite("JSON Pointers into documents of any size", .timeLimit(.minutes(5)))
struct PlacedValueTests {
  /// The example document of RFC 6901, section 5.
  private static let document = #"""
    {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}
    """#

  private func found(_ pointer: String, in json: String) throws -> String? {
    let place = try #require(JSONPointer(pointer))
    let bytes = Array(json.utf8)
    return try bytes.withUnsafeBytes { raw in
      try JSONScanner.value(at: place, of: raw).map { String(decoding: bytes[$0.value.range], as: UTF8.self) }
    }
  }

  @Test(
    "the examples of RFC 6901 lead where it says",
    arguments: [
      ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
      ("/e^f", "3"), ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
    ])
  func examples(pointer: String, value: String) throws {
    #expect(try found(pointer, in: Self.document) == value)
  }

  @Test("the whole document is at the empty pointer, without the white space around it")
  func whole() throws {
    #expect(try found("", in: " [1] \n") == "[1]")
    #expect(try found("", in: "\u{FEFF}{}") == "{}")
  }

  @Test(
    "nothing is where a key or an element is missing, nor behind what holds nothing",
    arguments: ["/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+1", "/foo/0/x", "//", "/foo/bar"])
  func missing(pointer: String) throws { #expect(try found(pointer, in: Self.document) == nil) }

  @Test("of a repeated key the last counts, also when that one leads nowhere")
  func repeated() throws {
    #expect(try found("/a/b", in: #"{"a":{"b":1},"\u0061":{"b":2}}"#) == "2")
    #expect(try found("/a/b", in: #"{"a":{"b":1},"a":3}"#) == nil)
  }

  @Test("an array tells how many elements it has and the first that is no object, wherever it is")
  func odd() throws {
    for (pointer, json) in [
      ("", #"[{},{"a":[1]},5,6]"#), ("/d", #"{"x":[1],"d":[{},{"a":[1]},5,6]}"#),
      ("/a/1/d", #"{"a":[[3],{"d":[{},{"a":[1]},5,6]}],"d":[1]}"#),
    ] {
      let place = try #require(JSONPointer(pointer))
      let value = try Array(json.utf8).withUnsafeBytes { try JSONScanner.value(at: place, of: $0) }
      #expect(value?.count == 4)
      #expect(value?.oddElement?.index == 2)
      #expect(value?.oddElement?.kind == .number)
    }
  }

  @Test("the whole document is judged, wherever the place is")
  func validates() {
    #expect(throws: JSONError(.trailingContent, at: 8)) { try found("/a", in: #"{"a":1} x"#) }
    #expect(throws: JSONError(.unexpectedEnd, at: 6)) { try found("/a", in: #"{"a":1"#) }
    #expect(throws: JSONError.self) { try found("/b", in: #"{"a":01,"b":2}"#) }
    #expect(throws: JSONError(.tooDeep, at: 512)) {
      try found("/0/0", in: String(repeating: "[", count: 600) + String(repeating: "]", count: 600))
    }
  }
}
