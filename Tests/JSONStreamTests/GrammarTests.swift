import JSONStream
import Testing

/// The cases of the JSON parsing test suite (nst/JSONTestSuite), by their own texts: `y_` must be accepted, `n_`
/// refused; for `i_` the suite leaves the choice open and these tests pin ours.
@Suite(.timeLimit(.minutes(5)))
struct GrammarTests {
  private static func problem(_ json: [UInt8]) -> JSONError.Problem? {
    json.withUnsafeBytes { raw in
      do throws(JSONError) {
        try JSONScanner.validate(raw)
        return nil
      } catch { return error.problem }
    }
  }

  static let accepted = [
    "[[]   ]", "[\"\"]", "[]", "[\"a\"]", "[false]", "[null, 1, \"1\", {}]", "[null]", "[1\n]", " [1]",
    "[1,null,null,null,2]", "[2] ", "[123e65]", "[0e+1]", "[0e1]", "[ 4]",
    "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]", "[20e1]", "[-0]",
    "[-123]", "[-1]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]", "[123.456e78]", "[1e-2]", "[1e+2]", "[123]",
    "[123.456789]", "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}", "{\"asd\":\"sdf\"}", "{\"a\":\"b\",\"a\":\"c\"}",
    "{}", "{\"\":0}", "{\"foo\\u0000bar\": 42}", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }", "{\"a\":[]}",
    "{\"title\":\"\\u041f\\u043e\" }", "{\n\"a\": \"b\"\n}", "[\"\\u0060\\u012a\\u12AB\"]",
    "[\"\\uD801\\udc37\"]", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]", "[\"\\\"\"]",
    "[\"a/*b*/c/*d//e\"]",
    "[\"\\uDBFF\\uDFFF\"]", "[\"\u{FFFF}\"]", "[\"\u{10FFFF}\"]", "[\"\u{7F}\"]", "[\"\u{2028}\u{2029}\"]",
    "[\"π€𝄞\"]",
    "false", "42", "-0.1", "null", "\"asd\"", "true", "\"\"", "[\"a\"]\n", "[true]", " [] ", "\t\r\n 1",
    // i_: huge numbers are only tokens here, lone surrogate escapes are grammatical.
    "[0.4e00669999999999999999999999]", "[-1e+9999]", "[1e400]", "[100000000000000000000]",
    "[\"\\uDADA\"]", "[\"\\uDd1e\\uD834\"]", "[\"\\uD800\\uD800\\n\"]", "[\"\\ud800abc\"]",
  ]

  @Test("what RFC 8259 allows is accepted", arguments: accepted)
  func accepts(_ json: String) { #expect(Self.problem(Array(json.utf8)) == nil) }

  static let refused = [
    "[1 true]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]", "[\"\",]", "[\"x\"", "[x",
    "[3[4]]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,]", "[*]", "[\"a\"", "[1,", "[{}", "[fals]",
    "[nul]",
    "[tru]", "[++1234]", "[+1]", "[+Inf]", "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]",
    "[0.1.2]",
    "[0.3e+]", "[0.3e]", "[0.e1]", "[0e+]", "[0e]", "[1.0e+]", "[1.0e-]", "[1.0e]", "[1 000.0]", "[1eE2]",
    "[2.e+3]",
    "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[1+2]", "[0x1]", "[0x42]", "[Infinity]", "[0e+-1]",
    "[-123.123foo]", "[-Infinity]", "[-foo]", "[- 1]", "[-012]", "[-.123]", "[-1x]", "[1ea]", "[1.]",
    "[.123]",
    "[1.2a-3]", "[1.8011670033376514H-308]", "[012]", "[\"x\", truth]", "{[: \"x\"}\n", "{\"x\", null}",
    "{\"x\"::\"b\"}", "{\"a\":\"a\" 123}", "{key: 'value'}", "{\"a\" b}", "{:\"b\"}", "{\"a\" \"b\"}",
    "{\"a\":", "{\"a\"",
    "{1:1}", "{9999E9999:1}", "{null:null,null:null}", "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}",
    "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}#", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a",
    "{ \"foo\" : \"bar\", \"a\" }",
    "{\"a\":\"b\"}#{}", " ", "", "[\"\\uD800\\\"]", "[\"\\uD800\\u\"]", "[\"\\uD800\\u1\"]",
    "[\"\\uD800\\u1x\"]", "[é]",
    "[\"\\x00\"]", "[\"\\\\\\\"]", "[\"\\\t\"]", "[\"\\🌀\"]", "[\"\\\"]", "[\"\\u00A\"]",
    "[\"\\uD834\\uDd\"]", "[\"\\a\"]",
    "[\"\\uqqqq\"]", "[\\u0020\"asd\"]", "[\\n]", "\"", "['single quote']", "abc", "[\"\\", "[\"new\nline\"]",
    "[\"\t\"]", "\"\\UA66D\"", "\"\"x", "<.>", "[<null>]", "[1]x", "[1]]", "[\"asd]", "aå", "[True]", "1]",
    "{\"x\": true,",
    "[][]", "]", "{}}", "{\"\":", "{\"a\":/*comment*/\"b\"}", "{\"a\": true} \"x\"", "['", "[,", "[{", "[\"a",
    "[\"a\"",
    "{", "{]", "{,", "{[", "{\"a", "{'a'", "[\"\\{[\"\\{[\"\\{[\"\\{", "*", "{\"a\":\"b\"}#{}", "[\u{2060}]",
    "[1",
    "[ false, nul", "[ true, fals", "[ false, tru", "{\"asd\":\"asd\"", "\u{FEFF}[]", "\u{00A0}[]",
    "[\u{0C}]", "[a", "nulls", "-",
  ]

  @Test("what RFC 8259 forbids is refused", arguments: refused)
  func refuses(_ json: String) { #expect(Self.problem(Array(json.utf8)) != nil) }

  static let brokenTexts: [[UInt8]] = [
    [0xFF], [0x81], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0xBF, 0xBF, 0xBF],
    [0xFC, 0x83, 0xBF, 0xBF],
    [0xE9], [0xE6, 0x97], [0xF0, 0x8F, 0xBF, 0xBF], [0xF5, 0x80, 0x80, 0x80], [0xC3, 0x28],
    [0xE2, 0x28, 0xA1],
    [0xF0, 0x90, 0x80, 0x28],
  ]

  @Test("bytes that are not UTF-8 are refused wherever in a word they lie", arguments: brokenTexts)
  func brokenUTF8(_ broken: [UInt8]) {
    for padding in 0..<17 {
      let text = [UInt8](repeating: 0x61, count: padding) + broken + [UInt8](repeating: 0x62, count: padding)
      #expect(Self.problem([0x22] + text + [0x22]) == .invalidUTF8)
      #expect(Self.problem(text) != nil)
    }
  }

  @Test("each special byte inside a string is seen at every place of a word")
  func everyPlace() {
    for place in 0..<24 {
      for byte in UInt8(0)...255 {
        var text = [UInt8](repeating: 0x7E, count: 25)
        text[place] = byte
        let found = Self.problem([0x22] + text + [0x22])
        switch byte {
        case 0..<0x20: #expect(found == .controlCharacter)
        case 0x22: #expect(found == .trailingContent)
        case 0x5C: #expect(found == .invalidEscape)
        case 0x80...: #expect(found == .invalidUTF8)
        default: #expect(found == nil)
        }
      }
    }
  }

  @Test("512 containers inside each other pass, 513 do not")
  func depth() {
    func nested(_ count: Int) -> [UInt8] {
      Array((String(repeating: "[", count: count) + String(repeating: "]", count: count)).utf8)
    }
    func objects(_ count: Int) -> [UInt8] {
      Array((String(repeating: "{\"a\":", count: count) + "1" + String(repeating: "}", count: count)).utf8)
    }
    #expect(Self.problem(nested(512)) == nil)
    #expect(Self.problem(nested(513)) == .tooDeep)
    #expect(Self.problem(objects(512)) == nil)
    #expect(Self.problem(objects(513)) == .tooDeep)
    #expect(Self.problem([UInt8](repeating: 0x5B, count: 100_000)) == .tooDeep)
  }

  @Test("an error tells the place of the offending byte")
  func offsets() {
    func error(_ json: String) -> JSONError? {
      var json = json
      return json.withUTF8 { raw in
        do throws(JSONError) {
          try JSONScanner.validate(UnsafeRawBufferPointer(raw))
          return nil
        } catch { return error }
      }
    }
    #expect(error("[1, x]") == JSONError(.unexpectedCharacter, at: 4))
    #expect(error("[\"abc\u{1}\"]") == JSONError(.controlCharacter, at: 5))
    #expect(error("{\"a\": \"b\\q\"}") == JSONError(.invalidEscape, at: 8))
    #expect(error("[1") == JSONError(.unexpectedEnd, at: 2))
    #expect(error("[] []") == JSONError(.trailingContent, at: 3))
    #expect(error("[1.x]")?.description == "invalid number at byte 3")
  }
}
