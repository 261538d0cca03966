import Foundation
import MissionCore
import Testing

@testable import Simulator

@Suite("The worker API over a socket", .timeLimit(.minutes(5)))
struct WorkerServerTests {
  private let key = RunningSimulator.key

  @Test("a session is opened, a job started, looked at and its ads are those of the generator")
  func flow() throws {
    let running = try RunningSimulator { $0.ads.count = 7...7 }
    let client = running.client()
    #expect(client.ask("GET", "/worker-1/session/status", key).member("status") == "terminated")
    #expect(running.startJob().status == 409)
    let opened = client.ask("POST", "/worker-1/session", key, body: #"{"force_refresh":true,"proxy":null}"#)
    #expect(opened.member("session_id") != nil)
    #expect(client.ask("GET", "/worker-1/session/status", key).member("status") == "ready")
    let id = try #require(running.startJob().member("job_id"))
    #expect(id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    let answer = client.ask("GET", "/worker-1/scrape/\(id)", key)
    let expected = client.ask("GET", "/control/ads?start=2025-01-03&end=2025-01-03&format=video&languages=pt")
    #expect(answer.text == #"{"status":"completed","ads_count":7,"data":"# + expected.text + "}")
    #expect(client.ask("GET", "/worker-2/scrape/\(id)", ["X-API-Key": "demo-key-2"]).status == 404)
    #expect(client.ask("DELETE", "/worker-1/session", key).status == 204)
    #expect(client.ask("GET", "/worker-1/session/status", key).member("status") == "terminated")
    #expect(client.ask("GET", "/worker-1/health", key).status == 200)
  }

  @Test("a worker takes its own key only, and there are no more workers than asked for")
  func keys() throws {
    let running = try RunningSimulator()
    let client = running.client()
    #expect(client.ask("GET", "/worker-1/health").status == 401)
    #expect(client.ask("GET", "/worker-1/health", ["X-API-Key": "demo-key-2"]).status == 401)
    #expect(client.ask("GET", "/worker-5/health", ["X-API-Key": "demo-key-5"]).status == 404)
    #expect(client.ask("GET", "/worker-01/health", key).status == 404)
    #expect(try running.stats()["unauthorised"] as? Int == 2)
  }

  @Test("no more jobs run than the capacity; a cancelled one makes room; a new session ends them")
  func capacity() throws {
    let running = try RunningSimulator {
      $0.capacity = 2
      $0.jobTime = .seconds(3600)...(.seconds(3600))
    }
    running.openSession()
    let first = try #require(running.startJob("2025-01-01").member("job_id"))
    let second = try #require(running.startJob("2025-01-02").member("job_id"))
    let client = running.client()
    #expect(client.ask("GET", "/worker-1/session/status", key).member("status") == "scraping")
    #expect(running.startJob("2025-01-03").status == 409)
    #expect(client.ask("POST", "/worker-1/scrape/\(first)/cancel", key).status == 200)
    #expect(client.ask("GET", "/worker-1/scrape/\(first)", key).member("status") == "cancelled")
    #expect(running.startJob("2025-01-02").status == 200)
    running.openSession()
    #expect(client.ask("GET", "/worker-1/scrape/\(second)", key).member("status") == "failed")
    let stats = try running.stats()
    #expect((stats["max_live_jobs"] as? [String: Int])?["worker-1"] == 2)
    #expect(stats["duplicated_job_starts"] as? Int == 1)
    #expect((stats["jobs_started"] as? [String: Int])?["2025-01-02|2025-01-02|video|pt"] == 2)
  }

  @Test(
    "a body of the wrong shape is refused with the reason",
    arguments: [
      (#"{"filters":{}}"#, "the body lacks options"), ("[]", "the body must be an object"),
      (
        RunningSimulator.scrapeBody("2025-02-30"), "filters.date_range.start must be a day such as 2025-01-31"
      ),
      (RunningSimulator.scrapeBody(languages: ""), "filters.languages must be an array"),
      (RunningSimulator.scrapeBody(languages: "\"PT\""), "filters.languages must be an array"),
      (
        RunningSimulator.scrapeBody().replacingOccurrences(of: "qtd_ads", with: "date"),
        "filters.sort_by must be qtd_ads"
      ),
      (
        RunningSimulator.scrapeBody().replacingOccurrences(of: "150", with: "0"), "options.batch_size must be"
      ),
      (
        RunningSimulator.scrapeBody().replacingOccurrences(of: "video", with: "gif"), "filters.format must be"
      ),
      (
        RunningSimulator.scrapeBody().replacingOccurrences(of: "\"format\"", with: "\"x\":[],\"format\""),
        "filters.x must be a string or a whole number"
      ),
    ])
  func shape(body: String, reason: String) throws {
    let running = try RunningSimulator()
    running.openSession()
    let answer = running.client().ask("POST", "/worker-1/scrape", key, body: body)
    #expect(answer.status == 400)
    #expect(answer.text.contains(reason), "\(answer.text)")
  }

  @Test("pipelined requests are answered in order, whatever framing they have")
  func pipelined() throws {
    let running = try RunningSimulator()
    let client = running.client()
    let head = "HTTP/1.1\r\nHost: x\r\nX-API-Key: demo-key-1\r\n"
    let body = #"{"force_refresh":true,"proxy":null}"#
    let size = String(body.utf8.count, radix: 16)
    client.send(
      "GET /worker-1/health \(head)\r\n"
        + "POST /worker-1/session \(head)Transfer-Encoding: chunked\r\n\r\n\(size)\r\n\(body)\r\n0\r\n\r\n"
        + "GET /worker-1/session/status \(head)\r\nGET /nowhere \(head)Connection: close\r\n\r\n")
    #expect(client.read().status == 200)
    #expect(client.read().member("session_id") != nil)
    #expect(client.read().member("status") == "ready")
    #expect(client.read().status == 404)
    #expect(client.isEnded())
  }

  @Test("a request that cannot be understood is answered once and ends the connection")
  func garbage() throws {
    let running = try RunningSimulator()
    let client = running.client()
    client.send("BREW\r\n\r\nGET /worker-1/health HTTP/1.1\r\n\r\n")
    #expect(client.read().status == 400)
    #expect(client.isEnded())
    let chunks = running.client()
    chunks.send("POST /control/reset HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
    #expect(chunks.read().status == 400)
  }

  @Test("a large result is sent whole with its length")
  func large() throws {
    let running = try RunningSimulator {
      $0.ads.count = 3000...3000
      $0.ads.size = 2000
    }
    running.openSession()
    let id = try #require(running.startJob().member("job_id"))
    let answer = running.client().ask("GET", "/worker-1/scrape/\(id)", key)
    #expect(!answer.isCutShort)
    let json = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
    #expect((json?["data"] as? [Any])?.count == 3000)
  }

  @Test("the log has a line for each request")
  func log() throws {
    let path = NSTemporaryDirectory() + "simulator-log-\(UUID().uuidString)"
    defer { unlink(path) }
    do {
      let running = try RunningSimulator { $0.log = path }
      running.openSession()
      _ = running.startJob()
      running.simulator.flushLog()
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == 2)
      let last = try JSONParser.parse(String(try #require(lines.last)))
      #expect(last["mission"]?.text == "2025-01-03|2025-01-03|video|pt")
      #expect(last["status"]?.integer == 200)
    }
  }
}
