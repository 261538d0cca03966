import Testing
import YAML

@Suite(.timeLimit(.minutes(5))) struct YAMLDocumentTests {
  private func problems(_ text: String) -> [String] { problems(Array(text.utf8)) }

  private func problems(_ bytes: [UInt8]) -> [String] {
    YAMLDocument(reading: bytes).problems.map { "\($0.mark.line):\($0.mark.column): \($0.message.plain)" }
  }

  /// The tree in one line, with the marks of scalars.
  private func shape(_ node: YAMLNode?) -> String {
    guard let node else { return "nothing" }
    switch node.content {
    case .scalar(let text, let isPlain):
      return "\(isPlain ? text : "'\(text)'")@\(node.mark.line):\(node.mark.column)"
    case .sequence(let items): return "[" + items.map(shape).joined(separator: " ") + "]"
    case .mapping(let pairs):
      return "{"
        + pairs.map { "\($0.key)@\($0.keyMark.line):\($0.keyMark.column)=\(shape($0.value))" }
        .joined(separator: " ") + "}"
    case .refused: return "refused"
    }
  }

  @Test("keys and values carry their places, and quoted text is told from plain")
  func marks() {
    let document = YAMLDocument(reading: Array("a: 1\nb:\n  - 'x'\n  - \"y\"\nç: é z\nd: |\n  t\n".utf8))
    #expect(document.problems.isEmpty)
    #expect(shape(document.root) == "{a@1:1=1@1:4 b@2:1=['x'@3:5 'y'@4:5] ç@5:1=é z@5:4 d@6:1='t\n'@6:4}")
  }

  @Test("a byte order mark is passed over and does not shift columns")
  func byteOrderMark() {
    let document = YAMLDocument(reading: [0xEF, 0xBB, 0xBF] + Array("a: 1".utf8))
    #expect(shape(document.root) == "{a@1:1=1@1:4}")
  }

  @Test("null is nothing, ~ or null without quotes")
  func null() {
    for text in ["", "~", "null", "Null", "NULL"] {
      #expect(YAMLNode(mark: .start, content: .scalar(text, isPlain: true)).isNull)
      #expect(!YAMLNode(mark: .start, content: .scalar(text, isPlain: false)).isNull)
    }
    #expect(!YAMLNode(mark: .start, content: .scalar("0", isPlain: true)).isNull)
  }

  @Test(
    "what is refused is told with its place",
    arguments: [
      ("a: 1\na: 2\n", "2:1: the key a is repeated; it is first on line 1"),
      ("a: &x 1\n", "1:4: anchors are not accepted"),
      ("a: *x\n", "1:4: aliases are not accepted; write the value again"),
      ("a: 1\n<<: {b: 2}\n", "2:1: merge keys are not accepted"),
      ("a: !!str 1\n", "1:4: tags are not accepted"),
      ("a: !thing {b: 1}\n", "1:4: tags are not accepted"),
      ("a: 1\n---\nb: 2\n", "2:1: a second document is not accepted"),
      ("", "1:1: the file is empty"),
      ("# only words\n", "1:1: the file is empty"),
      ("a:\n\tb: 1\n", "2:1: a tab cannot indent here; use spaces"),
      ("[a]: 1\n", "1:1: a key must be a word"),
      ("a: \"b\nc: 1\n", "1:4: this quote is never closed"),
      ("a: 1\nbcd\ne: 1\n", "2:1: a `:` is missing after this key"),
      ("a: b: c\n", "1:5: mapping values are not allowed in this context"),
      ("a: \u{1}\n", "1:4: a control character is not accepted"),
      ("é: 1\nab\0c: 1\n", "2:3: a NUL byte is not text"),
    ])
  func refused(_ text: String, _ problem: String) {
    #expect(problems(text) == [problem])
  }

  @Test("reading goes on after a refused part, so several problems are told at once")
  func severalProblems() {
    #expect(
      problems("a: &x 1\na: *x\nb: !t 2\n") == [
        "1:4: anchors are not accepted", "2:4: aliases are not accepted; write the value again",
        "2:1: the key a is repeated; it is first on line 1", "3:4: tags are not accepted",
      ])
  }

  @Test(
    "bytes that are not UTF-8 are refused at their place",
    arguments: [
      [0x61, 0xFF], [0x61, 0xC0, 0x80], [0x61, 0xED, 0xA0, 0x80], [0x61, 0xE2, 0x82], [0x61, 0x80],
      [0x61, 0xF5, 0x80, 0x80, 0x80], [0x61, 0xE0, 0x80, 0x80],
    ] as [[UInt8]])
  func invalidUTF8(_ tail: [UInt8]) {
    let byte = String(tail[1], radix: 16, uppercase: true)
    #expect(problems(Array("ä: 1\nö".utf8) + tail) == ["2:3: the byte 0x\(byte) is not UTF-8"])
  }

  @Test("UTF-16 and UTF-32 are named, with and without a byte order mark")
  func otherEncodings() {
    let utf16 = Array("a: 1".utf16)
    let little = utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [
      [0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big, [0, 0, 0, 0x61], [0x61, 0, 0, 0],
    ] {
      #expect(problems(bytes) == ["1:1: the file is UTF-16 or UTF-32; save it as UTF-8"])
    }
  }

  @Test("a text of more than 1 MiB is refused, one of exactly 1 MiB is read")
  func size() {
    let limit = 1 << 20
    let fitting = "a: 1\n#" + String(repeating: "x", count: limit - 6)
    #expect(problems(fitting).isEmpty)
    #expect(problems(fitting + "x") == ["1:1: the file must be at most 1048576 bytes, it is larger"])
  }

  @Test("32 levels are read, the 33rd is refused, in flow and in block style")
  func depth() {
    func flow(_ levels: Int) -> String {
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(problems(flow(32)).isEmpty)
    #expect(problems(flow(33)) == ["1:33: nested deeper than 32 levels"])
    func block(_ levels: Int) -> String {
      (0..<levels).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    }
    #expect(problems(block(32)).isEmpty)
    #expect(problems(block(33)) == ["33:33: nested deeper than 32 levels"])
    #expect(problems(String(repeating: "- ", count: 33)) == ["1:65: nested deeper than 32 levels"])
  }

  @Test("brackets inside quotes and comments are not nesting")
  func bracketsInText() {
    let many = String(repeating: "[", count: 40)
    #expect(problems("a: \"\(many)\" # \(many)\nb: '\(many)'\nc: x'\n").isEmpty)
  }

  @Test("100,000 open brackets are refused in milliseconds, whatever stands around them")
  func bracketBomb() {
    let many = 100_000
    let clock = ContinuousClock()
    for bomb in [
      String(repeating: "[", count: many), String(repeating: "{a: ", count: many),
      String(repeating: "[\n", count: many), "\"\": " + String(repeating: "[", count: many),
      String(repeating: "- ", count: many), "a: b'" + String(repeating: "[", count: many),
    ] {
      let time = clock.measure { #expect(problems(bomb).count == 1) }
      #expect(time < .milliseconds(500))
    }
  }
}
