import Foundation
import MissionCore
import Testing

@testable import Simulator

@Suite("The jobs API over a socket", .timeLimit(.minutes(5)))
struct JobsAPITests {
  private let token = ["Authorization": "Bearer demo-key-jobs"]

  private static func body(_ day: String = "2025-01-03", type: String = "harvest", more: String = "")
    -> String
  {
    #"{"type":"\#(type)","reference":"m-1","params":{"date_start":"\#(day)","date_end":"\#(day)"\#(more)}}"#
  }

  private func number(_ answer: TestClient.Answer, _ name: String) -> Int? {
    (try? JSONParser.parse(answer.body))?[name]?.integer
  }

  @Test("a job is added, runs by itself, is looked at, and its records are those of the generator")
  func flow() throws {
    let running = try RunningSimulator { $0.ads.count = 7...7 }
    let client = running.client()
    let added = client.ask("POST", "/api/admin/jobs", token, body: Self.body())
    #expect(added.status == 201)
    #expect(number(added, "id") == 1)
    let shown = client.ask("GET", "/api/admin/jobs/1", token)
    #expect(shown.member("status") == "completed")
    #expect(shown.member("reference") == "m-1")
    #expect(client.ask("POST", "/api/admin/jobs/1/execute", token).member("status") == "completed")
    let expected = client.ask("GET", "/control/ads?start=2025-01-03&end=2025-01-03")
    #expect(client.ask("GET", "/api/admin/jobs/1/result", token).text == expected.text)
    let lines = client.ask("GET", "/api/admin/jobs/1/result?format=lines", token).text
    #expect(lines.split(separator: "\n").count == 7)
    #expect(client.ask("POST", "/api/admin/harvest", token, body: Self.body()).text == expected.text)
    #expect(client.ask("GET", "/api/admin/health", token).status == 200)
    #expect(client.ask("GET", "/api/admin/jobs/9", token).status == 404)
    #expect(client.ask("GET", "/api/admin/nowhere", token).status == 404)
    #expect(try running.stats()["jobs_started_total"] as? Int == 2)
    #expect(try running.stats()["repeated_job_starts"] as? Int == 1)
  }

  @Test("its words are pending, running, completed and failed; a cancelled job is a failed one")
  func statuses() throws {
    let running = try RunningSimulator { $0.jobTime = .seconds(3600)...(.seconds(3600)) }
    let client = running.client()
    #expect(client.ask("POST", "/api/admin/jobs", token, body: Self.body()).member("status") == "pending")
    #expect(client.ask("GET", "/api/admin/jobs/1/result", token).status == 409)
    #expect(client.ask("POST", "/api/admin/jobs/1/cancel", token).member("status") == "failed")
    #expect(client.ask("GET", "/api/admin/jobs/1", token).member("error") != nil)
    running.script(#"{"match": {"request": "GET /api/admin/jobs/*"}, "do": {"job_status": "paused"}}"#)
    #expect(client.ask("GET", "/api/admin/jobs/1", token).member("status") == "paused")
  }

  @Test("the same key makes the same job, and a list shows those of a reference, newest first")
  func keys() throws {
    let running = try RunningSimulator()
    let client = running.client()
    let key = token.merging(["Idempotency-Key": "k-1"]) { $1 }
    #expect(client.ask("POST", "/api/admin/jobs", key, body: Self.body()).status == 201)
    let again = client.ask("POST", "/api/admin/jobs", key, body: Self.body())
    #expect(again.status == 200)
    #expect(number(again, "id") == 1)
    #expect(client.ask("POST", "/api/admin/jobs", token, body: Self.body()).status == 201)
    let listed = client.ask("GET", "/api/admin/jobs?reference=m-1", token)
    let jobs = try JSONParser.parse(listed.body)["jobs"]?.elements
    #expect(jobs?.map { $0["id"]?.integer } == [2, 1])
    #expect(client.ask("GET", "/api/admin/jobs?reference=m-2", token).text == #"{"jobs":[]}"#)
    #expect(try running.stats()["jobs_started_total"] as? Int == 2)
  }

  @Test("a rule of the fault script sees its requests by their names, days and jobs")
  func faults() throws {
    let running = try RunningSimulator()
    running.script(
      #"{"match": {"request": "POST /api/admin/jobs", "date": "2025-01-02"}, "do": {"status": 503, "retry_after": 3}}"#
    )
    let client = running.client()
    #expect(client.ask("POST", "/api/admin/jobs", token, body: Self.body("2025-01-01")).status == 201)
    let refused = client.ask("POST", "/api/admin/jobs", token, body: Self.body("2025-01-02"))
    #expect(refused.status == 503)
    #expect(refused.fields["retry-after"] == "3")
    running.script(#"{"match": {"request": "POST /api/admin/jobs"}, "do": {"reset": true}}"#)
    #expect(running.client().ask("POST", "/api/admin/jobs", token, body: Self.body()).status == 0)
    let requests = try running.stats()["requests"] as? [String: Int]
    #expect(requests?["POST /api/admin/jobs"] == 3)
    #expect(try running.stats()["jobs_started_total"] as? Int == 2)
  }

  @Test(
    "what it does not understand is refused with the reason",
    arguments: [
      ("{", "not JSON"), ("{}", "type must be"), (#"{"type":"nonsense"}"#, "type must be"),
      (#"{"type":"cleanup"}"#, "params must be"), (#"{"type":"cleanup","params":{}}"#, "date_start"),
      (
        #"{"type":"cleanup","params":{"date_start":"2025-01-02","date_end":"2025-01-01"}}"#,
        "before its start"
      ),
      (
        #"{"type":"cleanup","params":{"date_start":"2025-01-02","date_end":"2025-01-02","a":[]}}"#, "params.a"
      ),
    ])
  func refusals(body: String, reason: String) throws {
    let running = try RunningSimulator()
    let answer = running.client().ask("POST", "/api/admin/jobs", token, body: body)
    #expect(answer.status == 400)
    #expect(answer.member("error")?.contains(reason) == true)
  }

  @Test("it takes its own token only, and all of its types")
  func ownToken() throws {
    let running = try RunningSimulator()
    let client = running.client()
    #expect(client.ask("GET", "/api/admin/health").status == 401)
    #expect(
      client.ask("POST", "/api/admin/jobs", ["Authorization": "Bearer x"], body: Self.body()).status == 401)
    for type in AddJobRequest.types {
      let more = #","tipo":"reag","conta":7,"none":null"#
      #expect(
        client.ask("POST", "/api/admin/jobs", token, body: Self.body(type: type, more: more)).status == 201)
    }
  }
}
