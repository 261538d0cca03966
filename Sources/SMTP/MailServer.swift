/// Where mail is handed over, and as whom.
public struct MailServer: Sendable {
  /// How the connection is protected.
  public enum Encryption: Sendable {
    /// Begins in the clear and must turn to TLS before anything is said.
    case startTLS
    /// TLS from the first byte.
    case tls
    case none
  }

  public var host: String
  public var port: Int
  public var encryption: Encryption
  /// Nil: no login.
  public var login: Login?
  /// A PEM file with certificate authorities, trusted beside the system's.
  public var caFile: String?

  /// Who sends; the password is never shown.
  public struct Login: Sendable {
    public var username: String
    public var password: String

    public init(username: String, password: String) {
      self.username = username
      self.password = password
    }
  }

  public init(
    host: String, port: Int, encryption: Encryption, login: Login? = nil, caFile: String? = nil
  ) {
    self.host = host
    self.port = port
    self.encryption = encryption
    self.login = login
    self.caFile = caFile
  }

  /// As libcurl wants it.
  var url: String {
    let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return "\(encryption == .tls ? "smtps" : "smtp")://\(name):\(port)"
  }
}
