import Glibc
import Synchronization

/// A socket on the loopback that answers every request with bytes, then closes.
final class RawServer: Sendable {
  let port: Int
  private let listener: Int32
  private let heads = Mutex<[String]>([])

  /// The same bytes for every request.
  convenience init(_ answer: String) { self.init { _ in answer } }

  /// - Parameter answer: makes the answer to a request; empty: the connection is closed without one.
  init(answering answer: @escaping @Sendable (String) -> String) {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = listener
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        Glibc.bind(bound, address, length) == 0 && listen(bound, 16) == 0
          && getsockname(bound, address, &length) == 0
      }
    }
    precondition(isBound, "no loopback socket")
    port = Int(UInt16(bigEndian: address.sin_port))
    final class Box: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let box = Box { [self] in
      while true {
        let client = accept(listener, nil, nil)
        if client < 0 { return }
        serve(client, answer)
        close(client)
      }
    }
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      {
        Unmanaged<Box>.fromOpaque($0!).takeRetainedValue().body()
        return nil
      }, Unmanaged.passRetained(box).toOpaque())
    pthread_detach(thread)
  }

  var url: String { "http://127.0.0.1:\(port)" }
  /// What was received, one text for each connection.
  var requests: [String] { heads.withLock { $0 } }

  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve(_ client: Int32, _ answer: (String) -> String) {
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while !Self.isWhole(received) {
      let count = recv(client, &chunk, chunk.count, 0)
      if count <= 0 { return }
      received += chunk[..<count]
    }
    let request = String(decoding: received, as: UTF8.self)
    heads.withLock { $0.append(request) }
    let bytes = Array(answer(request).utf8)
    _ = bytes.withUnsafeBytes { Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
  }

  /// These tests' request bodies end with the object's bracket.
  private static func isWhole(_ received: [UInt8]) -> Bool {
    let text = String(decoding: received, as: UTF8.self)
    guard text.utf8.suffix(4).elementsEqual("\r\n\r\n".utf8) || text.hasSuffix("}") else { return false }
    return !text.lowercased().contains("content-length: ") || text.hasSuffix("}")
      || text.contains("Content-Length: 0")
  }
}
