import SMTP
import Threads

/// Sends a notice by mail, with the whole summary.
public struct MailChannel: NotificationChannel {
  public let name = "email"
  private let mailer: CurlMailer
  private let from: String
  private let to: [String]
  private let now: @Sendable () -> Int64

  /// - Parameter now: seconds since 1970 UTC, to date the message.
  public init(mailer: CurlMailer, from: String, to: [String], now: @escaping @Sendable () -> Int64) {
    self.mailer = mailer
    self.from = from
    self.to = to
    self.now = now
  }

  /// On a thread of its own: libcurl's conversation blocks, and mails are few.
  public func send(
    _ notice: Notice, timeout: Duration, reply: @escaping @Sendable (Result<Void, DeliveryFailure>) -> Void
  ) -> Delivery {
    let moment = now()
    let message = MailMessage(
      from: from, to: to, subject: notice.subject, text: notice.details, sentAt: moment,
      identity: "\(notice.runID ?? "run-\(moment)").\(notice.event.rawValue)")
    let cancellation = CurlMailer.Cancellation()
    do throws(ThreadFailure) {
      try OwnedThread.start { [mailer] in
        do throws(MailError) {
          try mailer.send(message, timeout: timeout, cancellation: cancellation)
          reply(.success(()))
        } catch {
          reply(.failure(DeliveryFailure(error.message, isTransient: error.isTransient)))
        }
      }
    } catch { reply(.failure(DeliveryFailure("the system gives no thread", isTransient: true))) }
    return Delivery { cancellation.cancel() }
  }
}
