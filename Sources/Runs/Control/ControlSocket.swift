import Files
import Glibc
import MissionCore

/// The local socket beside the journal through which commands talk to a live run.
///
/// Only the journal's owner gets through: the socket is 0600 in a folder of 0700, and the peer's user id is
/// checked. The folder is reached through its descriptor, so that a long path fits into an address.
package enum ControlSocket {
  static let nameSuffix = ".control"
  static let longestMessage = 4 << 20

  /// Why the other end cannot be talked to.
  package struct Failure: Error {
    /// What went wrong and where.
    package let message: Message
    /// The system gives no thread; nothing is wrong with the socket.
    var isOfThread = false
  }

  /// Binds and listens; an old socket of a run that died is replaced (the caller holds the lock).
  static func listen(journalPath: String) throws(Failure) -> Int32 {
    unlink(journalPath + nameSuffix)
    let descriptor = try withAddress(journalPath) { descriptor, address, length in
      let mask = umask(0o177)
      defer { umask(mask) }
      return bind(descriptor, address, length) == 0 && Glibc.listen(descriptor, 8) == 0
    }
    return descriptor
  }

  static func connect(journalPath: String) throws(Failure) -> Int32 {
    try withAddress(journalPath) { descriptor, address, length in
      Glibc.connect(descriptor, address, length) == 0
    }
  }

  /// Whether the other end belongs to this user.
  static func isOurs(_ descriptor: Int32) -> Bool {
    // struct ucred of <sys/socket.h>, which the Glibc module does not show: pid, uid, gid.
    var peer: (pid: Int32, uid: UInt32, gid: UInt32) = (0, .max, .max)
    var length = socklen_t(MemoryLayout.size(ofValue: peer))
    guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 else { return false }
    return peer.uid == geteuid()
  }

  /// Gives up on an end that takes nothing for five seconds.
  package static func send(_ text: String, to descriptor: Int32) {
    var limit = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Everything until the other end has finished; nil when it is too long or nothing comes for `seconds`.
  package static func receive(from descriptor: Int32, seconds: Int) -> String? {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= longestMessage {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      if count < 0 { return nil }
      bytes += chunk[..<count]
    }
    return nil
  }

  private static func withAddress(
    _ journalPath: String, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) throws(Failure) -> Int32 {
    let slash = journalPath.lastIndex(of: "/")
    let folderPath = slash.map { $0 == journalPath.startIndex ? "/" : String(journalPath[..<$0]) } ?? "."
    let name = slash.map { String(journalPath[journalPath.index(after: $0)...]) } ?? journalPath
    let folder = open(folderPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Failure(message: "\(folderPath): \(Errno.last)") }
    defer { close(folder) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array("/proc/self/fd/\(folder)/\(name)\(nameSuffix)".utf8)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard path.count < capacity else { throw Failure(message: "\(name): the name is too long for a socket") }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(message: "\(Errno.last)") }
    let isUsed = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        use(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard isUsed else {
      let reason = Errno.last.description
      close(descriptor)
      throw Failure(message: "\(journalPath)\(nameSuffix): \(reason)")
    }
    return descriptor
  }
}
