import KeyTable
import Placeholders
import Testing
import YAML

@Suite("templates in a configuration", .timeLimit(.minutes(1)))
struct TemplateCodecTests {
  private struct Section: ConfigurationSection {
    var text: Written<Template>?
    static let keys: [Key<Self>] = [Key("text", \.text, Codec.template().optional, "A text")]

    mutating func check(_ reader: inout ConfigurationReader, path: String) {
      let names = PlaceholderNames(
        known: ["date_start", "tipo"], later: ["job": "comes with the answer of start"])
      if let text { reader.check(text, names) }
    }
  }

  private func read(_ yaml: String, environment: [String: String] = [:]) -> (Section, [String]) {
    let document = YAMLDocument(reading: Array(yaml.utf8))
    var reader = ConfigurationReader(
      path: "config.yaml", source: .files(environment: environment), purpose: .working, sectionsOfWork: [],
      table: { [] })
    let section: Section = reader.section(document.root!, path: "")
    return (section, reader.findings.map { "\($0.mark?.line ?? 0):\($0.mark?.column ?? 0): \($0.message)" })
  }

  @Test(
    "are read with their variables filled in, which are never placeholders",
    arguments: [
      ("text: 'a {date_start}'", [.text("a "), .placeholder("date_start")]),
      ("text: 'Bearer ${KEY}'", [.text("Bearer "), .secret("k{tipo}1")]),
      ("text: '{{${KEY}}}{tipo}'", [.text("{"), .secret("k{tipo}1"), .text("}"), .placeholder("tipo")]),
      ("text: ${NONE:-x}y", [.secret("x"), .text("y")]), ("text: $${KEY", [.text("${KEY")]),
      ("text: 5", [.text("5")]), ("text: ''", []),
    ] as [(String, [Template.Piece])])
  func read(yaml: String, pieces: [Template.Piece]) {
    let (section, problems) = read(yaml, environment: ["KEY": "k{tipo}1"])
    #expect(problems == [])
    #expect(section.text?.value.pieces == pieces)
  }

  @Test(
    "are told of with their place when they are wrong",
    arguments: [
      (
        "text: '{job} {dat_start} {job}'",
        [
          "1:7: text has no value for {job} here, which comes with the answer of start",
          "1:7: text has an unknown placeholder {dat_start}, did you mean {date_start}?",
        ]
      ),
      (
        "\n text: '{quantity}'",
        ["2:8: text has an unknown placeholder {quantity}; known here: {date_start}, {tipo}"]
      ),
      (
        "text: '{'",
        ["1:7: text must have a name like {date_start} in its braces; plain braces are written {{ and }}"]
      ),
      ("text: 'a}'", ["1:7: text has a } without its {; a plain one is written }}"]),
      ("text: [a]", ["1:7: text must be a text, got a list"]),
      (
        "text: '${MISSING}'",
        ["1:7: the environment variable MISSING is not set; set it or write ${MISSING:-default}"]
      ),
      ("text: '${LINES}'", ["1:7: text must not hold line ends or control characters (look at LINES)"]),
    ])
  func wrong(yaml: String, problems: [String]) {
    #expect(read(yaml, environment: ["LINES": "a\nb"]).1 == problems)
  }

  @Test("are shown masked, and what is masked is a secret")
  func shown() {
    let section = read("text: 'Bearer ${KEY}-{tipo}'", environment: ["KEY": "abc"]).0
    #expect(section.rendered.yaml() == "text: \"Bearer ***-{tipo}\"\n")
    #expect(section.secretsOfTable.map { $0.reveal() } == ["abc"])
  }

  @Test("without any known name no placeholder may stand there")
  func none() {
    #expect(PlaceholderNames(known: []).fault(of: "job") == "must have no placeholder, got {job}")
  }
}
