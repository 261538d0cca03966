import TestServers
import Testing
import YAML

/// What is accepted means what PyYAML says it means.
@Suite(.timeLimit(.minutes(5))) struct PythonYAMLTests {
  private static let seeds = [
    "a: 1\nb: [x, 'y', \"z\\n\\u00e9\"]\nc:\n  - d: e\n    f: {g: h}\n  - i\n",
    "a: |\n  text\n  more\nb: >-\n  folded\n  text\n",
    "- a\n- - b\n  - c\n-\n  d: e\n", "{a: [1, 2, {b: c}], d: ~, e: null, f: ''}",
    "a: b # comment\n# another\n'c d': e: f\n",
    "a: &x b\nc: *x\n<<: {d: e}\n", "a: !!str 1\n---\nb: 2\n", "plain text over\n  two lines\n",
    "key: it's \"quoted\" [not, a, list\n",
  ]
  private static let pieces = [
    "\n", " ", "  ", "\t", ":", ": ", "- ", "? ", "#", " #", "[", "]", "{", "}", ",", "'", "\"", "|", ">",
    "&a ", "*a", "!!",
    "---\n", "...\n", "%", "@", "`", "\\", "é", "\u{2028}", "\u{85}", "~", "<<", "\r\n", "\r", "''", "=",
    "\u{FEFF}",
  ]

  /// Every scalar as a text; pairs in order, so that nothing depends on dictionaries.
  private static let script = #"""
    import yaml, json
    Loader = getattr(yaml, 'CBaseLoader', yaml.BaseLoader)
    def plain(node):
      if isinstance(node, yaml.ScalarNode): return node.value
      if isinstance(node, yaml.SequenceNode): return [plain(n) for n in node.value]
      return {'pairs': [[plain(k), plain(v)] for k, v in node.value]}
    for one in inputs:
      try: print(json.dumps(plain(yaml.compose(one.decode(), Loader=Loader)), separators=(',', ':')))
      except (yaml.YAMLError, UnicodeError, AttributeError): print('refused')
    """#

  private static func text(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let text, _): return quoted(text)
    case .sequence(let items): return "[\(items.map(text).joined(separator: ","))]"
    case .mapping(let pairs):
      return "{\"pairs\":[\(pairs.map { "[\(quoted($0.key)),\(text($0.value))]" }.joined(separator: ","))]}"
    case .refused: return "refused"
    }
  }

  /// As Python's `json.dumps` writes it.
  private static func quoted(_ text: String) -> String {
    let short: [UInt16: String] = [
      8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: "\\\"", 92: "\\\\",
    ]
    return "\""
      + text.utf16.map { unit in
        if let word = short[unit] { return word }
        if (0x20..<0x7F).contains(unit) { return String(Unicode.Scalar(UInt8(unit))) }
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined() + "\""
  }

  @Test(
    "four thousand damaged documents: each that is accepted reads as PyYAML reads it",
    .enabled(if: PythonReference.isThere(with: "yaml")))
  func agreement() throws {
    var draw = Draw(seed: 7)
    let cases = (0..<4000).map { _ in draw.damaged(Array(draw.one(of: Self.seeds).utf8), with: Self.pieces) }
    let theirs = try PythonReference.run(Self.script, on: cases)
    try #require(theirs.count == cases.count)
    var accepted = 0
    for (yaml, expected) in zip(cases, theirs) {
      let document = YAMLDocument(reading: yaml)
      guard let root = document.root, document.problems.isEmpty else { continue }
      accepted += 1
      // A byte order mark in front is not part of the first key.
      #expect(Self.text(root) == expected, "\(String(decoding: yaml, as: UTF8.self).debugDescription)")
    }
    #expect(accepted > 500, "accepted documents are well represented: \(accepted)")
  }
}
