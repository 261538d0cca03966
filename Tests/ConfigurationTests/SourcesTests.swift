import Configuration
import Kind
import MissionCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct SourcesTests {
  @Test("without sources: nothing is declared")
  func absent() throws {
    #expect(try Fixture().load().declaredSources == nil)
  }

  @Test("sources and their parameters are read in their order")
  func read() throws {
    let text = """
      sources:
        default: {kind: worker, workers: [worker-1], parameters: {conta: integer, q: text}}
        amplis:
          kind: worker
          parameters:
            tipo: [reag, master]
            desde: {type: date, required: true}
            turno: {type: [manha, 2]}
      """
    let configuration = try Fixture(adding: text).load()
    #expect(configuration.sources?.map(\.value.workersUsed) == [.named(["worker-1"]), .every])
    #expect(
      configuration.declaredSources == [
        SourceDeclaration(
          name: "default", needsMedia: true,
          parameters: [
            ParameterDeclaration(name: "conta", type: .integer), ParameterDeclaration(name: "q", type: .text),
          ]),
        SourceDeclaration(
          name: "amplis", needsMedia: true,
          parameters: [
            ParameterDeclaration(name: "tipo", type: .words(["reag", "master"])),
            ParameterDeclaration(name: "desde", type: .date, isRequired: true),
            ParameterDeclaration(name: "turno", type: .words(["manha", "2"])),
          ]),
      ])
    let shown = configuration.rendered()
    #expect(try Fixture(shown).load().rendered() == shown)
    #expect(try Fixture(shown).load().declaredSources == configuration.declaredSources)
  }

  @Test("a parameter that is an argument of a program by itself is known as one, and windows keep to it")
  func arguments() throws {
    let text = """
      missions:
        - {every: day, from: 2025-01-01, to: 2025-01-02, source: default, parameters: {q: [-x, y], r: -x}}
      sources:
        default:
          kind: command
          command: [sh, "--r={r}", "{q}"]
          parameters: {q: text, r: text}
      """
    #expect(
      Fixture(adding: text).problems() == [
        "2:86: missions[0].parameters.q -x is no value of it; accepted: a value that does not begin with -, for the "
          + "program would take it for an option"
      ])
    let configuration = try Fixture(adding: text.replacing("[-x, y]", with: "y")).load()
    #expect(configuration.declaredSources?[0].parameters.map(\.isArgument) == [true, false])
  }

  @Test("everything that is wrong is told at once, with line and column")
  func wrong() {
    let text = """
      sources:
        Default: {kind: worker}
        a: {kind: ftp}
        b: {parameters: {conta: integer}}
        c:
          kind: worker
          workers: [worker-9]
          url: http://127.0.0.1
          parameters:
            Conta: integer
            languages: text
            sort_by: text
            id: text
            one: number
            two: []
            three: [x, x]
            four: {required: true}
            five:
        d: {kind: worker, workers: [], parameters: {}}
      """
    let reserved = "is a name that has a meaning of its own; choose another"
    let types = "must be text, integer, date or a list of allowed words"
    #expect(
      Fixture(adding: text).problems() == [
        "2:3: sources.Default must be a lower-case letter or digit, then up to 63 of a-z, 0-9, _ and -",
        "3:13: sources.a.kind must be worker, http or command, got ftp",
        "4:6: sources.b.kind is missing",
        "7:14: sources.c.workers names worker-9, which is none of workers",
        "8:5: unknown key sources.c.url; it belongs to workers",
        "10:7: sources.c.parameters.Conta must be a lower-case letter, then up to 62 of a-z, 0-9 and _",
        "11:7: sources.c.parameters.languages \(reserved)",
        "12:7: sources.c.parameters.sort_by \(reserved)",
        "13:7: sources.c.parameters.id \(reserved)",
        "14:12: sources.c.parameters.one \(types), got number",
        "15:12: sources.c.parameters.two must list at least one word, each once",
        "16:14: sources.c.parameters.three must list at least one word, each once",
        "17:13: sources.c.parameters.four.type is missing",
        "18:12: sources.c.parameters.five is empty",
        "19:30: sources.d.workers must name at least one worker",
        "19:46: sources.d.parameters must be a mapping of at least one name to a value",
      ])
  }

  @Test("sources: must name at least one", arguments: ["sources: {}", "sources: []", "sources: x"])
  func empty(line: String) {
    #expect(
      Fixture(adding: line).problems() == ["1:10: sources must be a mapping of at least one name to a value"])
  }

  @Test("the JSON Schema knows the section")
  func schema() {
    let schema = Configuration.jsonSchema()
    #expect(schema.contains("\"sources\""))
    #expect(schema.contains("\"integer\""))
  }
}
