import MissionCore
import Testing

@testable import HTTPSource

@Suite("the answer to a look", .timeLimit(.minutes(1)))
struct LookJudgementTests {
  private func looked(_ body: String, _ lines: String = "") -> Result<LookedJob, SourceFailure> {
    let (section, problems) = Sections.read(
      """
      url: https://a.example
      start: {post: /runs, job: /id}
      look: {get: '/runs/{job}', status: /data/status, waiting: [READY, 1, 'true'], done: [OK, 2.0], empty: [NONE, 'null'], failed: [BAD, 'false'], gone: [LOST], error: /data/why, keep: {set: /data/set}\(lines)}
      """)
    #expect(problems == [])
    return Array(body.utf8).withUnsafeBytes { Judging.judge.looked($0, section.look!) }
  }

  @Test(
    "says how the job stands, by words that are compared exactly",
    arguments: [
      (#""READY""#, .waiting(status: "READY", isKnown: true)), ("1", .waiting(status: "1", isKnown: true)),
      ("true", .waiting(status: "true", isKnown: true)),
      (#""true""#, .waiting(status: "true", isKnown: true)),
      (#""OK""#, .done), ("2.0", .done), (#""O\u004b""#, .done), (#""NONE""#, .empty), ("null", .empty),
      (#""BAD""#, .failed("its status is BAD")), ("false", .failed("its status is false")),
      (#""LOST""#, .gone(status: "LOST")), (#""ready""#, .waiting(status: "ready", isKnown: false)),
      (#""OK ""#, .waiting(status: "OK", isKnown: false)), ("2", .waiting(status: "2", isKnown: false)),
      ("2.00", .waiting(status: "2.00", isKnown: false)), (#""""#, .waiting(status: "?", isKnown: false)),
    ] as [(String, LookedJob.Standing)])
  func statuses(token: String, standing: LookedJob.Standing) throws {
    let found = try looked(#"{"data":{"status":\#(token)}}"#).get().standing
    #expect(found.plain == standing)
  }

  @Test(
    "says why a job failed, in the API's words, cleaned",
    arguments: [
      (#""because \#(Judging.secret)""#, "its status is BAD: because ***"), ("17", "its status is BAD: 17"),
      ("null", "its status is BAD"), (#"{"a": [1]}"#, #"its status is BAD: {"a": [1]}"#),
    ])
  func reasons(token: String, reason: String) throws {
    let found = try looked(#"{"data":{"status":"BAD","why":\#(token)}}"#).get().standing
    #expect(found.plain == .failed("\(reason)"))
  }

  @Test("keeps values that the result's request uses")
  func keep() throws {
    #expect(try looked(#"{"data":{"status":"OK","set":"s-1"}}"#).get().kept == ["set": "s-1"])
    #expect(try looked(#"{"data":{"status":"OK"}}"#).get().kept == [:])
  }

  @Test(
    "cannot be used without a status, or when it is no JSON",
    arguments: [
      "", "{}", "[]", #"{"data":{}}"#, #"{"data":{"status":["OK"]}}"#, #"{"data":{"status":{}}}"#,
      #"{"data":{"status":"OK"}"#, "<html>\(Judging.secret)", #"{"data":{"status":"OK"}}]"#,
      #"{"data":{"status":"\ud800"}}"#,
    ])
  func unreadable(body: String) {
    let outcome = looked(body)
    #expect(outcome.kind == .unusable)
    #expect(outcome.message.hasPrefix("apify gave an answer to GET /runs/{job} that cannot be used"))
    #expect(!outcome.message.contains(Judging.secret))
  }
}

extension LookedJob.Standing {
  /// Without the marks of words of others.
  fileprivate var plain: Self {
    if case .failed(let reason) = self { .failed("\(reason.plain)") } else { self }
  }
}
