import HTTP
import TestSupport
import Testing

/// libcurl sends a request again by itself when a kept connection dies before the answer. These tests pin
/// when we let it.
@Suite(.timeLimit(.minutes(5))) struct RepeatedSendingTests {
  private let client = try! CurlClient()  // Without a client no test here means anything.

  /// Answers the first request of each connection; of the second it reads everything and closes.
  private func dyingServer() -> LoopbackServer {
    LoopbackServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send(ok("first"))
      guard connection.number == 0 else { return connection.waitForClose() }
      _ = connection.readRequest()
    }
  }

  @Test("a POST that a dying kept connection swallowed is not sent twice")
  func postIsNotRepeated() async throws {
    let server = dyingServer()
    _ = try await client.answer(HTTPRequest(url: server.url + "/warm"))
    let error = try await client.failure(
      HTTPRequest(method: .post, url: server.url + "/scrape", body: .bytes(Array("{}".utf8))))
    #expect(error.kind == .reset)
    #expect(error.mayHaveReachedServer)
    #expect(server.requests.map(\.line) == ["GET /warm HTTP/1.1", "POST /scrape HTTP/1.1"])
    // The handle that refused serves the next request.
    let again = try await client.answer(
      HTTPRequest(method: .post, url: server.url + "/x", body: .bytes([1, 2])))
    #expect(again.status == 200)
  }

  @Test("nor after the same handle sent one with its body in one piece, which libcurl could repeat by itself")
  func postAfterWhole() async throws {
    let server = dyingServer()
    let body = HTTPBody.bytes(Array("{}".utf8))
    _ = try await client.answer(
      HTTPRequest(method: .post, url: server.url + "/session", body: body, isRepeatable: true))
    let error = try await client.failure(HTTPRequest(method: .post, url: server.url + "/scrape", body: body))
    #expect(error.kind == .reset)
    #expect(server.requests.map(\.line) == ["POST /session HTTP/1.1", "POST /scrape HTTP/1.1"])
    #expect(server.requests.map(\.body) == [Array("{}".utf8), Array("{}".utf8)])
  }

  @Test("a small body at hand is sent again whole", arguments: [HTTPMethod.put, .post])
  func smallBody(method: HTTPMethod) async throws {
    let body = [UInt8](repeating: 9, count: 20_000)
    let server = dyingServer()
    _ = try await client.answer(HTTPRequest(url: server.url + "/warm"))
    let request = HTTPRequest(
      method: method, url: server.url + "/again", headers: [("X-Kind", "audit")], body: .bytes(body),
      isRepeatable: true)
    #expect(try await client.answer(request).text == "first")
    let again = server.requests.filter { $0.line.contains("again") }
    #expect(
      again.map(\.line) == ["\(method.rawValue) /again HTTP/1.1", "\(method.rawValue) /again HTTP/1.1"])
    #expect(again.allSatisfy { $0.body == body })
  }

  @Test("a POST without a body never risks a kept connection")
  func emptyPostIsFresh() async throws {
    let server = dyingServer()
    _ = try await client.answer(HTTPRequest(url: server.url + "/warm"))
    _ = try await client.answer(HTTPRequest(method: .post, url: server.url + "/cancel"))
    #expect(server.connections == 2)
    #expect(server.requests.filter { $0.line.hasPrefix("POST") }.count == 1)
  }

  @Test("a GET and a PUT are sent again on a new connection, the body from its first byte")
  func repeatableIsRepeated() async throws {
    let body = [UInt8](repeating: 7, count: 100_000)
    for method in [HTTPMethod.get, .put] {
      let server = dyingServer()
      _ = try await client.answer(HTTPRequest(url: server.url + "/warm"))
      let sent: HTTPBody =
        method == .get ? .none : .stream(length: Int64(body.count)) { ArrayReader(body, piece: 7000) }
      let response = try await client.answer(
        HTTPRequest(method: method, url: server.url + "/again", body: sent))
      #expect(response.text == "first")
      let again = server.requests.filter { $0.line.hasPrefix(method.rawValue) && $0.line.contains("again") }
      #expect(again.count == 2)
      #expect(again.last?.body == (method == .get ? [] : body))
    }
  }

  @Test("a POST that says it may be repeated is")
  func repeatablePost() async throws {
    let server = dyingServer()
    _ = try await client.answer(HTTPRequest(url: server.url + "/warm"))
    let request = HTTPRequest(
      method: .post, url: server.url + "/session", body: .bytes(Array("{}".utf8)), isRepeatable: true)
    #expect(try await client.answer(request).status == 200)
  }
}

final class ArrayReader: HTTPBodyReader {
  private let bytes: [UInt8]
  private let piece: Int
  private var at = 0

  init(_ bytes: [UInt8], piece: Int) {
    self.bytes = bytes
    self.piece = piece
  }

  func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(piece, buffer.count, bytes.count - at)
    bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[at..<at + count])) }
    at += count
    return count
  }
}
