import HTTP
import MissionCore
import Testing
import WorkerSource

@Suite("what is sent to a worker", .timeLimit(.minutes(5)))
struct WorkerRequestTests {
  private func text(_ request: HTTPRequest) -> String? {
    guard case .bytes(let bytes) = request.body else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func opened(through proxy: SessionProxy?) async -> (HTTPRequest, Result<String, SourceFailure>) {
    let http = ScriptedClient(200, #"{"session_id": "s-1"}"#)
    let result = await withCheckedContinuation { continuation in
      Worker.client(http).openSession(through: proxy) { continuation.resume(returning: $0) }
    }
    return (http.requests[0], result)
  }

  @Test("POST /session, with a proxy and without one")
  func session() async throws {
    let proxy = SessionProxy(server: "p:1", username: Secret("me\"x"), password: Secret(Worker.password))
    let (request, result) = await opened(through: proxy)
    #expect(
      text(request)
        == #"{"force_refresh":true,"proxy":{"server":"p:1","username":"me\"x","password":"canary-pass-2"}}"#)
    #expect(try result.get() == "s-1")
    #expect(text(await opened(through: nil).0) == #"{"force_refresh":true,"proxy":null}"#)
  }

  @Test("POST /scrape, byte for byte; languages lower case and sorted")
  func scrape() async throws {
    let http = ScriptedClient(200, #"{"job_id": "job-1"}"#)
    let jobID = await withCheckedContinuation { continuation in
      Worker.client(http).startJob(Worker.parameters) { continuation.resume(returning: $0) }
    }
    #expect(try jobID.get() == "job-1")
    #expect(
      text(http.requests[0])
        == #"{"filters":{"date_range":{"start":"2025-01-01","end":"2025-01-31"},"format":"video","#
        + #""sort_by":"qtd_ads","languages":["eng","pt"]},"options":{"max_ads":"all","batch_size":150}}"#)
  }

  @Test("parameters are filters under their names")
  func parameters() async throws {
    let values = ParameterValues([
      ParameterValues.Entry(name: "q", value: .text("a\"b")),
      ParameterValues.Entry(name: "conta", value: .integer(42)),
    ])
    let day = CalendarDay("2025-01-01")!
    let mission = MissionParameters(
      dateStart: day, dateEnd: day, mediaType: .all, languages: ["pt"], values: values)
    let http = ScriptedClient(200, #"{"job_id": "job-1"}"#)
    _ = await withCheckedContinuation { continuation in
      Worker.client(http).startJob(mission) { continuation.resume(returning: $0) }
    }
    let body = try #require(text(http.requests[0]))
    #expect(body.contains(#""languages":["pt"],"conta":42,"q":"a\"b"},"options""#))
  }

  @Test(
    "method, path, key and body of every request; the URL's last slash is not doubled",
    arguments: Call.allCases)
  func lines(call: Call) async {
    let http = ScriptedClient(200, #"{"session_id": "s", "status": "ready", "job_id": "job-1"}"#)
    #expect(await call.failure(Worker.client(http)) == nil)
    let request = http.requests[0]
    #expect(http.requests.count == 1)
    #expect(
      "\(request.method.rawValue) \(request.url.dropFirst("https://worker1.example.com".count))" == call.line)
    #expect(request.url.hasPrefix("https://worker1.example.com/"))
    let isJSON = call == .openSession || call == .startJob
    #expect(
      request.headers.map { "\($0.name): \($0.value)" }
        == ["X-API-Key: \(Worker.key)"] + (isJSON ? ["Content-Type: application/json"] : []))
    #expect((text(request) != nil) == isJSON)
    #expect(!request.url.contains(Worker.key))
    #expect(request.proxy == nil)
  }

  @Test("only POST /scrape must not reach the worker twice", arguments: Call.allCases)
  func repeatable(call: Call) async {
    let http = ScriptedClient(500)
    _ = await call.failure(Worker.client(http))
    #expect(http.requests[0].isRepeatable == (call != .startJob))
    #expect(http.requests.count == 1, "one call is one request")
  }

  @Test("deadlines and limits: a control request is short, a result may take its time and its size")
  func limits() async {
    for call in Call.allCases {
      let http = ScriptedClient(500)
      let client = Worker.client(http) { endpoint in
        (endpoint.connect, endpoint.response, endpoint.stalled) = (.seconds(1), .seconds(2), .seconds(3))
        (endpoint.result, endpoint.maxResultSize, endpoint.caFile) = (.seconds(4), 5_000_000, "/ca.pem")
      }
      _ = await call.failure(client)
      let request = http.requests[0]
      #expect(request.caFile == "/ca.pem")
      if call == .job {
        #expect(
          request.deadlines == HTTPDeadlines(connect: .seconds(1), total: .seconds(4), stalled: .seconds(3)))
        guard case .spill(let memory, let path, let most) = request.receive else {
          Issue.record("a result must not be held in memory")
          return
        }
        #expect(memory == WorkerClient.memoryLimit && path == "/nonexistent/x" && most == 5_000_000)
      } else {
        #expect(request.deadlines == HTTPDeadlines(connect: .seconds(1), total: .seconds(2)))
        guard case .memory(let limit) = request.receive else {
          Issue.record("\(call)")
          return
        }
        #expect(limit <= 1 << 20)
      }
    }
  }
}
