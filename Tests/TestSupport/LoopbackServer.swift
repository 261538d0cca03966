import Glibc
import Synchronization
import Threads

/// A server on the loopback that does with each connection exactly what a test says, byte by byte.
package final class LoopbackServer: Sendable {
  package let port: Int
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    var accepted = 0
    var requests: [Request] = []
  }

  package struct Request: Sendable {
    /// The request line and the header fields.
    package var head: String
    package var body: [UInt8]

    package var text: String { head + String(decoding: body, as: UTF8.self) }
    package var line: String { String(head.prefix { $0 != "\r\n" }) }

    package func field(_ name: String) -> String? {
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        .map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }
  }

  /// `serve` runs on a thread of its own for each connection, which is closed when it returns.
  package init(_ serve: @escaping @Sendable (Connection) -> Void) {
    let (listener, port) = Loopback.listen()
    self.listener = listener
    self.port = Int(port)
    start { [self] in
      while true {
        let descriptor = accept(listener, nil, nil)
        if descriptor < 0 { return }
        let number = state.withLock { state in
          defer { state.accepted += 1 }
          return state.accepted
        }
        let connection = Connection(descriptor: descriptor, number: number) { request in
          self.state.withLock { $0.requests.append(request) }
        }
        start {
          serve(connection)
          connection.close()
        }
      }
    }
  }

  /// Answers every request of every connection with `answer`.
  package static func answering(_ answer: @escaping @Sendable (Request) -> String) -> LoopbackServer {
    LoopbackServer { connection in
      while let request = connection.readRequest() { connection.send(answer(request)) }
    }
  }

  /// Gives each connection `answer` to its first request, then closes it.
  package static func answeringOnce(_ answer: String) -> LoopbackServer {
    LoopbackServer { connection in if connection.readRequest() != nil { connection.send(answer) } }
  }

  package var url: String { "http://127.0.0.1:\(port)" }
  package var connections: Int { state.withLock { $0.accepted } }
  package var requests: [Request] { state.withLock { $0.requests } }

  package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  /// Ends by itself, at the latest with the process.
  private func start(_ body: @escaping @Sendable () -> Void) {
    do { try OwnedThread.start(body) } catch { preconditionFailure("\(error)") }
  }
}

/// One accepted connection; used by its own thread.
package final class Connection: @unchecked Sendable {
  // @unchecked: handed to one thread and used only there.
  package let number: Int
  private let descriptor: Int32
  private let record: @Sendable (LoopbackServer.Request) -> Void
  private var buffer: [UInt8] = []
  private var isOpen = true

  package init(descriptor: Int32, number: Int, record: @escaping @Sendable (LoopbackServer.Request) -> Void) {
    self.descriptor = descriptor
    self.number = number
    self.record = record
  }

  /// The next request with its whole body; nil when the client has closed. When not `continuing`, a request that
  /// asks whether to go on is given as it is, without its body.
  package func readRequest(continuing: Bool = true) -> LoopbackServer.Request? {
    guard let head = readHead() else { return nil }
    var request = LoopbackServer.Request(head: head, body: [])
    let length = request.field("content-length").flatMap { Int($0) } ?? 0
    if request.field("expect") != nil {
      guard continuing else {
        record(request)
        return request
      }
      send("HTTP/1.1 100 Continue\r\n\r\n")
    }
    while buffer.count < length { if !receive() { return nil } }
    request.body = Array(buffer[..<length])
    buffer.removeFirst(length)
    record(request)
    return request
  }

  /// Only the request line and the header fields.
  package func readHead() -> String? {
    while true {
      let text = String(decoding: buffer, as: UTF8.self)
      if let end = text.range(of: "\r\n\r\n") {
        let head = String(text[..<end.upperBound])
        buffer.removeFirst(head.utf8.count)
        return head
      }
      if !receive() { return nil }
    }
  }

  package func send(_ text: String) { send(bytes: Array(text.utf8)) }

  package func send(bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return }
      sent += count
    }
  }

  /// Waits until the client closes.
  package func waitForClose() { while receive() { buffer.removeAll() } }

  package func close() {
    if isOpen { Glibc.close(descriptor) }
    isOpen = false
  }

  /// Closes with a reset instead of an orderly end.
  package func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    close()
  }

  private func receive() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffer.append(contentsOf: chunk[..<count])
    return true
  }
}

extension String {
  /// The first place of `text`, compared byte by byte.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    let needle = Array(text.utf8)
    let hay = Array(utf8)
    guard hay.count >= needle.count else { return nil }
    for start in 0...(hay.count - needle.count) where hay[start] == needle[0] {
      if hay[start..<start + needle.count].elementsEqual(needle) {
        let lower = utf8.index(utf8.startIndex, offsetBy: start)
        return lower..<utf8.index(lower, offsetBy: needle.count)
      }
    }
    return nil
  }
}
