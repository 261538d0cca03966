import HTTP
import JSONStream
import Testing

@testable import HTTPSource

@Suite("a section of kind http", .timeLimit(.minutes(1)))
struct SectionTests {
  @Test("is read whole")
  func read() throws {
    let (section, problems) = Sections.read(Sections.apify)
    #expect(problems == [])
    #expect(section.url.text == "https://api.apify.com/v2")
    let start = try #require(section.start)
    #expect(start.request.shown == "POST /acts/me~ads/runs")
    #expect(start.job == JSONPointer("/data/id"))
    #expect(start.keep?.map(\.name) == ["dataset"])
    let look = try #require(section.look)
    #expect(look.request.shown == "GET /actor-runs/{job}")
    #expect(look.every == .seconds(30))
    #expect(look.waiting == ["READY", "RUNNING"])
    #expect(look.done == ["SUCCEEDED"])
    #expect(look.empty == [])
    #expect(section.find?.jobs?.map(\.description) == ["/data/items"])
    #expect(section.find?.where.map(\.place.description) == ["/meta/mission"])
    #expect(section.cancel?.request.methods.map(\.method) == [.post])
    #expect(section.health != nil)
    #expect(!section.sendsOnce)
    #expect(!section.sendsIdempotencyKey)
  }

  @Test("is shown masked, and reads back as the same")
  func shown() {
    let section = Sections.read(Sections.apify).section
    let shown = section.rendered.yaml()
    #expect(!shown.contains("canary"))
    #expect(shown.contains("Authorization: \"***\""))
    let again = Sections.read(shown, environment: [:])
    #expect(again.problems == [])
    #expect(again.section.rendered.yaml() == shown)
  }

  @Test(
    "sends once what changes something, unless it is told otherwise",
    arguments: [
      ("post: /a", true), ("patch: /a", true), ("put: /a", false), ("get: /a", false), ("delete: /a", false),
    ])
  func sendsOnce(request: String, isOnce: Bool) {
    #expect(Sections.read("url: https://a.example\nstart: {\(request)}").section.sendsOnce == isOnce)
    #expect(Sections.read("url: https://a.example\nstart: {\(request)}\nsend: once").section.sendsOnce)
    #expect(!Sections.read("url: https://a.example\nstart: {\(request)}\nsend: again").section.sendsOnce)
  }

  @Test(
    "knows whether its start carries the idempotency key, wherever that stands",
    arguments: [
      "start: {post: /a, body: {x: [{y: 'k-{idempotency_key}'}]}}", "start: {put: '/a/{idempotency_key}'}",
      "start: {post: /a, headers: {Idempotency-Key: '{idempotency_key}'}}",
      "start: {post: /a, form: {id: '{idempotency_key}'}}",
      "headers: {X-Once: '{idempotency_key}'}\nstart: {post: /a}",
    ])
  func idempotency(lines: String) {
    let (section, problems) = Sections.read("url: https://a.example\n" + lines)
    #expect(problems == [])
    #expect(section.sendsIdempotencyKey)
  }

  @Test("keeps secrets: what comes from variables and files, and what its name says is one")
  func secrets() {
    let (section, problems) = Sections.read(
      """
      url: https://a.example
      headers:
        Authorization: Bearer canary-literal-3
        Cookie: {file: token}
        X-Plain: seen
        X-Mixed: a-${APIFY_TOKEN}-b
      start:
        post: /a/${APIFY_TOKEN}/b
        query: {access_token: canary-query-4, Idempotency-Key: "{idempotency_key}"}
        body: {nested: [{api_key: canary-body-5}], plain: seen, mixed: "${APIFY_TOKEN}"}
      """)
    #expect(problems == [])
    let shown = section.rendered.yaml()
    #expect(!shown.contains("canary"))
    #expect(shown.contains("X-Plain: seen"))
    #expect(shown.contains("X-Mixed: a-***-b\n"))
    #expect(shown.contains("Idempotency-Key: \"{idempotency_key}\""))
    #expect(shown.contains("post: /a/***/b\n"))
    #expect(section.start?.request.shown == "POST /a/***/b")
    let secrets = Set(section.secretsOfTable.map { $0.reveal() })
    #expect(
      secrets.isSuperset(of: [
        "Bearer canary-literal-3", "canary-literal-3", "canary-file-2", "canary-1", "canary-query-4",
        "canary-body-5",
      ]))
    #expect(!secrets.contains("seen"))
  }

  @Test(
    "takes plain values of a body for what they look like, and quoted ones for texts",
    arguments: [
      ("true", "true"), ("false", "false"), ("null", "null"), ("~", "null"), ("", "null"), ("1.10", "1.10"),
      ("-0", "-0"), ("1e5", "1e5"), ("12345678901234567890", "12345678901234567890"), ("'1'", #""1""#),
      ("'true'", #""true""#), ("\"null\"", #""null""#), ("True", #""True""#), ("yes", #""yes""#),
      ("01", #""01""#), ("+1", #""+1""#), ("0x1F", #""0x1F""#), (".5", #"".5""#),
      ("2025-01-01", #""2025-01-01""#),
      ("[1, '2']", #"[1,"2"]"#), ("{a: {}}", #"{"a":{}}"#), ("[]", "[]"), ("'{{x}}'", #""{x}""#),
    ])
  func bodies(yaml: String, json: String) throws {
    let (section, problems) = Sections.read("url: https://a.example\nstart: {post: /a, body: {v: \(yaml)}}")
    #expect(problems == [])
    let body = try #require(section.start?.request.body)
    #expect(try body.written() == #"{"v":\#(json)}"#)
    let shown = section.rendered.yaml()
    let again = Sections.read(shown)
    #expect(try again.section.start?.request.body?.written() == #"{"v":\#(json)}"#, "\(shown)")
  }
}

extension JSONTemplate {
  fileprivate func written() throws -> String {
    var json = JSONWriter()
    try write(.init(), to: &json)
    return json.text
  }
}
