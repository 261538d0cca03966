import Configuration
import HTTP
import KeyTable
import MissionCore
import Notifications
import Report
import Runs
import SMTP

/// The lines of `check` for `notify:`. Without `--notify` nothing is sent: the services are only connected to, and
/// the mail server logged in to.
struct NotificationChecks {
  private static let timeout = Duration.seconds(10)

  let composition: NotificationComposition

  /// One for each channel that is configured.
  func items(sends: Bool) throws(CommandFailure) -> [CheckItem] {
    if sends { return try composition.channels().map { sending($0.0) } }
    let notify = composition.configuration.notify
    var items: [CheckItem] = []
    if let webhook = notify.webhook { items.append(connecting("webhook", webhook.url)) }
    if let ping = notify.ping { items.append(connecting("ping", ping.url)) }
    if let email = notify.email { items.append(loggingIn(email)) }
    return items
  }

  private func sending(_ channel: any NotificationChannel) -> CheckItem {
    let text = NoticeText.test(host: composition.host, language: composition.language)
    var notice = Notice(
      event: .success, subject: text.subject, text: text.text, details: text.text, host: composition.host)
    notice.exitCode = 0
    return CheckItem(name: "notify \(channel.name)", timeout: Self.timeout + .seconds(2)) { [notice] reply in
      _ = channel.send(notice, timeout: Self.timeout) { answer in
        switch answer {
        case .success: reply(.passed("sent a test message"))
        case .failure(let failure):
          reply(
            .failed(UntrustedText.message(failure.message), advice: "check notify.\(channel.name)"))
        }
      }
    }
  }

  private func connecting(_ name: String, _ url: ServiceURL) -> CheckItem {
    CheckItem(name: "notify \(name)", timeout: Self.timeout + .seconds(2)) { reply in
      if let fault = TCPProbe.connect(to: "[\(url.host)]:\(url.port)", timeout: Self.timeout) {
        return reply(
          .failed(fault.message, advice: fault.advice ?? "check notify.\(name).secret_url"))
      }
      reply(.passed("connected to \(url.origin); --notify sends a test message"))
    }
  }

  private func loggingIn(_ email: Configuration.Email) -> CheckItem {
    let mailer = composition.mailer(email)
    let what: Message = email.password == nil ? "connected" : "logged in"
    return CheckItem(name: "notify email", timeout: Self.timeout + .seconds(2)) { reply in
      do throws(MailError) {
        try mailer.probe(timeout: Self.timeout)
        reply(.passed("\(what) at \(email.server); --notify sends a test message"))
      } catch {
        reply(.failed(UntrustedText.message(error.message), advice: "check notify.email"))
      }
    }
  }
}
