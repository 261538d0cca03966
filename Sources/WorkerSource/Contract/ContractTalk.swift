import HTTP
import HTTPAnswers
import MissionCore
import Threads

/// Why a step of the contract is not kept, in words for the worker's author.
struct ContractFault: Error {
  let reason: Message

  init(_ reason: Message) { self.reason = reason }
}

/// A worker as its contract sees it: one request after another, each judged by what it must answer.
struct ContractTalk: Sendable {
  /// A small scrape's result is read whole.
  private static let answerLimit = 64 << 20

  let endpoint: WorkerEndpoint
  let http: any HTTPClient
  let judge: AnswerJudge

  init(endpoint: WorkerEndpoint, http: any HTTPClient, redactor: Redactor) {
    self.endpoint = endpoint
    self.http = http
    judge = AnswerJudge(
      name: endpoint.name, credentials: ", check its api_key", redactor: redactor,
      // No answer's Retry-After is read here.
      now: { Timestamp(milliseconds: 0) })
  }

  struct Reply: Sendable {
    let status: Int
    let body: [UInt8]
  }

  /// What the worker answers, whatever it is.
  ///
  /// - Parameter withKey: whether the request carries the worker's key.
  func ask(
    _ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil, withKey: Bool = true
  ) throws(ContractFault) -> Reply {
    var headers = withKey ? [("X-API-Key", endpoint.apiKey.reveal())] : []
    if body != nil { headers.append(("Content-Type", "application/json")) }
    let request = HTTPRequest(
      method: method, url: endpoint.url + path, headers: headers, body: body.map { .bytes($0) } ?? .none,
      receive: .memory(limit: Self.answerLimit),
      deadlines: HTTPDeadlines(connect: endpoint.connect, total: endpoint.response), caFile: endpoint.caFile,
      isRepeatable: false)
    switch Answer.of({ reply in http.send(request) { reply($0) } }) {
    case .failure(let error): throw ContractFault("no answer: \(judge.words(error))")
    case .success(let response):
      if let name = judge.encoding(of: response) {
        throw ContractFault("answers with the Content-Encoding \(name), which was not asked for")
      }
      guard case .memory(let bytes) = response.body else { return Reply(status: response.status, body: []) }
      return Reply(status: response.status, body: bytes)
    }
  }

  /// The body of a 2xx.
  func expectSuccess(
    _ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil
  ) throws(ContractFault) -> [UInt8] {
    let reply = try ask(method, path, body)
    guard (200..<300).contains(reply.status) else {
      throw ContractFault("answers \(reply.status) where any 2xx is expected" + excerpt(reply.body))
    }
    return reply.body
  }

  /// That the worker refuses the request with one of these statuses; `shown` says them for people.
  func expectRefusal(
    _ statuses: some Sequence<Int>, _ shown: String, _ method: HTTPMethod, _ path: String,
    _ body: [UInt8]? = nil, withKey: Bool = true
  ) throws(ContractFault) {
    let reply = try ask(method, path, body, withKey: withKey)
    guard !statuses.contains(reply.status) else { return }
    throw ContractFault("answers \(reply.status) where \(shown) is expected" + excerpt(reply.body))
  }

  /// A member of an answer that must be a text which is not empty.
  func text(_ key: String, in bytes: [UInt8]) throws(ContractFault) -> String {
    guard let found = AnswerJudge.text(key, in: bytes), !found.isEmpty else {
      throw ContractFault("the answer has no \(key) that is a text" + excerpt(bytes))
    }
    return found
  }

  /// As it may be shown.
  func shown(_ text: String) -> String { judge.shown(text, limit: 128) }

  private func excerpt(_ bytes: [UInt8]) -> Message { bytes.isEmpty ? "" : ": \(judge.excerpt(bytes))" }
}
