import HTTP
import JSONStream
import KeyTable
import MissionCore
import Testing

@testable import HTTPSource

@Suite("the answer to a start", .timeLimit(.minutes(1)))
struct StartJudgementTests {
  private func start(_ lines: String = "job: /id") -> StartSection {
    Sections.read(
      "url: https://a.example\nstart: {post: /runs, \(lines)}\nlook: {get: '/{job}', status: /s, done: [A]}"
    ).section.start!
  }

  private func judged(
    _ answer: Result<HTTPResponse, HTTPError>, _ lines: String = "job: /id"
  ) -> Result<AnsweredJob, SourceFailure> {
    Judging.judge.startedJob(answer, start(lines))
  }

  @Test(
    "has a job whose id is any string or integer",
    arguments: [
      (#"{"id":"abc"}"#, "abc"), (#"{"id":"a b/c?ção"}"#, "a b/c?ção"), (#"{"id":7}"#, "7"),
      (#"{"id":-12345678901234567890123}"#, "-12345678901234567890123"), (#"{"id":".."}"#, ".."),
      ("\u{FEFF}{\"id\":\"x\"}", "x"), (#"{"id":"\u0061"}"#, "a"),
      (#"{"id":"\#(String(repeating: "x", count: 256))"}"#, String(repeating: "x", count: 256)),
    ])
  func jobs(body: String, id: String) throws {
    for status in [200, 201, 202] {
      #expect(try judged(Judging.answer(status, body)).get() == AnsweredJob(id: id, kept: [:]))
    }
  }

  @Test("may be the id itself")
  func whole() throws {
    #expect(try judged(Judging.answer(200, #""j-1""#), "job: ''").get().id == "j-1")
    #expect(try judged(Judging.answer(200, " 17\n"), "job: ''").get().id == "17")
  }

  @Test(
    "may mean a job that nobody knows, when its id cannot be read",
    arguments: [
      "", "{}", "[]", "null", #"{"id":null}"#, #"{"id":""}"#, #"{"id":1.0}"#, #"{"id":1e3}"#, #"{"id":true}"#,
      #"{"id":["a"]}"#, #"{"id":{"a":1}}"#, #"{"id":"a\nb"}"#, #"{"id":"\u0000"}"#, #"{"id":"\ud800"}"#,
      #"{"id":"x"}y"#, #"{"id":"x""#, "<html>",
      #"{"id":"\#(String(repeating: "x", count: 257))"}"#,
    ])
  func unreadable(body: String) {
    let outcome = judged(Judging.answer(200, body))
    #expect(outcome.kind == .mismatch)
    #expect(outcome.message.hasPrefix("apify gave an answer to POST /runs that cannot be used"))
  }

  @Test("keeps values of the answer that later requests use")
  func keep() throws {
    let long = String(repeating: "é", count: 256)
    let body = #"{"id":"j","a":"x","b":1.10,"c":true,"d":null,"e":{},"f":"\#(long)","g":"\#(long)x"}"#
    let keep = "job: /id, keep: {a: /a, b: /b, c: /c, d: /d, e: /e, f: /f, g: /g, h: /h}"
    #expect(
      try judged(Judging.answer(201, body), keep).get().kept == [
        "a": "x", "b": "1.10", "c": "true", "f": long,
      ])
  }

  @Test(
    "is a refusal or an answer that is lost, by its status",
    arguments: [
      (400, .refused), (401, .unavailable), (402, .refused), (403, .unavailable), (404, .refused),
      (405, .refused), (408, .again), (409, .busy), (410, .refused), (422, .refused), (425, .again),
      (429, .busy), (499, .again), (500, .again), (501, .again), (502, .again), (503, .busy), (504, .again),
      (599, .again), (300, .unavailable), (301, .unavailable), (302, .unavailable), (303, .unavailable),
      (307, .unavailable), (308, .unavailable),
    ] as [(Int, SourceFailure.Kind)])
  func statuses(status: Int, kind: SourceFailure.Kind) {
    let outcome = judged(Judging.answer(status, "why \(Judging.secret)\u{1B}[31m"))
    #expect(outcome.kind == kind)
    #expect(outcome.message.hasPrefix("apify answered \(status) to POST /runs: why ***[31m"))
  }

  @Test("that is a part nobody asked for is none, whatever it holds")
  func partial() {
    let outcome = judged(Judging.answer(206, #"{"id":"j"}"#))
    #expect(outcome.kind == .mismatch)
    #expect(outcome.message.hasPrefix("apify answered 206 to POST /runs, a part of the answer"))
    #expect(Judging.judge.body(of: Judging.answer(206, "[]"), "GET /result").kind == .unusable)
  }

  @Test(
    "says how long to wait, in seconds or as a date",
    arguments: [
      ("7", .seconds(7)), ("Tue, 14 Nov 2023 22:13:50 GMT", .seconds(30)), ("-1", nil), ("soon", nil),
    ] as [(String, Duration?)])
  func retryAfter(field: String, wait: Duration?) {
    for status in [409, 429, 503] {
      guard case .failure(let failure) = judged(Judging.answer(status, headers: [("Retry-After", field)]))
      else {
        Issue.record("\(status) is a job")
        return
      }
      #expect(failure.retryAfter == wait)
    }
  }

  @Test(
    "may be lost on its way, or the start may never have left",
    arguments: [
      (.resolve, .unreachable), (.connect, .unreachable), (.connectTimeout, .unreachable),
      (.tls, .unavailable),
      (.invalidRequest, .unavailable), (.responseTimeout, .again), (.stalled, .again), (.reset, .again),
      (.partialBody, .again), (.headersTooLarge, .again), (.sendFailed, .again), (.cancelled, .again),
      (.other, .again), (.exhausted(12), .again), (.tooLarge, .mismatch),
    ] as [(HTTPError.Kind, SourceFailure.Kind)])
  func transport(error: HTTPError.Kind, kind: SourceFailure.Kind) {
    let outcome = judged(
      .failure(HTTPError(error, "\(foreign: "it broke \(Judging.secret)")", mayHaveReachedServer: true)))
    #expect(outcome.kind == kind)
    #expect(outcome.message.contains("apify gave no answer to POST /runs: it broke ***"))
  }

  @Test("is not taken in an encoding that nobody asked for")
  func encoded() {
    let outcome = judged(Judging.answer(200, "x", headers: [("Content-Encoding", "gzip")]))
    #expect(outcome.kind == .mismatch)
    #expect(outcome.message.contains("Content-Encoding gzip"))
    #expect(
      judged(Judging.answer(200, #"{"id":1}"#, headers: [("Content-Encoding", "identity")])).kind == nil)
  }
}
