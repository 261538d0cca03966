import Glibc

/// The datagram socket of the service manager: a path, or a name in the abstract namespace.
final class ServiceSocket: Sendable {
  private let descriptor: Int32
  private let name: [UInt8]

  /// - Parameter address: as `NOTIFY_SOCKET` has it: `/run/…`, or `@name` for the abstract namespace. Nil for
  ///   anything else, and when there is no descriptor left.
  init?(address: String) {
    var name = Array(address.utf8)
    guard let first = name.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@"), name.count > 1,
      name.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path)
    else { return nil }
    if first == UInt8(ascii: "@") { name[0] = 0 }
    let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { return nil }
    // For those that wait at all.
    var limit = timeval(tv_sec: 0, tv_usec: 300_000)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    self.descriptor = descriptor
    self.name = name
  }

  deinit { close(descriptor) }

  /// False when a manager that hangs has no room for the message. Other errors are dropped on purpose: who asked for
  /// the messages is gone, and the work goes on.
  ///
  /// - Parameter waits: a moment, for room; else not at all.
  func send(_ message: String, waits: Bool) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    // An abstract name is exactly as long as it is said to be; a path may do without its final zero.
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let bytes = Array(message.utf8)
    let flags = Int32(MSG_NOSIGNAL) | (waits ? 0 : Int32(MSG_DONTWAIT))
    let sent = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        sendto(descriptor, bytes, bytes.count, flags, address, length)
      }
    }
    return sent >= 0 || (errno != EAGAIN && errno != ENOBUFS)
  }
}
