import Files
import Glibc
import Messages

/// Tries whether something listens at `host:port`; all that can be known of a server without a request to send it.
package enum TCPProbe {
  /// Why there is no connection.
  package struct Fault: Hashable, Sendable {
    package let message: Message
    /// What to do, where that follows from the address alone.
    package let advice: Message?
  }

  /// Nil when the connection was made. Blocks at most for the name look-up and `timeout`.
  package static func connect(to server: String, timeout: Duration) -> Fault? {
    let bare = server.range(ofScheme: "://")
    guard let colon = bare.lastIndex(of: ":") else {
      return Fault(message: "\(server) has no port", advice: "write it as host:port")
    }
    let host = bare[..<colon].filter { $0 != "[" && $0 != "]" }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let looked = getaddrinfo(String(host), String(bare[bare.index(after: colon)...]), &hints, &found)
    defer { if let found { freeaddrinfo(found) } }
    guard looked == 0, let address = found else {
      return Fault(message: "\(host): \(String(cString: gai_strerror(looked)))", advice: nil)
    }
    return attempt(address.pointee, timeout).map {
      Fault(message: "\(server): \(Errno($0))", advice: nil)
    }
  }

  /// Nil when the connection was made, else the errno.
  private static func attempt(_ address: addrinfo, _ timeout: Duration) -> Int32? {
    let kind = address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.ai_family, kind, 0)
    guard descriptor >= 0 else { return errno }
    defer { close(descriptor) }
    if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return nil }
    guard errno == EINPROGRESS else { return errno }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    let milliseconds = Int32(clamping: Int64(timeout / .milliseconds(1)))
    guard poll(&waiting, 1, milliseconds) > 0 else { return ETIMEDOUT }
    var failure: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &length)
    return failure == 0 ? nil : failure
  }
}

extension String {
  /// What stands behind `separator`, or the whole text when it does not occur.
  fileprivate func range(ofScheme separator: String) -> Substring {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(separator) { return rest.dropFirst(separator.count) }
      rest = rest.dropFirst()
    }
    return self[...]
  }
}
