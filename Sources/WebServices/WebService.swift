import Dates
import HTTP
import MissionCore
import Threads

/// An HTTP service that a section of the configuration names: where it is, what goes with every request, and how its
/// answers are told of. It repeats nothing; that is for its callers.
package struct WebService: Sendable {
  /// A refusal's body is read up to this size.
  package static let refusalLimit = 64 << 10

  /// Without a slash at its end.
  package let url: String
  package let headers: [HeaderField]
  package var caFile: String?
  /// Opening a connection.
  package var connect = Duration.seconds(10)
  /// A request without a large body in either direction, whole.
  package var response = Duration.seconds(60)
  /// No byte of a large body.
  package var stalled = Duration.seconds(60)
  /// A request with a large body, whole.
  package var upload = Duration.seconds(600)
  private let http: any HTTPClient
  package let redactor: Redactor
  package let now: @Sendable () -> Timestamp

  package init(
    url: String, headers: [HeaderField], http: any HTTPClient, redactor: Redactor,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.url = url
    self.headers = headers
    self.http = http
    self.redactor = redactor
    self.now = now
  }

  /// A request as its callers know it.
  package struct Call: Sendable {
    package var method: HTTPMethod
    /// Below the service's URL, with its slash and percent-encoded; a query may follow.
    package var path: String
    package var headers: [(name: String, value: String)] = []
    package var body = HTTPBody.none
    package var receive = HTTPReceive.memory(limit: refusalLimit)
    /// Much may go to and fro.
    package var isLarge = false
    /// Whether it may reach the service twice without harm.
    package var isRepeatable = true

    package init(_ method: HTTPMethod, _ path: String) {
      self.method = method
      self.path = path
    }
  }

  package func send(
    _ call: Call, reply: @escaping @Sendable (Result<HTTPResponse, HTTPError>) -> Void
  ) {
    http.send(request(call), reply: reply)
  }

  /// Waits for the answer.
  package func answer(to call: Call) -> Result<HTTPResponse, HTTPError> {
    Answer.of { send(call, reply: $0) }
  }

  private func request(_ call: Call) -> HTTPRequest {
    let own = Set(call.headers.map { $0.name.lowercased() })
    let common = headers.filter { !own.contains($0.name.lowercased()) }
    return HTTPRequest(
      method: call.method, url: url + call.path,
      headers: common.map { ($0.name, $0.value.reveal()) } + call.headers, body: call.body,
      receive: call.receive,
      deadlines: HTTPDeadlines(
        connect: connect, total: call.isLarge ? upload : response, stalled: call.isLarge ? stalled : nil),
      caFile: caFile, isRepeatable: call.isRepeatable)
  }

  // MARK: What came of it

  /// `the server answered 403: no entry`, with the server's words cleaned and masked.
  package func told(_ response: HTTPResponse) -> Message {
    var text: Message = "the server answered \(response.status)"
    if let encoding = response.contentEncoding {
      let name = UntrustedText.foreign(encoding, limit: 64, masking: redactor)
      text += " with the Content-Encoding \(name), which was not asked for"
    } else if let words = RefusalBody.text(of: response) {
      text += ": \(UntrustedText.foreign(words, masking: redactor))"
    }
    return text
  }

  /// Why there was no answer, cleaned and masked.
  package func told(_ error: HTTPError) -> Message {
    UntrustedText.message(error.message, limit: 1000, masking: redactor)
  }

  /// How long the server asks to wait.
  package func retryAfter(_ response: HTTPResponse) -> Duration? {
    response.headers["retry-after"].flatMap {
      RetryAfter.duration($0, nowMilliseconds: now().milliseconds)
    }
  }
}
