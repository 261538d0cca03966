import MissionCore
import Placeholders
import Testing

@Suite("filling in a template", .timeLimit(.minutes(1)))
struct FillingTests {
  private static let mission = MissionID("3dd024c8-6e53-897b-b414-5e86e4f2de2d")!
  private static let values = PlaceholderValues(
    mission: mission,
    parameters: MissionParameters(
      source: "jobs", dateStart: CalendarDay("2025-01-02")!, dateEnd: CalendarDay("2025-01-03")!,
      mediaType: nil, languages: ["pt", "eng"],
      values: ParameterValues([
        .init(name: "q", value: .text("a/b c&d=é%\n")), .init(name: "conta", value: .integer(42)),
      ])),
    attempt: 3, runID: "run-1", idempotencyKey: "\(mission)-3", declared: ["q", "conta", "none"])

  private func template(_ name: String) -> Template { Template([.placeholder(name)]) }

  @Test(
    "has a value for every name that missions have",
    arguments: [
      ("date_start", "2025-01-02"), ("date_end", "2025-01-03"), ("source", "jobs"), ("run_id", "run-1"),
      ("mission_id", "3dd024c8-6e53-897b-b414-5e86e4f2de2d"), ("attempt", "3"), ("media_type", ""),
      ("languages", "eng,pt"), ("idempotency_key", "3dd024c8-6e53-897b-b414-5e86e4f2de2d-3"), ("slot", ""),
      ("conta", "42"), ("none", ""),
    ])
  func names(name: String, value: String) throws {
    #expect(try template(name).filled(Self.values) == value)
  }

  @Test("every name that the configuration takes has a value")
  func complete() throws {
    for name in PlaceholderNames.ofMissions { #expect(Self.values[name] != nil, "\(name)") }
  }

  @Test("encodes values for a path, and leaves the path's own text as it is")
  func path() throws {
    let path = Template([.text("/acts/me~ads/"), .placeholder("q"), .text("/runs")])
    #expect(try path.path(Self.values) == "/acts/me~ads/a%2Fb%20c%26d%3D%C3%A9%25%0A/runs")
  }

  @Test(
    "never makes a value another path",
    arguments: [(".", "%2E"), ("..", "%2E%2E"), ("...", "..."), (".a", ".a")])
  func dots(value: String, segment: String) throws {
    var values = PlaceholderValues()
    values["job"] = .text(value)
    #expect(try Template([.text("/runs/"), .placeholder("job")]).path(values) == "/runs/\(segment)")
    #expect(try Template([.text("/"), .placeholder("job"), .text("/x")]).path(values) == "/\(segment)/x")
  }

  @Test("encodes a query whole")
  func query() throws {
    let value = Template([.text("a b+"), .placeholder("conta"), .secret("&")])
    #expect(try value.queryValue(Self.values) == "a%20b%2B42%26")
  }

  @Test("refuses control characters in a line, whatever the value's name")
  func line() throws {
    #expect(throws: FillingFault.controlCharacter("q")) { try template("q").line(Self.values) }
    #expect(throws: FillingFault.missing("job")) { try template("job").line(Self.values) }
    #expect(try template("mission_id").line(Self.values) == "\(Self.mission)")
  }

  @Test("says which value is missing")
  func missing() {
    #expect(throws: FillingFault.missing("job")) { try template("job").filled(Self.values) }
  }

  @Test("is left out when it is one empty value alone")
  func leftOut() {
    #expect(template("none").isLeftOut(Self.values))
    #expect(template("media_type").isLeftOut(Self.values))
    #expect(!template("conta").isLeftOut(Self.values))
    #expect(!Template([.text("x"), .placeholder("none")]).isLeftOut(Self.values))
    #expect(!Template([]).isLeftOut(Self.values))
  }
}
