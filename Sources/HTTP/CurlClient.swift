import CCurl
import Files
import Glibc
import Threads

/// `HTTPClient` over libcurl. One thread drives all transfers: its own, or one that borrows them. Connections are kept and
/// used again. It knows no retries: what may be tried again is for its callers to decide.
public final class CurlClient: HTTPClient {
  /// Connections of a client that is told no other number.
  public static let mostConnections = 512

  private let queue: CurlCommandQueue
  private let thread: OwnedThread

  /// Starts the thread. There are at most `maxConnections` at once, kept open between requests.
  ///
  /// - Parameter onExhaustion: called on the client's thread, once, before the reply of the first transfer that fails
  ///   because this machine has no memory or no descriptor watch left.
  public convenience init(
    maxConnections: Int = mostConnections, onExhaustion: (@Sendable (HTTPError) -> Void)? = nil
  ) throws(HTTPError) {
    try self.init(maxConnections: maxConnections, poll: .kernel, onExhaustion: onExhaustion)
  }

  /// With a `poll` that a test may let fail.
  init(
    maxConnections: Int, poll: CurlPoll, onExhaustion: (@Sendable (HTTPError) -> Void)?
  ) throws(HTTPError) {
    let isReady = Self.globalState
    guard isReady, let queue = CurlCommandQueue(),
      let loop = CurlLoop(
        queue: queue, maxConnections: maxConnections, poll: poll, onExhaustion: onExhaustion)
    else {
      throw HTTPError(
        .other, "libcurl could not be started: no memory, file descriptor or watch",
        mayHaveReachedServer: false)
    }
    self.queue = queue
    do throws(ThreadFailure) {
      thread = try .start(owning: loop) { loop in loop.run() }
    } catch {
      throw HTTPError(
        .other, "the transfer thread could not be started: \(Errno(error.code))",
        mayHaveReachedServer: false)
    }
  }

  deinit { close() }

  @discardableResult
  public func send(
    _ request: HTTPRequest, reply: @escaping @Sendable (Result<HTTPResponse, HTTPError>) -> Void
  ) -> HTTPTransfer {
    let exchange = CurlExchange(request: request, reply: reply)
    if !queue.push(.start(exchange)) {
      exchange.fail(HTTPError(.cancelled, "the client was closed", mayHaveReachedServer: false))
    }
    return HTTPTransfer { [queue] in _ = queue.push(.cancel(exchange)) }
  }

  /// Has the calling thread drive the transfers whenever it waits inside `body`; every reply comes there then, and no
  /// thread need be woken for a request or an answer.
  ///
  /// Whatever else the thread does inside `body` holds all transfers up; an answer that it waited for in another way would
  /// never come.
  ///
  /// - Parameters:
  ///   - queue: what the thread waits for: others push, it alone takes.
  ///   - body: gets a function that waits until something is in the queue, at most until a moment, and takes it all.
  package func lend<Element: Sendable, R>(
    to queue: Queue<Element>, _ body: (_ wait: @escaping (Moment) -> [Element]) throws -> R
  ) rethrows -> R {
    let loan = CurlLoan()
    guard self.queue.push(.lend(loan)), let loop = loan.borrow() else {
      return try body { queue.takeAll(until: $0) }
    }
    queue.wake { [commands = self.queue] in commands.wake() }
    defer {
      queue.wake(by: nil)
      loan.giveBack()
    }
    return try body { loop.drive(for: queue, until: $0) }
  }

  /// Ends every transfer as cancelled and waits for the thread, unless called on it; for a thread that has borrowed the
  /// transfers, too. Sending afterwards fails.
  public func close() {
    if queue.push(.stop) { thread.join() }
  }

  /// libcurl's process-wide set-up, done once, before any handle.
  private static let globalState = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
}
