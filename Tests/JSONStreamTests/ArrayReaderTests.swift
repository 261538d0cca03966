import JSONStream
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ArrayReaderTests {
  private func elements(_ json: String) throws -> [(kind: JSONKind, text: String, id: String?)] {
    let bytes = Array(json.utf8)
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    return try bytes.withUnsafeBytes { raw in
      var reader = JSONArrayReader(raw)
      var found: [(kind: JSONKind, text: String, id: String?)] = []
      while let element = try reader.next() {
        found.append((element.value.kind, text(element.value.range), element.id.map { text($0.range) }))
      }
      #expect(try reader.next() == nil)
      return found
    }
  }

  @Test("elements come in order, objects with their own id")
  func order() throws {
    let found = try elements(
      #" [ {"id": "a", "x": {"id": "inner"}} , 1.10, "s", {"y":[{"id":1}]},{"id":7},[],null , {"\u0069d":"esc"},{} ] "#
    )
    #expect(
      found.map(\.kind) == [.object, .number, .string, .object, .object, .array, .null, .object, .object])
    #expect(found.map(\.id) == ["\"a\"", nil, nil, nil, "7", nil, nil, "\"esc\"", nil])
    #expect(found[0].text == #"{"id": "a", "x": {"id": "inner"}}"#)
    #expect(found[1].text == "1.10")
  }

  @Test("of a repeated id member the last counts")
  func repeatedID() throws {
    let found = try elements(#"[{"id":1,"id":"two","ID":3,"idx":4,"i":5,"id ":6}]"#)
    #expect(found[0].id == "\"two\"")
  }

  @Test("an empty array has no elements", arguments: ["[]", " [ ] ", "[\n]"])
  func empty(_ json: String) throws { #expect(try elements(json).isEmpty) }

  @Test(
    "what is not one whole array is refused",
    arguments: [
      "", "{}", "[", "[1", "[1,", "[1,]", "[{\"id\":1]", "[{\"id\"}]", "[{,}]", "[1]x", "[] []",
      "[{\"id\":1,}]", "[01]",
    ])
  func refused(_ json: String) { #expect(throws: JSONError.self) { try elements(json) } }

  @Test("an element's depth counts with the array's")
  func depth() throws {
    func nested(_ count: Int) -> String {
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    #expect(try elements(nested(512)).count == 1)
    #expect { try elements(nested(513)) } throws: { ($0 as? JSONError)?.problem == .tooDeep }
    let object = "[{\"a\":" + nested(511) + "}]"
    #expect { try elements(object) } throws: { ($0 as? JSONError)?.problem == .tooDeep }
  }

  @Test("a reader agrees with the scanner on texts with random damage")
  func damage() {
    let valid = Array(#"[{"id":"é1","n":[1,-2.5e+3,{"k":"\u00e9\n"}],"t":true},null,"x",{"id":12}]"#.utf8)
    var random = Xorshift(seed: 7)
    for _ in 0..<20_000 {
      var bytes = valid
      for _ in 0...(random.next() % 2) {
        bytes[Int(random.next() % UInt64(bytes.count))] =
          [0x22, 0x5C, 0x5B, 0x5D, 0x7B, 0x7D, 0x2C, 0x3A, 0x30, 0xC3, 0x20, 0x00][Int(random.next() % 12)]
      }
      bytes.withUnsafeBytes { raw in
        let isArray = (try? JSONScanner.validate(raw)) == .array
        #expect(isArray == readsWhole(raw))
      }
    }
  }

  private func readsWhole(_ raw: UnsafeRawBufferPointer) -> Bool {
    var reader = JSONArrayReader(raw)
    do throws(JSONError) {
      while try reader.next() != nil {}
      return true
    } catch { return false }
  }
}

/// A small generator whose numbers are the same in every run.
struct Xorshift {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
