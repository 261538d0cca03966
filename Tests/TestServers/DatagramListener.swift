import Glibc
import Synchronization

/// A Unix datagram socket that keeps what it receives, as a service manager does.
public final class DatagramListener: Sendable {
  private let descriptor: Int32
  private let path: String?
  private let received = Mutex<[String]>([])

  /// - Parameter address: a path, or `@name` for the abstract namespace.
  public init(address: String) {
    var name = Array(address.utf8)
    path = name[0] == UInt8(ascii: "@") ? nil : address
    if path == nil { name[0] = 0 }
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var place = sockaddr_un()
    place.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &place.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let descriptor = self.descriptor
    let isBound = withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) == 0 }
    }
    precondition(isBound, "\(address): \(String(cString: strerror(errno)))")
  }

  deinit {
    close(descriptor)
    if let path { unlink(path) }
  }

  /// Every message so far, in order.
  public var messages: [String] {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    return received.withLock { received in
      while true {
        let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        guard count >= 0 else { return received }
        received.append(String(decoding: buffer[..<count], as: UTF8.self))
      }
    }
  }

  /// The assignments of all messages, in order.
  public var lines: [String] { messages.flatMap { $0.split(separator: "\n").map(String.init) } }
}
