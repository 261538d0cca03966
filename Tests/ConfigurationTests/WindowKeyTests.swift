import Configuration
import KeyTable
import MissionCore
import Testing

@Suite("Windows of missions:", .timeLimit(.minutes(1)))
struct WindowKeyTests {
  private static let sources = """
    sources:
      default: {kind: worker}
      other: {kind: worker, parameters: {tipo: [reag, master], conta: {type: integer, required: true}, dia: date}, refresh_after: 36h}

    """
  private static let media = "media_type: video, languages: [pt]"

  private func load(_ window: String, sources: String = "") throws -> Configuration {
    try Fixture(adding: "missions:\n  - missions/*.csv\n  - \(window)\n\(sources)").load()
  }

  private func problems(_ window: String, sources: String = Self.sources) -> [String] {
    Fixture(adding: "missions:\n  - missions/*.csv\n  - \(window)\n\(sources)").problems()
  }

  @Test("stand beside files, with defaults and with everything")
  func read() throws {
    var configuration = try load("{every: day, from: -7d, to: yesterday, \(Self.media)}")
    #expect(configuration.missionPatterns == ["missions/*.csv"])
    var (window, line) = try #require(configuration.windows.first)
    #expect(line == 3 && window.every == .day && window.from == .daysAgo(7) && window.to == .daysAgo(1))
    #expect(window.source == "default" && window.mediaType == .video && window.languages == ["pt"])
    #expect(window.priority == 0 && window.parameters.isEmpty && window.refreshAfter == nil)
    configuration = try load(
      "{every: month, from: 2024-01-01, to: today, source: other, \(Self.media), priority: -3, refresh_after: 1d, "
        + "parameters: {tipo: [reag, master], conta: 7, dia: 2024-02-29}}", sources: Self.sources)
    (window, line) = try #require(configuration.windows.first)
    #expect(
      window.every == .month && window.from == .date(CalendarDay("2024-01-01")!) && window.to == .daysAgo(0))
    #expect(window.source == "other" && window.priority == -3 && window.refreshAfter == .days(1))
    #expect(window.parameters.map(\.name) == ["tipo", "conta", "dia"])
    #expect(
      window.parameters.map(\.values) == [
        [.text("reag"), .text("master")], [.integer(7)], [.text("2024-02-29")],
      ])
    #expect(configuration.refreshAfterOfSources.map(\.source) == ["other"])
    #expect(configuration.refreshAfterOfSources.first?.after == .exact(.seconds(36 * 3600)))
  }

  @Test(
    "know calendar days from exact times",
    arguments: [
      ("1d", RefreshAfter.days(1)), ("7", .days(7)), ("24h", .exact(.seconds(86_400))),
      ("1.5d", .exact(.seconds(129_600))),
      ("90m", .exact(.seconds(5400))),
    ])
  func refresh(text: String, expected: RefreshAfter) throws {
    let line = "{every: day, from: -7d, to: yesterday, \(Self.media), refresh_after: \(text)}"
    let configuration = try load(line)
    #expect(configuration.windows.first?.window.refreshAfter == expected)
    // What is shown means the same.
    let shown = Fixture(configuration.rendered().replacing("'***'", with: "x").replacing("***", with: "x"))
    #expect(try shown.load().windows.first?.window.refreshAfter == expected)
  }

  @Test(
    "say what is wrong with its place",
    arguments: [
      ("{from: -7d, to: today, MEDIA}", ["3:5: missions[1].every is missing"]),
      (
        "{every: year, from: -7d, to: today, MEDIA}",
        ["3:13: missions[1].every must be day or week or month, got year"]
      ),
      (
        "{every: day, from: 2025-02-30, to: today, MEDIA}",
        [
          "3:24: missions[1].from must be a day (YYYY-MM-DD, today, yesterday or -7d for seven days ago), got 2025-02-30"
        ]
      ),
      (
        "{every: day, from: 2025-02-02, to: 2025-02-01, MEDIA}",
        ["3:40: missions[1].to 2025-02-01 is before missions[1].from 2025-02-02"]
      ),
      ("{every: day, from: today, to: -7d, MEDIA}", []),
      (
        "{every: day, from: -7d, to: today}",
        [
          "3:5: missions[1].media_type is missing: the source default needs it",
          "3:5: missions[1].languages is missing: the source default needs at least one",
        ]
      ),
      (
        "{every: day, from: -7d, to: today, source: nobody, MEDIA}",
        ["3:48: missions[1].source nobody is none of sources; there are default, other"]
      ),
      (
        "{every: day, from: -7d, to: today, MEDIA, parameters: {tipo: reag}}",
        ["3:89: missions[1].parameters.tipo is no parameter of the source default"]
      ),
      (
        "{every: day, from: -7d, to: today, source: other, MEDIA, parameters: {conta: x1, cor: azul, tipo: [reag, verde, reag]}}",
        [
          "3:111: missions[1].parameters.conta x1 is no value of it; accepted: a whole number of at most 18 digits, "
            + "without + and leading zeros",
          "3:115: missions[1].parameters.cor is no parameter of the source other; known here: tipo, conta, dia",
          "3:139: missions[1].parameters.tipo verde is no value of it; accepted: reag, master",
          "3:146: missions[1].parameters.tipo lists reag twice",
        ]
      ),
      (
        "{every: day, from: -7d, to: today, source: other, MEDIA}",
        ["3:5: missions[1].parameters.conta is missing: the source other needs it"]
      ),
      (
        "{every: day, from: 1600-01-01, to: 2000-01-01, MEDIA}",
        [
          "3:5: missions[1] makes 146098 missions, at most 100000 are allowed: narrow from and to, or write several windows"
        ]
      ),
      (
        "{every: day, from: -7d, to: today, MEDIA, until: 3}",
        [
          "3:76: unknown key missions[1].until; known here: every, from, to, source, media_type, languages, priority, "
            + "parameters, refresh_after"
        ]
      ),
      (
        "{every: day, from: -7d, to: today, media_type: video, languages: [portuguese]}",
        [
          "3:71: missions[1].languages[0] must be a code of 2 or 3 letters, got portuguese"
        ]
      ),
      (
        "{every: day, from: -7d, to: today, MEDIA, refresh_after: 0}",
        [
          "3:91: missions[1].refresh_after must be a duration like 36h, 1d or a number of days, and more than 0, got 0"
        ]
      ),
      ("[a, b]", ["3:5: missions[1] must be a path, got a list"]),
    ])
  func wrong(window: String, expected: [String]) {
    #expect(problems(window.replacing("MEDIA", with: Self.media)) == expected)
  }

  @Test("of a source's default name need sources: to have it")
  func noDefault() {
    let found = problems(
      "{every: day, from: -7d, to: today, \(Self.media)}", sources: "sources: {other: {kind: worker}}\n")
    #expect(found == ["3:5: missions[1].source default is none of sources; there are other"])
  }

  @Test("parameters that a store cannot keep are refused")
  func tooLong() {
    let found = problems(
      "{every: day, from: -7d, to: today, source: other, \(Self.media), parameters: {conta: 1, texto: \(String(repeating: "x", count: 257))}}",
      sources: "sources: {other: {kind: worker, parameters: {conta: integer, texto: text}}}\n")
    #expect(
      found.count == 1
        && found[0].hasSuffix("texto is 257 bytes long, percent-encoded; accepted: at most 256"))
  }
}
