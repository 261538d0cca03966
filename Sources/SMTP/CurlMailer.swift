import CCurl
import CCurlShim
import Synchronization

/// Hands mail to a server with libcurl. Blocks: each message has a connection of its own, mails are few.
public struct CurlMailer: Sendable {
  /// Ends a delivery from another thread; noticed within a second.
  public final class Cancellation: Sendable {
    private let isCancelledNow = Atomic(false)
    public init() {}
    public func cancel() { isCancelledNow.store(true, ordering: .relaxed) }
    public var isCancelled: Bool { isCancelledNow.load(ordering: .relaxed) }
  }

  private let server: MailServer

  public init(server: MailServer) { self.server = server }

  /// Returns once the server has taken the message for every recipient.
  ///
  /// - Parameter timeout: for all of it, name look-up and TLS included.
  public func send(
    _ message: MailMessage, timeout: Duration, cancellation: Cancellation = Cancellation()
  ) throws(MailError) {
    let transfer = try CurlMailTransfer(server, timeout: timeout, cancellation: cancellation)
    try transfer.send(message)
  }

  /// Connects, turns to TLS and logs in, and leaves again without a message.
  public func probe(timeout: Duration) throws(MailError) {
    try CurlMailTransfer(server, timeout: timeout, cancellation: Cancellation()).probe()
  }
}
