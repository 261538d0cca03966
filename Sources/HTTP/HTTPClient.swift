/// Sends requests and brings back answers. It follows no redirect, keeps no cookie and never repeats a
/// request by itself; retry, back-off and rate limits are wrappers over this port.
public protocol HTTPClient: Sendable {
  /// Starts `request` and returns at once. `reply` is called exactly once, from the thread that drives the client, also
  /// after a cancellation; it must return quickly, because every other transfer waits for it.
  ///
  /// Any answer with a status is a success here, 500 included; a body that is not whole never is.
  @discardableResult
  func send(
    _ request: HTTPRequest, reply: @escaping @Sendable (Result<HTTPResponse, HTTPError>) -> Void
  ) -> HTTPTransfer
}

/// A request under way.
public final class HTTPTransfer: Sendable {
  private let onCancel: @Sendable () -> Void

  public init(onCancel: @escaping @Sendable () -> Void) { self.onCancel = onCancel }

  /// Ends the transfer; its reply is `cancelled`. Does nothing when the reply was already given.
  public func cancel() { onCancel() }
}
