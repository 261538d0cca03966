import HTTP
import MissionCore
import Ports
import Synchronization
import TestSupport
import Testing

@testable import WorkerSource

/// `check --conformance` against a worker that keeps to the contract but for one answer.
@Suite("the contract of workers", .timeLimit(.minutes(5)))
struct WorkerContractTests {
  /// What goes wrong: requests that begin so get this answer, from the n-th on.
  struct Fault: CustomTestStringConvertible {
    let request: String
    var from = 1
    let answer: String
    /// Of the step that must notice, and what it must say.
    let step: String
    let says: String
    var testDescription: String { says }
  }

  private static func ok(_ body: String, _ headers: String = "") -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(headers)Connection: close\r\n\r\n\(body)"
  }

  private static func refusal(_ status: Int) -> String {
    "HTTP/1.1 \(status) No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"
  }

  /// A worker as the contract wants it.
  private final class GoodWorker: Sendable {
    private struct State {
      var asked: [String: Int] = [:]
      var jobs: [String: String] = [:]
      var hasSession = false
    }
    private let fault: Fault?
    private let state = Mutex(State())

    init(_ fault: Fault?) { self.fault = fault }

    func answer(_ request: String) -> String {
      let line = String(request.prefix { $0 != "\r\n" }.dropLast(" HTTP/1.1".count))
      return state.withLock { state in
        let good = Self.good(line, request, &state)
        guard let fault, line.hasPrefix(fault.request) else { return good }
        state.asked[line, default: 0] += 1
        let times = state.asked.filter { $0.key.hasPrefix(fault.request) }.map(\.value).reduce(0, +)
        return times >= fault.from ? fault.answer : good
      }
    }

    private static func good(_ line: String, _ request: String, _ state: inout State) -> String {
      guard request.contains("X-API-Key: \(Worker.key)") || line == "GET /health" else { return refusal(401) }
      let path = line.split(separator: " ")[1].split(separator: "/").map(String.init)
      switch (line.split(separator: " ")[0], path.first, path.count) {
      case ("POST", "session", 1):
        state.hasSession = true
        return ok(#"{"session_id":"s-1"}"#)
      case ("GET", "session", _): return state.hasSession ? ok(#"{"status":"ready"}"#) : refusal(404)
      case ("DELETE", "session", _):
        state.hasSession = false
        return ok("")
      case ("POST", "scrape", 1):
        guard request.contains(#""date_range""#) else { return refusal(400) }
        let id = "job-\(state.jobs.count + 1)"
        state.jobs[id] = #"{"status":"completed","ads_count":1,"data":[{"id":"1"}]}"#
        return ok(#"{"job_id":"\#(id)"}"#)
      case ("POST", "scrape", _):
        state.jobs[path[1]] = #"{"status":"cancelled"}"#
        return ok("")
      case ("GET", "scrape", _): return state.jobs[path[1]].map { ok($0) } ?? refusal(404)
      default: return ok("{}")
      }
    }
  }

  private func outcomes(_ fault: Fault?) throws -> [(name: String, outcome: HealthOutcome)] {
    let worker = GoodWorker(fault)
    let server = LoopbackServer { connection in
      if let request = connection.readRequest() { connection.send(worker.answer(request.text)) }
    }
    defer { server.stop() }
    let endpoint = WorkerEndpoint(name: "worker-1", url: server.url, apiKey: Secret(Worker.key))
    var policy = SessionPolicy()
    (policy.timeoutSession, policy.sessionInterval, policy.jobInterval) = (.milliseconds(20), .zero, .zero)
    let talk = ContractTalk(endpoint: endpoint, http: try CurlClient(), redactor: .none)
    let day = CalendarDay("2025-01-01")!
    let contract = WorkerContract(
      talk, policy: policy, proxy: nil,
      scrape: MissionParameters(dateStart: day, dateEnd: day, mediaType: .all, languages: ["pt"])
    ) { _ in }
    return contract.steps.map { ($0.name.plain, $0.run()) }
  }

  @Test("a worker that keeps to it passes every step")
  func good() throws {
    for step in try outcomes(nil) {
      guard case .passed = step.outcome else {
        Issue.record("\(step.name): \(step.outcome)")
        continue
      }
    }
  }

  private static let faults = [
    Fault(request: "GET /health", answer: refusal(500), step: "GET /health", says: "answers 500"),
    Fault(
      request: "GET /session/status", answer: ok(#"{"status":"ready"}"#), step: "a request without the key",
      says: "answers 200 where 401/403 is expected"),
    Fault(
      request: "POST /session", answer: ok(#"{"session_id":7}"#), step: "POST /session",
      says: "no session_id that is a text"),
    Fault(
      request: "GET /session/status", from: 2, answer: ok(#"{"status":"warming_up"}"#),
      step: "GET /session/status",
      says: "not ready within"),
    Fault(
      request: "GET /session/status", from: 2, answer: ok(#"{"status":"stuck"}"#),
      step: "GET /session/status",
      says: "just opened is stuck"),
    Fault(
      request: "POST /scrape", answer: ok(#"{"job_id":"x"}"#), step: "POST /scrape refuses",
      says: "answers 200"),
    Fault(
      request: "GET /scrape/no-such-job", answer: refusal(500), step: "GET /scrape/{job_id} of an unknown",
      says: "answers 500 where 404 is expected"),
    Fault(
      request: "POST /scrape", from: 4, answer: ok(#"{"job_id":"../x"}"#), step: "POST /scrape starts",
      says: "is not of [A-Za-z0-9._-]{1,128}"),
    Fault(
      request: "GET /scrape/job-1", answer: ok(#"{"status":"completed","ads_count":2,"data":[{}]}"#),
      step: "POST /scrape starts", says: "2"),
    Fault(
      request: "GET /scrape/job-1", answer: ok(#"{"status":"completed","data":[1]}"#),
      step: "POST /scrape starts", says: "is not an object"),
    Fault(
      request: "GET /scrape/job-1", answer: ok("{}", "Content-Encoding: gzip\r\n"),
      step: "POST /scrape starts",
      says: "Content-Encoding gzip"),
    Fault(
      request: "GET /scrape/job-1", from: 2, answer: refusal(404), step: "a job that has ended",
      says: "answers 404"),
    Fault(
      request: "POST /scrape", from: 5, answer: ok(#"{"job_id":"job-1"}"#),
      step: "POST /scrape/{job_id}/cancel",
      says: "the same id"),
    Fault(
      request: "GET /scrape/job-2", answer: ok(#"{"status":"paused"}"#), step: "POST /scrape/{job_id}/cancel",
      says: "it is paused"),
    Fault(
      request: "GET /session/status", from: 3, answer: ok(#"{"status":"ready"}"#), step: "DELETE /session",
      says: "404 or terminated"),
  ]

  @Test("one wrong answer is noticed by the step that asks for it", arguments: faults)
  func faulty(fault: Fault) throws {
    let outcome = try outcomes(fault).first { $0.name.hasPrefix(fault.step) }?.outcome
    guard case .failed(let message, _)? = outcome else {
      Issue.record("\(String(describing: outcome))")
      return
    }
    #expect(message.plain.contains(fault.says), "\(message)")
  }
}
