import Configuration
import Glibc
import HTTP
import MissionCore
import Notifications
import Report
import SMTP
import Translation

/// Builds the channels that `notify:` names. Nothing is sent yet.
package struct NotificationComposition: Sendable {
  /// Whose `notify:` counts.
  package let configuration: Configuration
  let context: RunContext

  package init(
    configuration: Configuration, context: RunContext
  ) {
    self.configuration = configuration
    self.context = context
  }

  private static let agent = "mission-control/\(ProgramVersion.number)"

  /// Of the notices.
  package var language: Language { context.language() }

  /// The machine's name, so that one knows which of them speaks.
  package var host: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
    return name.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  func routes() throws(CommandFailure) -> [Courier.Route] {
    try channels().map { channel, events in
      Courier.Route(channel, events: Set(events.compactMap { Notice.Event(rawValue: $0.rawValue) }))
    }
  }

  /// Each with what it is told of.
  package func channels() throws(CommandFailure) -> [(any NotificationChannel, [Configuration.Notify.Event])]
  {
    let notify = configuration.notify
    var channels: [(any NotificationChannel, [Configuration.Notify.Event])] = []
    if notify.webhook != nil || notify.ping != nil {
      let http = try RunComposition.httpClient()
      if let webhook = notify.webhook { channels.append((channel(webhook, http), webhook.events)) }
      if let ping = notify.ping { channels.append((channel(ping, http), ping.events)) }
    }
    if let email = notify.email { channels.append((channel(email), email.events)) }
    return channels
  }

  private func channel(_ webhook: Configuration.Webhook, _ http: CurlClient) -> WebhookChannel {
    WebhookChannel(
      http: http, url: webhook.url.text, onlyText: webhook.onlyText, caFile: webhook.caFile,
      agent: Self.agent)
  }

  private func channel(_ ping: Configuration.Ping, _ http: CurlClient) -> PingChannel {
    PingChannel(
      http: http, url: ping.url.text, sendsExitCode: ping.sendsExitCode, caFile: ping.caFile,
      agent: Self.agent)
  }

  private func channel(_ email: Configuration.Email) -> MailChannel {
    let now = context.now
    return MailChannel(
      mailer: mailer(email), from: email.from, to: email.to, now: { now().milliseconds / 1000 })
  }

  /// What speaks with the mail server.
  package func mailer(_ email: Configuration.Email) -> CurlMailer {
    let (host, port) = email.place
    var server = MailServer(host: host, port: port, encryption: .startTLS, caFile: email.caFile)
    switch email.encryption {
    case .starttls: server.encryption = .startTLS
    case .tls: server.encryption = .tls
    case .none: server.encryption = .none
    }
    if let username = email.username, let password = email.password {
      server.login = MailServer.Login(username: username, password: password.reveal())
    }
    return CurlMailer(server: server)
  }
}
