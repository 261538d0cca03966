import HTTP
import MissionCore
import Synchronization
import WorkerSource

/// An `HTTPClient` that answers with what a test says and remembers what was sent.
final class ScriptedClient: HTTPClient {
  typealias Answer = Result<HTTPResponse, HTTPError>

  private let answer: Answer
  private let sent = Mutex<[HTTPRequest]>([])

  init(_ answer: Answer) { self.answer = answer }

  convenience init(_ status: Int, _ body: String = "", headers: [(name: String, value: String)] = []) {
    self.init(
      .success(HTTPResponse(status: status, headers: HTTPHeaders(headers), body: .memory(Array(body.utf8)))))
  }

  convenience init(_ kind: HTTPError.Kind, _ message: Message = "it broke") {
    self.init(.failure(HTTPError(kind, message, mayHaveReachedServer: true)))
  }

  var requests: [HTTPRequest] { sent.withLock { $0 } }

  func send(_ request: HTTPRequest, reply: @escaping @Sendable (Answer) -> Void) -> HTTPTransfer {
    sent.withLock { $0.append(request) }
    reply(answer)
    return HTTPTransfer {}
  }
}

/// The one worker of these tests: its key and its proxy's password are the secrets.
enum Worker {
  static let key = "canary-key-1"
  static let password = "canary-pass-2"
  static let now: Int64 = 1_700_000_000
  static let parameters = MissionParameters(
    dateStart: CalendarDay("2025-01-01")!, dateEnd: CalendarDay("2025-01-31")!, mediaType: .video,
    languages: ["PT", "eng"])

  static func client(
    _ http: any HTTPClient, url: String = "https://worker1.example.com/",
    change: (inout WorkerEndpoint) -> Void = { _ in }
  ) -> WorkerClient {
    var endpoint = WorkerEndpoint(name: "worker-1", url: url, apiKey: Secret(key))
    change(&endpoint)
    let redactor = Redactor(secrets: [Secret(key), Secret(password)])
    return WorkerClient(endpoint: endpoint, http: http, redactor: redactor) { now }
  }
}

/// The requests of the worker API, by name, each reduced to whether it failed.
enum Call: String, CaseIterable, Sendable {
  case openSession, sessionStatus, endSession, startJob, job, cancelJob, health

  var line: String {
    switch self {
    case .openSession: return "POST /session"
    case .sessionStatus: return "GET /session/status"
    case .endSession: return "DELETE /session"
    case .startJob: return "POST /scrape"
    case .job: return "GET /scrape/job-1"
    case .cancelJob: return "POST /scrape/job-1/cancel"
    case .health: return "GET /health"
    }
  }

  /// Sends the request and gives the failure, nil when it succeeded.
  func failure(_ client: WorkerClient) async -> SourceFailure? {
    await withCheckedContinuation { continuation in
      @Sendable func give<T>(_ result: Result<T, SourceFailure>) {
        if case .failure(let failure) = result {
          // As people read it.
          let message: Message = "\(failure.message.plain)"
          continuation.resume(
            returning: SourceFailure(failure.kind, message, retryAfter: failure.retryAfter))
        } else {
          continuation.resume(returning: nil)
        }
      }
      switch self {
      case .openSession: client.openSession(through: nil) { give($0) }
      case .sessionStatus: client.sessionStatus { give($0) }
      case .endSession: client.endSession { give($0) }
      case .startJob: client.startJob(Worker.parameters) { give($0) }
      case .job: client.job("job-1", spillPath: "/nonexistent/x") { give($0) }
      case .cancelJob: client.cancelJob("job-1") { give($0) }
      case .health: client.health { judged, _ in give(judged) }
      }
    }
  }
}
