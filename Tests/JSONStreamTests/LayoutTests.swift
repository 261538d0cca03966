import JSONStream
import Testing

@Suite(.timeLimit(.minutes(5)))
struct LayoutTests {
  private func layout(_ json: String) -> String {
    Array(json.utf8).withUnsafeBytes { String(decoding: JSONLayout.bytes(of: $0), as: UTF8.self) }
  }

  private func layout(_ json: [UInt8], piece: Int) -> [UInt8] {
    json.withUnsafeBytes { raw in
      var layout = JSONLayout(raw)
      var out: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: piece)
      while true {
        let count = buffer.withUnsafeMutableBytes { layout.fill($0) }
        if count == 0 { return out }
        out += buffer[..<count]
      }
    }
  }

  @Test(
    "layouts are JSON.stringify's",
    arguments: [
      ("[]", "[]\n"), (" [ ] ", "[]\n"), ("[{}]", "[\n  {}\n]\n"), ("[[],[ ]]", "[\n  [],\n  []\n]\n"),
      ("[1.10,1e400,-0,100000000000000000000]", "[\n  1.10,\n  1e400,\n  -0,\n  100000000000000000000\n]\n"),
      (
        #"[{"b":1,"a":{"x":[true,null]}},"s"]"#,
        "[\n  {\n    \"b\": 1,\n    \"a\": {\n      \"x\": [\n        true,\n        null\n      ]\n    }\n  },\n  \"s\"\n]\n"
      ),
      (#"["\u00e9\/\"[,]:{}\\","é€😀"]"#, "[\n  \"\\u00e9\\/\\\"[,]:{}\\\\\",\n  \"é€😀\"\n]\n"),
      ("[ 1 ,\n\t2\r]", "[\n  1,\n  2\n]\n"),
      (#"[{"a" : { }, "b" :[ ]}]"#, "[\n  {\n    \"a\": {},\n    \"b\": []\n  }\n]\n"),
    ])
  func golden(_ json: String, _ expected: String) { #expect(layout(json) == expected) }

  @Test("the deepest nesting is laid out, whatever the size of the pieces")
  func deep() {
    let json = Array((String(repeating: "[", count: 511) + "[1]" + String(repeating: "]", count: 511)).utf8)
    let whole = json.withUnsafeBytes { JSONLayout.bytes(of: $0) }
    let lines = String(decoding: whole, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 1025)
    #expect(lines[512] == String(repeating: " ", count: 1024) + "1")
    for piece in [1, 7, 1000, 1033, 4096] { #expect(layout(json, piece: piece) == whole) }
  }

  @Test("random documents are laid out as a plain recursive printer does it, in pieces of any size")
  func random() {
    var random = Xorshift(seed: 42)
    for round in 0..<300 {
      var compact = ""
      var pretty = ""
      Self.array(&random, depth: 0, &compact, &pretty)
      let json = Array(compact.utf8)
      let expected = Array((pretty + "\n").utf8)
      #expect(json.withUnsafeBytes { JSONLayout.bytes(of: $0) } == expected)
      for piece in [1, 13, 1040 + round] { #expect(layout(json, piece: piece) == expected) }
    }
  }

  @Test("consumed never runs ahead of what is still needed")
  func consumed() {
    let json = Array("[\(String(repeating: "\"abcdefghij\", ", count: 500))1]".utf8)
    json.withUnsafeBytes { raw in
      var layout = JSONLayout(raw)
      var buffer = [UInt8](repeating: 0, count: 100)
      var last = 0
      while buffer.withUnsafeMutableBytes({ layout.fill($0) }) > 0 {
        #expect(layout.consumed >= last)
        last = layout.consumed
      }
      #expect(last == raw.count)
    }
  }

  @Test("the middle of a long string is still needed while it is being copied")
  func consumedInside() {
    let json = Array("[\"\(String(repeating: "x", count: 10_000))\"]".utf8)
    json.withUnsafeBytes { raw in
      var layout = JSONLayout(raw)
      var buffer = [UInt8](repeating: 0, count: 100)
      for filled in 1...50 {
        _ = buffer.withUnsafeMutableBytes { layout.fill($0) }
        #expect(layout.consumed <= filled * 100)
      }
    }
  }

  private static let scalars = [
    "0", "-0", "1.10", "1e400", "-12.5E-7", "true", "false", "null", "\"\"", "\"a\\\"b\"", "\"\\\\\"",
    "\"ünï€😀\"",
    "\"[{,:}]\"", "\"a rather longer text that spans several words, \\n and more\"",
  ]

  private static func space(_ random: inout Xorshift) -> String {
    ["", "", "", " ", "\n\t"][Int(random.next() % 5)]
  }

  private static func value(
    _ random: inout Xorshift, depth: Int, _ compact: inout String, _ pretty: inout String
  ) {
    let choice = random.next() % 10
    if depth < 6, choice < 2 { return array(&random, depth: depth, &compact, &pretty) }
    if depth < 6, choice < 5 { return object(&random, depth: depth, &compact, &pretty) }
    let scalar = scalars[Int(random.next() % UInt64(scalars.count))]
    compact += scalar
    pretty += scalar
  }

  private static func array(
    _ random: inout Xorshift, depth: Int, _ compact: inout String, _ pretty: inout String
  ) {
    container("[", "]", &random, depth: depth, &compact, &pretty) { random, compact, pretty in
      value(&random, depth: depth + 1, &compact, &pretty)
    }
  }

  private static func object(
    _ random: inout Xorshift, depth: Int, _ compact: inout String, _ pretty: inout String
  ) {
    container("{", "}", &random, depth: depth, &compact, &pretty) { random, compact, pretty in
      compact += "\"key\"" + space(&random) + ":" + space(&random)
      pretty += "\"key\": "
      value(&random, depth: depth + 1, &compact, &pretty)
    }
  }

  private static func container(
    _ open: String, _ close: String, _ random: inout Xorshift, depth: Int, _ compact: inout String,
    _ pretty: inout String, _ child: (inout Xorshift, inout String, inout String) -> Void
  ) {
    let count = Int(random.next() % 5)
    compact += open + space(&random)
    pretty += open
    for index in 0..<count {
      if index > 0 { compact += "," + space(&random) }
      pretty += (index > 0 ? ",\n" : "\n") + String(repeating: "  ", count: depth + 1)
      child(&random, &compact, &pretty)
      compact += space(&random)
    }
    compact += close
    pretty += (count > 0 ? "\n" + String(repeating: "  ", count: depth) : "") + close
  }
}
