import JSONStream
import Testing

/// The suite's cases that cannot be written as short texts: raw bytes, other encodings, deep structures.
@Suite(.timeLimit(.minutes(5))) struct GrammarBytesTests {
  private static func isAccepted(_ json: [UInt8]) -> Bool {
    json.withUnsafeBytes { raw in (try? JSONScanner.validate(raw)) != nil }
  }

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// By the names of the suite.
  static let refused: [(name: String, json: [UInt8])] = [
    ("n_multidigit_number_then_00", bytes("123\u{0}")),
    ("n_string_unescaped_ctrl_char", bytes("[\"a\u{0}a\"]")),
    ("n_structure_null-byte-outside-string", bytes("[\u{0}]")),
    ("n_structure_lone-invalid-utf-8", [0xE5]),
    ("n_structure_incomplete_UTF8_BOM", [0xEF, 0xBB, 0x7B, 0x7D]),
    ("n_array_a_invalid_utf8", bytes("[a") + [0xE5] + bytes("]")),
    ("n_array_invalid_utf8", [0x5B, 0xFF, 0x5D]),
    ("n_number_invalid-utf-8-in-bigger-int", bytes("[123") + [0xE5] + bytes("]")),
    ("n_number_invalid-utf-8-in-exponent", bytes("[1e1") + [0xE5] + bytes("]")),
    ("n_number_invalid-utf-8-in-int", bytes("[0") + [0xE5] + bytes("]\n")),
    ("n_number_real_with_invalid_utf8_after_e", bytes("[1e") + [0xE5] + bytes("]")),
    (
      "n_object_lone_continuation_byte_in_key_and_trailing_comma",
      bytes("{\"") + [0xB9] + bytes("\":\"0\",}")
    ),
    ("n_string_invalid-utf-8-in-escape", bytes("[\"\\u") + [0xE5] + bytes("\"]")),
    ("n_string_invalid_utf8_after_escape", bytes("[\"\\") + [0xE5] + bytes("\"]")),
    ("n_number_U+FF11_fullwidth_digit_one", bytes("[１]")), ("n_object_emoji", bytes("{🇨🇭}")),
    ("n_array_newlines_unclosed", bytes("[\"a\",\n4\n,1,")),
    ("n_array_spaces_vertical_tab_formfeed", bytes("[\"\u{B}a\"\\f]")),
    ("n_structure_whitespace_formfeed", bytes("[\u{C}]")),
    ("n_structure_whitespace_U+2060_word_joiner", bytes("[\u{2060}]")),
    ("n_structure_ascii-unicode-identifier", bytes("aå")), ("n_single_space", bytes(" ")),
    ("n_structure_100000_opening_arrays", [UInt8](repeating: 0x5B, count: 100_000)),
    ("n_structure_open_array_object", bytes(String(repeating: "[{\"\":", count: 50_000) + "\n")),
    // The suite leaves these open; a byte order mark is not for JSON that is sent (RFC 8259, 8.1).
    ("i_structure_UTF-8_BOM_empty_object", [0xEF, 0xBB, 0xBF, 0x7B, 0x7D]),
    ("i_string_utf16BE_no_BOM", [0, 0x5B, 0, 0x22, 0, 0xE9, 0, 0x22, 0, 0x5D]),
    ("i_string_utf16LE_no_BOM", [0x5B, 0, 0x22, 0, 0xE9, 0, 0x22, 0, 0x5D, 0]),
    ("i_string_UTF-16LE_with_BOM", [0xFF, 0xFE, 0x5B, 0, 0x22, 0, 0xE9, 0, 0x22, 0, 0x5D, 0]),
    ("i_string_not_in_unicode_range", bytes("[\"") + [0xF4, 0xBF, 0xBF, 0xBF] + bytes("\"]")),
    ("i_string_overlong_sequence_2_bytes", bytes("[\"") + [0xC0, 0xAF] + bytes("\"]")),
    (
      "i_string_overlong_sequence_6_bytes",
      bytes("[\"") + [0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF] + bytes("\"]")
    ),
    ("i_string_truncated-utf-8", bytes("[\"") + [0xE0, 0xFF] + bytes("\"]")),
    ("i_string_UTF8_surrogate_U+D800", bytes("[\"") + [0xED, 0xA0, 0x80] + bytes("\"]")),
    ("i_string_lone_utf8_continuation_byte", bytes("[\"") + [0x81] + bytes("\"]")),
    ("i_string_iso_latin_1", bytes("[\"") + [0xE9] + bytes("\"]")),
  ]

  @Test("bytes and structures that are no JSON are refused", arguments: refused)
  func refuses(name: String, json: [UInt8]) { #expect(!Self.isAccepted(json), "\(name)") }

  static let accepted: [(name: String, json: String)] = [
    (
      "i_structure_500_nested_arrays", String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    ),
    ("i_number_too_big_pos_int", "[100000000000000000000]"),
    ("i_number_very_big_negative_int", "[-237462374673276894279832749832423479823246327846]"),
    (
      "i_number_huge_exp",
      "[0.4e006699999999999999999999999999999999999999999999999999999999999999999999999999]"
    ),
    ("i_number_real_underflow", "[123e-10000000]"),
    ("i_string_incomplete_surrogates_escape_valid", "[\"\\uD800\\uD800\\n\"]"),
    ("i_string_inverted_surrogates_U+1D11E", "[\"\\uDd1e\\uD834\"]"),
    ("i_object_key_lone_2nd_surrogate", "{\"\\uDFAA\":0}"),
    ("y_string_nonCharacterInUTF-8_U+FFFF", "[\"\u{FFFF}\"]"),
    ("y_string_unicode_U+10FFFE_nonchar", "[\"\\uDBFF\\uDFFE\"]"),
    ("y_object_extreme_numbers", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }"),
    ("y_object_long_strings", "{\"x\":[{\"id\": \"\(String(repeating: "x", count: 40))\"}]}"),
  ]

  @Test("what the suite allows or leaves open and we take", arguments: accepted)
  func accepts(name: String, json: String) { #expect(Self.isAccepted(Self.bytes(json)), "\(name)") }
}
