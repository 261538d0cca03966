import KeyTable
import MissionCore

extension Configuration {
  /// Who is told how runs go; nil tells nobody that way.
  public struct Notify: ConfigurationSection {
    public var webhook: Webhook?
    public var ping: Ping?
    public var email: Email?
    package init() {}

    public var isUsed: Bool { webhook != nil || ping != nil || email != nil }

    /// What can be told of a run, in the words of the file.
    public enum Event: String, CaseIterable, Sendable {
      case start, success, partial, failure
    }
  }

  /// A JSON document for a chat or a program.
  public struct Webhook: ConfigurationSection {
    public var url = ServiceURL.unset
    public var events: [Notify.Event] = [.partial, .failure]
    public var onlyText = false
    public var caFile: String?
    var allowPlainHTTP = false
    package init() {}
  }

  /// A health-check service, which raises the alarm also when nothing comes.
  public struct Ping: ConfigurationSection {
    public var url = ServiceURL.unset
    public var events = Notify.Event.allCases
    public var sendsExitCode = false
    public var caFile: String?
    var allowPlainHTTP = false
    package init() {}
  }

  /// Mail by SMTP.
  public struct Email: ConfigurationSection {
    /// `host:port`.
    public var server = ""
    public var encryption = Encryption.starttls
    public var username: String?
    public var password: Secret?
    public var from = ""
    public var to: [String] = []
    public var events: [Notify.Event] = [.partial, .failure]
    public var caFile: String?
    package init() {}

    /// How the connection to the mail server is protected.
    public enum Encryption: String, CaseIterable, Sendable {
      case starttls, tls, none
    }

    /// The server's two parts, as the table has judged them.
    public var place: (host: String, port: Int) {
      let place = HostAndPort(server[...])
      return (place?.host ?? "", place?.port ?? 0)
    }
  }
}
