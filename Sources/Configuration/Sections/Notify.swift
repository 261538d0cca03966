import KeyTable
import MissionCore

extension Configuration {
  /// Who is told how runs go; nil tells nobody that way.
  package struct Notify: ConfigurationSection {
    package var webhook: Webhook?
    package var ping: Ping?
    package var email: Email?
    package init() {}

    package var isUsed: Bool { webhook != nil || ping != nil || email != nil }

    package enum Event: String, CaseIterable, Sendable {
      case start, success, partial, failure
    }
  }

  /// A JSON document for a chat or a program.
  package struct Webhook: ConfigurationSection {
    package var url = ServiceURL.unset
    package var events: [Notify.Event] = [.partial, .failure]
    package var onlyText = false
    package var caFile: String?
    var allowPlainHTTP = false
    package init() {}
  }

  /// A health-check service, which raises the alarm also when nothing comes.
  package struct Ping: ConfigurationSection {
    package var url = ServiceURL.unset
    package var events = Notify.Event.allCases
    package var sendsExitCode = false
    package var caFile: String?
    var allowPlainHTTP = false
    package init() {}
  }

  /// Mail by SMTP.
  package struct Email: ConfigurationSection {
    /// `host:port`.
    package var server = ""
    package var encryption = Encryption.starttls
    package var username: String?
    package var password: Secret?
    package var from = ""
    package var to: [String] = []
    package var events: [Notify.Event] = [.partial, .failure]
    package var caFile: String?
    package init() {}

    package enum Encryption: String, CaseIterable, Sendable {
      case starttls, tls, none
    }

    /// The server's two parts, as the table has judged them.
    package var place: (host: String, port: Int) {
      let place = HostAndPort(server[...])
      return (place?.host ?? "", place?.port ?? 0)
    }
  }
}
