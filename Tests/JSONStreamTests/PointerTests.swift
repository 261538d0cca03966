import JSONStream
import Testing

@Suite(.timeLimit(.minutes(1))) struct PointerTests {
  private func value(_ pointer: String, _ json: String) throws -> String? {
    let pointer = try #require(JSONPointer(pointer))
    let bytes = Array(json.utf8)
    return try bytes.withUnsafeBytes { raw in
      try pointer.value(in: raw).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }
  }

  /// RFC 6901, section 5.
  private static let document = #"""
    {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}
    """#

  @Test(
    "pointers lead where RFC 6901 says",
    arguments: [
      ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
      ("/e^f", "3"), ("/g|h", "4"), (#"/i\j"#, "5"), (#"/k"l"#, "6"), ("/ ", "7"), ("/m~0n", "8"),
    ])
  func standard(_ pointer: String, _ expected: String) throws {
    #expect(try value(pointer, Self.document) == expected)
  }

  @Test("the empty pointer is the whole document")
  func whole() throws {
    #expect(try value("", " [1] ") == "[1]")
    #expect(JSONPointer("")?.isWhole == true)
  }

  @Test(
    "a way that leads nowhere has no value",
    arguments: ["/foo/2", "/foo/01", "/foo/-", "/foo/bar", "/none", "/foo/0/x", "/foo/-1", "/foo/1/"])
  func nowhere(_ pointer: String) throws { #expect(try value(pointer, Self.document) == nil) }

  @Test("texts that are no pointers are refused", arguments: ["id", "#/id", "/a~", "/a~2", "/~x", " /id"])
  func refused(_ text: String) { #expect(JSONPointer(text) == nil) }

  @Test(
    "of a repeated name the last counts, whichever way it is written, and names are told apart by their bytes"
  )
  func names() throws {
    #expect(try value("/a/b", #"{"a":{"b":1},"a":{"b":2,"\u0062":3}}"#) == "3")
    #expect(try value("/\u{E9}", "{\"e\\u0301\":1,\"\\u00e9\":2}") == "2")
    #expect(try value("/\u{E9}", "{\"e\u{301}\":1}") == nil)
  }

  @Test("an array reader finds ids where its pointer leads")
  func ids() throws {
    let json =
      #"[{"id":1,"key":{"n":["a","b"]}},{"key":{"n":["c"]},"key":2},{"key":{"n":[3,4]}},[9,{"x":5}],7]"#
    func ids(_ pointer: String) throws -> [String?] {
      let bytes = Array(json.utf8)
      return try bytes.withUnsafeBytes { raw in
        var reader = JSONArrayReader(raw, id: try #require(JSONPointer(pointer)))
        var found: [String?] = []
        while let element = try reader.next() {
          found.append(element.id.map { String(decoding: bytes[$0.range], as: UTF8.self) })
        }
        return found
      }
    }
    #expect(try ids("/key/n/1") == [#""b""#, nil, "4", nil, nil])
    #expect(try ids("/id") == ["1", nil, nil, nil, nil])
    #expect(try ids("/1/x") == [nil, nil, nil, "5", nil])
    #expect(try ids("") == [nil, nil, nil, nil, nil])
  }
}
