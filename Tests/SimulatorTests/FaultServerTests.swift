import Foundation
import Testing

@testable import Simulator

@Suite("Faults over a socket", .timeLimit(.minutes(5)))
struct FaultServerTests {
  private let key = RunningSimulator.key

  private func finished(_ rule: String, ads: Int = 5) throws -> (
    RunningSimulator, TestClient, TestClient.Answer
  ) {
    let running = try RunningSimulator { $0.ads.count = ads...ads }
    running.openSession()
    let id = try #require(running.startJob().member("job_id"))
    running.script(#"{"match":{"request":"GET /scrape/*"},"do":\#(rule)}"#)
    let client = running.client()
    return (running, client, client.ask("GET", "/worker-1/scrape/\(id)", key))
  }

  @Test("half a body ends early with the full length announced")
  func halfBody() throws {
    let (_, _, answer) = try finished(#"{"half_body":true}"#)
    #expect(answer.isCutShort)
    #expect(answer.body.count == Int(answer.fields["content-length"]!)! / 2)
  }

  @Test("half of a streamed body too")
  func halfStream() throws {
    let (_, _, answer) = try finished(#"{"half_body":true}"#, ads: 3000)
    #expect(answer.isCutShort)
    #expect(answer.body.count == Int(answer.fields["content-length"]!)! / 2)
  }

  @Test("a body is filled up to any length")
  func filled() throws {
    let (_, _, answer) = try finished(#"{"body":"{","filler":"ab","fill":5}"#)
    #expect(answer.text == "{ababa")
    #expect(answer.fields["content-length"] == "6")
  }

  @Test("a reset connection gives no answer")
  func reset() throws {
    let (_, client, answer) = try finished(#"{"reset":true}"#)
    #expect(answer.status == 0)
    #expect(client.wasReset)
  }

  @Test("a wrong length announces more than is sent")
  func wrongLength() throws {
    let (_, _, answer) = try finished(#"{"wrong_length":true}"#)
    #expect(answer.isCutShort)
    #expect(answer.body.count == Int(answer.fields["content-length"]!)! - 10)
  }

  @Test("truncated JSON is a whole answer")
  func truncated() throws {
    let (_, _, answer) = try finished(#"{"truncate_json":true}"#)
    #expect(!answer.isCutShort)
    #expect(throws: JSONParser.Problem.self) { _ = try JSONParser.parse(answer.body) }
  }

  @Test("other bodies, statuses, counts and fields replace the right ones")
  func replaced() throws {
    #expect(try finished(#"{"body":"garbage"}"#).2.text == "garbage")
    #expect(try finished(#"{"body_hex":"ff00"}"#).2.body == [0xFF, 0])
    #expect(try finished(#"{"job_status":"hibernating"}"#).2.text == #"{"status":"hibernating"}"#)
    #expect(
      try finished(#"{"ads_count":9}"#).2.text.hasPrefix(#"{"status":"completed","ads_count":9,"data":["#))
    #expect(
      try finished(#"{"data":[{"id":"a"}]}"#).2.text
        == #"{"status":"completed","ads_count":1,"data":[{"id":"a"}]}"#)
    let refused = try finished(#"{"status":503,"retry_after":2}"#).2
    #expect(refused.status == 503 && refused.fields["retry-after"] == "2")
    let moved = try finished(#"{"redirect":"http://other/"}"#).2
    #expect(moved.status == 302 && moved.fields["location"] == "http://other/")
    #expect(try finished(#"{"forget":true}"#).2.status == 404)
  }

  @Test("a slow drip and a delay arrive whole in the end")
  func slow() throws {
    let (_, _, dripped) = try finished(#"{"drip":"400000B/s"}"#)
    #expect(!dripped.isCutShort && dripped.member("status") == "completed")
    #expect(try finished(#"{"delay":"5ms"}"#).2.member("status") == "completed")
  }

  @Test("what becomes of a session or a job can be chosen")
  func fates() throws {
    let running = try RunningSimulator()
    running.script(
      """
      {"match":{"request":"POST /session","nth":1},"do":{"session_status":"stuck"}}
      {"match":{"request":"POST /scrape","date":"2025-01-05"},"do":{"job_status":"paused"}}
      {"match":{"request":"POST /scrape","date":"2025-01-06"},"do":{"job_id":"../x"}}
      {"match":{"request":"POST /scrape","date":"2025-01-07"},"do":{"reset":true}}
      """)
    let client = running.client()
    running.openSession()
    #expect(client.ask("GET", "/worker-1/session/status", key).member("status") == "stuck")
    running.openSession()
    let id = try #require(running.startJob("2025-01-05").member("job_id"))
    #expect(client.ask("GET", "/worker-1/scrape/\(id)", key).member("status") == "paused")
    #expect(running.startJob("2025-01-06").member("job_id") == "../x")
    #expect(running.startJob("2025-01-07").status == 0)
    // The lost answer belongs to a job that was started all the same.
    #expect((try running.stats()["jobs_started"] as? [String: Int])?["2025-01-07|2025-01-07|video|pt"] == 1)
  }

  @Test("rules can be taken back, and a bad script changes nothing")
  func replacedLive() throws {
    let running = try RunningSimulator()
    running.script(#"[{"do":{"status":500}}]"#)
    #expect(running.client().ask("GET", "/worker-1/health", key).status == 500)
    #expect(running.client().ask("POST", "/control/script", body: #"[{"do":{"nonsense":1}}]"#).status == 400)
    #expect(running.client().ask("GET", "/worker-1/health", key).status == 500)
    running.script("[]")
    #expect(running.client().ask("GET", "/worker-1/health", key).status == 200)
    #expect(running.client().ask("POST", "/control/reset").status == 200)
    #expect(try running.stats()["requests_total"] as? Int == 0)
  }
}
