import JSONStream
import TestServers
import Testing

/// The scanner against Python's `json`, which others wrote from the same RFC.
@Suite(.timeLimit(.minutes(5))) struct PythonAgreementTests {
  private static let seeds = [
    #"[{"id":"1","a":[1,2.50,-0,1e5,{}],"b":{"c":null}},true,false,"\u00e9\"\\"]"#,
    #"{"status":"completed","ads_count":2,"data":[{"id":1},{"\u0069d":"x"}]}"#, " [ ] ", "{}", "-12.5E+3",
    #""\ud83d\ude00 😀 é\ud800""#, "[[[[1]]]]", #"{"a":1,"a":2}"#, "[0.1,-1,10e-2,\t\r\n0]", "null",
    #"["\/\b\f\n\r\t"]"#,
  ]
  private static let pieces = [
    "0", "1", "-", "+", ".", "e", "E", "\"", "\\", "\\u", "d800", "[", "]", "{", "}", ",", ":", " ", "\u{A0}",
    "\u{FEFF}", "null", "true", "fals", "NaN", "Infinity", "//", "'", "\u{1}", "\u{1F600}", "00", "\u{7F}",
    "\u{2028}",
  ]

  /// Strict: no NaN, no BOM, only UTF-8. Numbers stay text, so that their size does not matter.
  private static let script = """
    import json
    def refuse(word): raise ValueError(word)
    for one in inputs:
      try:
        text = one.decode('utf-8')
        if text.startswith('\\ufeff'): raise ValueError('a byte order mark')
        json.loads(text, parse_constant=refuse, parse_int=str, parse_float=str)
        print('y')
      except ValueError:
        print('n')
    """

  @Test("what Python's json accepts is accepted, and nothing else", .enabled(if: PythonReference.isThere()))
  func agreement() throws {
    var draw = Draw(seed: 20_261_126)
    var cases = GrammarTests.accepted.map { Array($0.utf8) } + GrammarTests.refused.map { Array($0.utf8) }
    cases += GrammarTests.brokenTexts.map { [0x22] + $0 + [0x22] }
    for _ in 0..<20_000 {
      cases.append(draw.damaged(Array(draw.one(of: Self.seeds).utf8), with: Self.pieces))
    }
    let verdicts = try PythonReference.run(Self.script, on: cases)
    try #require(verdicts.count == cases.count)
    for (json, verdict) in zip(cases, verdicts) {
      let isAccepted = json.withUnsafeBytes { raw in (try? JSONScanner.validate(raw)) != nil }
      #expect(isAccepted == (verdict == "y"), "\(String(decoding: json, as: UTF8.self).debugDescription)")
    }
    let accepted = verdicts.filter { $0 == "y" }.count
    #expect(
      accepted > 1000 && accepted < cases.count - 1000, "both verdicts are well represented: \(accepted)")
  }
}
