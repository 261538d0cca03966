import HTTP
import Synchronization

/// Answers each request with the next of a list, and remembers the requests.
final class RecordingClient: HTTPClient {
  private let state: Mutex<(answers: [Result<HTTPResponse, HTTPError>], requests: [HTTPRequest])>

  init(_ answers: [Result<HTTPResponse, HTTPError>]) { state = Mutex((answers, [])) }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }

  func send(
    _ request: HTTPRequest, reply: @escaping @Sendable (Result<HTTPResponse, HTTPError>) -> Void
  ) -> HTTPTransfer {
    let answer = state.withLock { state in
      state.requests.append(request)
      return state.answers.isEmpty ? .success(HTTPResponse(status: 500)) : state.answers.removeFirst()
    }
    reply(answer)
    return HTTPTransfer {}
  }
}

func answer(
  _ status: Int, _ body: String = "", _ fields: [(name: String, value: String)] = []
) -> Result<HTTPResponse, HTTPError> {
  .success(HTTPResponse(status: status, headers: HTTPHeaders(fields), body: .memory(Array(body.utf8))))
}

func refusal(_ code: String, _ more: String = "") -> String {
  "<Error><Code>\(code)</Code><Message>m</Message>\(more)</Error>"
}
