import Messages

/// What to do when a server gave no answer.
package struct ConnectionAdvice: Sendable {
  package let host: String
  package let isPlainHTTP: Bool
  /// Where `ca_file` belongs in the configuration: `storage_s3`, `worker worker-1`.
  package let section: String

  package init(host: String, isPlainHTTP: Bool, section: String) {
    self.host = host
    self.isPlainHTTP = isPlainHTTP
    self.section = section
  }

  /// Looks at how far the request came.
  package func text(_ error: HTTPError) -> Message {
    switch error.kind {
    case .resolve: return "the name \(host) has no address: is it spelt right, and does DNS work here?"
    case .connect:
      return
        "nothing takes connections there: is it running, is the port right, does a firewall stand between?"
    case .connectTimeout:
      return "no connection in time: is \(host) reachable from this machine, does a firewall drop packets?"
    case .tls: return tlsText(error.tls ?? .handshake)
    case .responseTimeout, .stalled: return "it takes connections but does not answer: look at its own log"
    case .reset, .partialBody:
      return isPlainHTTP
        ? "it closed the connection: does it expect https:// ?"
        : "it closed the connection: look at its own log"
    default: return "is \(host) reachable from this machine?"
    }
  }

  private func tlsText(_ problem: HTTPError.TLSProblem) -> Message {
    switch problem {
    case .expired:
      return "its certificate is expired or not valid yet: renew it, and check this machine's date"
    case .otherHost:
      return "its certificate is for another host than \(host): use the name that the certificate is for"
    case .unknownAuthority:
      return
        "its certificate is from an authority unknown here: name that authority's file as ca_file of \(section)"
    case .authorityFile: return "ca_file of \(section) must be a readable PEM file with certificates"
    case .handshake:
      return "it must speak TLS 1.2 or newer at this port; for plain http the url begins with http://"
    }
  }

  /// For a proxy, whose own address or the one behind it may be at fault.
  package static func proxyText(_ error: HTTPError) -> Message {
    switch error.kind {
    case .resolve: return "is the proxy's name spelt right, and does DNS work here?"
    case .connect, .connectTimeout: return "is the proxy running and reachable from this machine?"
    case .tls: return "the proxy connects, but what answers as proxy_check_url is not to be trusted"
    default: return "the proxy takes connections: do its username and password fit, and may it reach the URL?"
    }
  }
}
