import HTTP
import Synchronization

/// Passes requests on and keeps what came of the last one, so that `check` can say more about a failure than the
/// port that it tests has words for.
final class ObservedClient: HTTPClient {
  private let client: any HTTPClient
  private let kept = Mutex<Result<HTTPResponse, HTTPError>?>(nil)

  init(_ client: any HTTPClient) { self.client = client }

  /// Of the last request that has ended; nil before the first.
  var last: Result<HTTPResponse, HTTPError>? { kept.withLock { $0 } }

  @discardableResult
  func send(
    _ request: HTTPRequest, reply: @escaping @Sendable (Result<HTTPResponse, HTTPError>) -> Void
  ) -> HTTPTransfer {
    client.send(request) { [self] answer in
      kept.withLock { $0 = answer }
      reply(answer)
    }
  }
}
