/// Where mail is handed over, and as whom.
package struct MailServer: Sendable {
  /// How the connection is protected.
  package enum Encryption: Sendable {
    /// Begins in the clear and must turn to TLS before anything is said.
    case startTLS
    /// TLS from the first byte.
    case tls
    case none
  }

  package var host: String
  package var port: Int
  package var encryption: Encryption
  /// Nil: no login.
  package var login: Login?
  /// A PEM file with certificate authorities, trusted beside the system's.
  package var caFile: String?

  package struct Login: Sendable {
    package var username: String
    package var password: String

    package init(username: String, password: String) {
      self.username = username
      self.password = password
    }
  }

  package init(
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
