import JSONStream
import Testing

@Suite(.timeLimit(.minutes(5)))
struct MembersTests {
  private func members(_ json: String) throws -> [JSONMember] {
    try Array(json.utf8).withUnsafeBytes { try JSONScanner.members(of: $0) }
  }

  @Test("members come with kind, place and number of children")
  func places() throws {
    let json =
      #" { "status" : "completed","n":-1.50e3, "data":[ 1 , [2,3], {} ],"o":{"a":1,"b":[]},"t":true,"z":null} "#
    let found = try members(json)
    #expect(found.map(\.key) == ["status", "n", "data", "o", "t", "z"])
    #expect(found.map(\.value.kind) == [.string, .number, .array, .object, .true, .null])
    #expect(found.map(\.count) == [0, 0, 3, 2, 0, 0])
    let texts = found.map { String(decoding: Array(json.utf8)[$0.value.range], as: UTF8.self) }
    #expect(texts == ["\"completed\"", "-1.50e3", "[ 1 , [2,3], {} ]", "{\"a\":1,\"b\":[]}", "true", "null"])
  }

  @Test("of a repeated key the last counts, also when it is spelled with escapes")
  func repeatedKeys() throws {
    let found = try members(#"{"a":1,"b":2,"\u0061":[3,4]}"#)
    #expect(found.map(\.key) == ["b", "a"])
    #expect(found[1].count == 2)
  }

  @Test("a document that is no object is told apart from one that is no JSON")
  func notAnObject() {
    #expect(throws: JSONError(.notAnObject, at: 0)) { try members("[1]") }
    #expect(throws: JSONError(.unexpectedEnd, at: 0)) { try members("") }
    #expect(throws: JSONError(.trailingContent, at: 3)) { try members("{} x") }
    #expect(throws: JSONError(.unexpectedCharacter, at: 7)) { try members(#"{"a":1 "b":2}"#) }
  }

  @Test("the number of members is bounded")
  func tooMany() throws {
    func object(_ count: Int) -> String {
      "{" + (0..<count).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
    }
    #expect(try members(object(1000)).count == 1000)
    #expect { try members(object(1001)) } throws: { ($0 as? JSONError)?.problem == .tooManyMembers }
  }

  @Test("one byte order mark before the object is passed over, and counted in the places")
  func byteOrderMark() throws {
    let found = try members("\u{FEFF} {\"a\": 12}")
    #expect(found.map(\.key) == ["a"])
    #expect(found[0].value.range == 10..<12)
    for odd in ["\u{FEFF}", "\u{FEFF}\u{FEFF}{}", "{\u{FEFF}}", " \u{FEFF}{}", "{}\u{FEFF}", "\u{FEFF}[]"] {
      #expect(throws: JSONError.self) { try members(odd) }
    }
  }

  @Test("progress is told about every 4 MiB, also inside one array")
  func progress() throws {
    let json = Array(
      ("{\"data\":[" + String(repeating: "\"0123456789abcdef\",", count: 1_000_000) + "1]}").utf8)
    var places: [Int] = []
    let found = try json.withUnsafeBytes { try JSONScanner.members(of: $0) { places.append($0) } }
    #expect(found[0].count == 1_000_001)
    #expect(places.count == json.count / JSONScanner.progressInterval)
    #expect(
      zip(places, places.dropFirst()).allSatisfy { $1 - $0 < JSONScanner.progressInterval + 64 && $1 > $0 })
  }

  @Test("progress is told inside one long string as well, in any script", arguments: ["a", "é", "日", "a é"])
  func progressInside(piece: String) throws {
    let json = Array("{\"data\":\"\(String(repeating: piece, count: 20 << 20 / piece.utf8.count))\"}".utf8)
    var places = [0]
    _ = try json.withUnsafeBytes { try JSONScanner.members(of: $0) { places.append($0) } }
    let gaps = zip(places, places.dropFirst() + [json.count]).map { $1 - $0 }
    #expect(gaps.allSatisfy { $0 < 6 << 20 }, "\(gaps)")
  }
}

@Suite(.timeLimit(.minutes(5)))
struct JSONTextTests {
  private func string(_ json: String) -> String {
    Array(json.utf8).withUnsafeBytes { JSONText.string($0, 0..<$0.count) }
  }

  private func integer(_ json: String) -> Int64? {
    Array(json.utf8).withUnsafeBytes { JSONText.integer($0, 0..<$0.count) }
  }

  @Test("strings are decoded, lone surrogates become the replacement character")
  func strings() {
    #expect(string(#""""#) == "")
    #expect(string(#""plain é €""#) == "plain é €")
    #expect(string(#""\"\\\/\b\f\n\r\t""#) == "\"\\/\u{8}\u{C}\n\r\t")
    #expect(string(#""\u0041\u00e9\u20AC\uD83D\ude00x""#) == "Aé€😀x")
    #expect(string(#""\ud800""#) == "\u{FFFD}")
    #expect(string(#""\ud800\ud83d\ude00\udc00""#) == "\u{FFFD}😀\u{FFFD}")
    #expect(string(#""\ud800A\u0000""#) == "\u{FFFD}A\u{0}")
  }

  @Test("whole numbers are read in any notation, others are not")
  func integers() {
    #expect(integer("20") == 20)
    #expect(integer("-0") == 0)
    #expect(integer("2e1") == 20)
    #expect(integer("20.0") == 20)
    #expect(integer("9223372036854775807") == .max)
    #expect(integer("9223372036854775808") == nil)
    #expect(integer("1.5") == nil)
    #expect(integer("1e400") == nil)
  }
}
