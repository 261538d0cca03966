import HTTP
import MissionCore
import Placeholders
import Testing

@testable import HTTPSource

@Suite("a request of a section", .timeLimit(.minutes(1)))
struct RequestTests {
  private static let values = {
    var values = PlaceholderValues(
      mission: MissionID("3dd024c8-6e53-897b-b414-5e86e4f2de2d")!,
      parameters: MissionParameters(
        source: "a", dateStart: CalendarDay("2025-01-02")!, dateEnd: CalendarDay("2025-01-03")!,
        mediaType: nil,
        languages: ["pt", "eng"],
        values: ParameterValues([
          .init(name: "q", value: .text("a&b=ç \"x\"")), .init(name: "n", value: .integer(42)),
        ])),
      attempt: 3, runID: "r", idempotencyKey: "key-3", declared: ["q", "n", "none"])
    values["job"] = .text("j/1")
    return values
  }()

  private func request(_ start: String, headers: String = "{X-All: one, X-Both: all}") throws -> HTTPRequest {
    let (section, problems) = Sections.read(
      "url: https://a.example/base/\nheaders: \(headers)\nstart: {\(start)}", parameters: ["q", "n", "none"])
    #expect(problems == [])
    let maker = RequestMaker(url: section.url.text, headers: section.headers ?? [], caFile: nil)
    return try maker.request(
      section.start!.request, Self.values, receive: .memory(limit: 10), deadlines: HTTPDeadlines(),
      isRepeatable: false)
  }

  private func text(_ body: HTTPBody) -> String? {
    if case .bytes(let bytes) = body { String(decoding: bytes, as: UTF8.self) } else { nil }
  }

  @Test("has its method, its path and a query whose empty values are left out")
  func query() throws {
    let request = try request(
      "delete: '/x/{q}/{none}/y', query: {from: '{date_start}', q: 'v {q}', none: '{none}', some: 'x{none}', l: '{languages}', é: 1}"
    )
    #expect(request.method == .delete)
    #expect(
      request.url
        == "https://a.example/base/x/a%26b%3D%C3%A7%20%22x%22//y?from=2025-01-02&q=v%20a%26b%3D%C3%A7%20%22x%22"
        + "&some=x&l=eng%2Cpt&%C3%A9=1")
    #expect(text(request.body) == nil)
    #expect(!request.isRepeatable)
  }

  @Test("has a JSON body in which a lone placeholder takes its value's own type")
  func body() throws {
    let request = try request(
      "post: /, body: {q: '{q}', n: '{n}', text: 'n={n}', languages: '{languages}', joined: 'l={languages}', none: '{none}', empty: '{none}{none}', media: '{media_type}', attempt: '{attempt}', list: [1, '{n}', {a: true}]}"
    )
    #expect(
      text(request.body)
        == #"{"q":"a&b=ç \"x\"","n":42,"text":"n=42","languages":["eng","pt"],"joined":"l=eng,pt","none":null,"empty":"","media":null,"attempt":3,"list":[1,42,{"a":true}]}"#
    )
    #expect(request.headers.first { $0.name == "Content-Type" }?.value == "application/json")
  }

  @Test("may be a form")
  func form() throws {
    let request = try request("post: /, form: {q: '{q}', none: '{none}', n: '{n}'}")
    #expect(text(request.body) == "q=a%26b%3D%C3%A7%20%22x%22&n=42")
    #expect(request.headers.first { $0.name == "Content-Type" }?.value == "application/x-www-form-urlencoded")
  }

  @Test("has the headers of all requests and its own, which are stronger")
  func headers() throws {
    let request = try request(
      "post: /, body: [], headers: {x-both: own, content-type: application/vnd.x+json, Idempotency-Key: '{idempotency_key}', X-None: '{none}'}"
    )
    let lines = request.headers.map { "\($0.name): \($0.value)" }
    #expect(
      lines == [
        "X-All: one", "x-both: own", "content-type: application/vnd.x+json", "Idempotency-Key: key-3",
      ])
  }

  @Test("is not made when a value cannot stand in a header, or has not come")
  func faults() {
    var values = Self.values
    values["job"] = .text("a\r\nX: y")
    let maker = RequestMaker(
      url: "https://a.example",
      headers: [
        TemplateField(
          name: "X", value: Written(Template([.placeholder("job")]), mark: .start, path: ""))
      ], caFile: nil)
    var template = RequestTemplate()
    template.get = Written(Template(text: "/"), mark: .start, path: "")
    #expect(throws: FillingFault.controlCharacter("job")) {
      try maker.request(
        template, values, receive: .memory(limit: 10), deadlines: HTTPDeadlines(), isRepeatable: true)
    }
    #expect(throws: FillingFault.missing("job")) {
      try maker.request(
        template, PlaceholderValues(), receive: .memory(limit: 10), deadlines: HTTPDeadlines(),
        isRepeatable: true)
    }
  }
}
