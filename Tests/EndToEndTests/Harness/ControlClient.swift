import Foundation

/// Asks the simulator's control paths: one request a connection, the whole answer in memory.
struct ControlClient {
  struct Failure: Error { let reason: String }

  let port: UInt16

  /// - Parameter token: sent along unless it is empty.
  func get(_ path: String, token: String = "") throws -> [UInt8] {
    try ask("GET", path, "", token.isEmpty ? "" : "Authorization: Bearer \(token)\r\n")
  }

  @discardableResult
  func post(_ path: String, _ body: String) throws -> [UInt8] { try ask("POST", path, body) }

  /// Of the simulator's writer.
  func delete(_ path: String, key: String) throws { _ = try ask("DELETE", path, "", "X-API-Key: \(key)\r\n") }

  private func ask(
    _ method: String, _ path: String, _ body: String, _ fields: String = ""
  ) throws -> [UInt8] {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard connection >= 0 else { throw Failure(reason: "socket: \(errno)") }
    defer { close(connection) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failure(reason: "connect: \(errno)") }
    let kind = body.isEmpty ? "" : "Content-Type: application/json\r\n"
    let head = "\(method) \(path) HTTP/1.1\r\nHost: simulator\r\nConnection: close\r\n\(kind)\(fields)"
    try write(Array("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8), to: connection)
    return try content(of: readAll(connection))
  }

  private func write(_ bytes: [UInt8], to connection: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(connection, $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { throw Failure(reason: "send: \(errno)") }
      rest = rest.dropFirst(count)
    }
  }

  private func readAll(_ connection: Int32) -> [UInt8] {
    var answer: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(connection, &piece, piece.count, 0)
      guard count > 0 else { return answer }
      answer += piece[..<count]
    }
  }

  private func content(of answer: [UInt8]) throws -> [UInt8] {
    guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else {
      throw Failure(reason: "no HTTP answer")
    }
    let content = Array(answer[end.upperBound...])
    guard answer.starts(with: Array("HTTP/1.1 20".utf8)) else {
      throw Failure(reason: String(decoding: answer[..<end.lowerBound] + content, as: UTF8.self))
    }
    return content
  }
}
