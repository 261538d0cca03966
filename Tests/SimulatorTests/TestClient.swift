import Glibc

/// A blocking client over one raw socket, so that tests can say exactly which bytes are sent.
final class TestClient {
  struct Answer {
    var status = 0
    var fields: [String: String] = [:]
    var body: [UInt8] = []
    /// The connection ended before the body was whole.
    var isCutShort = false

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private(set) var wasReset = false

  init(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    // Only so that a broken server fails a test instead of hanging it.
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    precondition(result == 0, "cannot connect")
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) {
    var at = 0
    while at < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress! + at, bytes.count - at, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      at += count
    }
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Sends a request with a body and reads its answer.
  func ask(_ method: String, _ path: String, _ fields: [String: String] = [:], body: String = "") -> Answer {
    var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n"
    for (name, value) in fields { head += "\(name): \(value)\r\n" }
    send(head + "\r\n" + body)
    return read(isHead: method == "HEAD")
  }

  /// The next answer; an empty one when the server ended the connection instead.
  func read(isHead: Bool = false) -> Answer {
    var answer = Answer()
    var end = headEnd()
    while end == nil {
      guard receive() else { return answer }
      end = headEnd()
    }
    let lines = String(decoding: buffer[..<end!], as: UTF8.self).split(separator: "\r\n")
    buffer.removeFirst(end! + 4)
    answer.status = Int(lines[0].split(separator: " ")[1]) ?? 0
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      answer.fields[parts[0].lowercased()] = String(parts[1].dropFirst())
    }
    if answer.status == 100 { return answer }
    let length = isHead ? 0 : Int(answer.fields["content-length"] ?? "0") ?? 0
    while buffer.count < length {
      guard receive() else {
        answer.isCutShort = true
        break
      }
    }
    answer.body = Array(buffer.prefix(length))
    buffer.removeFirst(min(length, buffer.count))
    return answer
  }

  /// Whether the server has ended the connection, orderly or by a reset.
  func isEnded() -> Bool { buffer.isEmpty && !receive() }

  private func receive() -> Bool {
    var piece = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &piece, piece.count, 0)
    if count < 0, errno == ECONNRESET { wasReset = true }
    guard count > 0 else { return false }
    buffer += piece[..<count]
    return true
  }

  private func headEnd() -> Int? {
    guard buffer.count >= 4 else { return nil }
    return (0...(buffer.count - 4)).first { buffer[$0..<$0 + 4].elementsEqual([13, 10, 13, 10]) }
  }
}
