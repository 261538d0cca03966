import Glibc

/// Free TCP ports on the loopback, for servers that must be told theirs.
public enum FreePort {
  /// A port that nothing listens on now. Another process may take it before it is used; a server that fails to
  /// bind is started again on another one.
  public static func next() -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    precondition(descriptor >= 0, "no socket: \(String(cString: strerror(errno)))")
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    precondition(isBound, "no free port: \(String(cString: strerror(errno)))")
    return UInt16(bigEndian: address.sin_port)
  }
}
