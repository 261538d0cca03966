import Placeholders
import Testing

@Suite("a text with placeholders", .timeLimit(.minutes(1)))
struct TemplateReadingTests {
  typealias Part = TemplateReading.Part

  @Test(
    "is taken apart before any variable is filled in",
    arguments: [
      ("", []), ("plain", [.written("plain")]),
      (
        "from {date_start} to {date_end}",
        [.written("from "), .placeholder("date_start"), .written(" to "), .placeholder("date_end")]
      ),
      ("{a}{b1_}", [.placeholder("a"), .placeholder("b1_")]),
      ("{{a}}", [.brace("{"), .written("a"), .brace("}")]),
      ("{{{a}}}", [.brace("{"), .placeholder("a"), .brace("}")]),
      ("${NAME}", [.written("${NAME}")]), ("x${A:-{b}c", [.written("x${A:-{b}c")]),
      ("${A}{b}", [.written("${A}"), .placeholder("b")]), ("$${a", [.written("$${a")]),
      ("$ {a}", [.written("$ "), .placeholder("a")]), ("${open", [.written("${open")]),
      ("ção {q}é", [.written("ção "), .placeholder("q"), .written("é")]),
    ] as [(String, [Part])])
  func parts(text: String, parts: [Part]) {
    #expect(TemplateReading.parts(of: text) == .success(parts))
  }

  @Test(
    "is refused with a brace that is no placeholder's",
    arguments: [
      "{", "a{", "{}", "{ a}", "{a b}", "{A}", "{1a}", "{a-b}", "{a", "{a{b}}", "{ção}", "}", "a}b", "{a}}",
    ])
  func faults(text: String) {
    guard case .failure(let fault) = TemplateReading.parts(of: text) else {
      Issue.record("\(text) is taken")
      return
    }
    #expect(fault.rule.plain.contains("written"))
  }

  @Test(
    "is shown so that it reads as the same again, secrets masked",
    arguments: [
      ([], ""), ([.text("a{b}c"), .placeholder("x")], "a{{b}}c{x}"),
      ([.text("Bearer "), .secret("abc")], "Bearer ***"), ([.text("${A}")], "${A}}"),
    ] as [([Template.Piece], String)])
  func shown(pieces: [Template.Piece], text: String) {
    #expect(Template(pieces).shown == text)
  }

  @Test("knows when it is one placeholder alone")
  func only() {
    #expect(Template([.placeholder("a")]).only == "a")
    #expect(Template([.placeholder("a"), .placeholder("a")]).only == nil)
    #expect(Template([.text("a")]).only == nil)
    #expect(Template([.placeholder("a"), .text("-"), .placeholder("b")]).names == ["a", "b"])
    #expect(!Template([.placeholder("a")]).hasText)
    #expect(Template([.placeholder("a"), .secret("s")]).hasText)
  }
}
