import Glibc
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct TransferFaultTests {
  private let client = try! CurlClient()  // Without a client no test here means anything.

  @Test("a refused connection is told apart: nothing reached the server")
  func refused() async throws {
    let server = LoopbackServer { $0.close() }
    server.stop()
    let error = try await client.failure(HTTPRequest(url: "http://127.0.0.1:9"))
    #expect(error.kind == .connect)
    #expect(!error.mayHaveReachedServer)
    #expect(error.message.plain.contains("(curl 7)"))
  }

  @Test(
    "a body that is not whole is never a success",
    arguments: [
      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
      "nonsense\r\n\r\n",
    ])
  func partial(answer: String) async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send(answer)
    }
    let error = try await client.failure(HTTPRequest(url: server.url))
    #expect(error.kind == .partialBody, "\(error)")
    #expect(error.mayHaveReachedServer)
  }

  @Test(
    "an answer that ends inside its head is none, whatever it had said by then",
    arguments: [
      "HTTP/1.1 200 OK\r\nETag: \"e\"\r\n", "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n",
      "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Le",
      "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 0\r\n\r",
      "HTTP/1.1 200 OK\r\n", "HTTP/1.1 204 No Content\r\nETag: \"e\"\r\n",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nETag: \"e\"\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
      "HTTP/1.1 103 Early Hints\r\nETag: \"e\"\r\n\r\n",
    ])
  func cutHead(answer: String) async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send(answer)
    }
    for method in [HTTPMethod.put, .head, .get, .delete] {
      let request = HTTPRequest(method: method, url: server.url, body: method == .put ? .bytes([1]) : .none)
      let result = await client.result(request)
      guard case .failure(let error) = result else {
        Issue.record("\(method): \(try result.get().status) counts as an answer")
        continue
      }
      #expect([.partialBody, .reset].contains(error.kind), "\(method): \(error)")
      #expect(error.mayHaveReachedServer)
    }
  }

  @Test("an answer without a body is whole when its head is, also when the connection ends there")
  func wholeHead() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nETag: \"e\"\r\n\r\n")
    }
    let request = HTTPRequest(method: .put, url: server.url, body: .bytes([1]))
    #expect(try await client.answer(request).headers["etag"] == "\"e\"")
    let chunked = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n")
    }
    #expect(try await client.answer(HTTPRequest(url: chunked.url)).text == "ok")
  }

  @Test("a reset in the middle of a body is a partial body, before the answer it is a reset")
  func resets() async throws {
    let midBody = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
      connection.reset()
    }
    #expect(try await client.failure(HTTPRequest(url: midBody.url)).kind == .partialBody)
    let before = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.reset()
    }
    let error = try await client.failure(HTTPRequest(method: .post, url: before.url, body: .bytes([1])))
    #expect(error.kind == .reset)
    #expect(error.mayHaveReachedServer)
  }

  @Test("header fields are bounded")
  func headerBomb() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\n")
      for number in 0..<2000 { connection.send("X-\(number): \(String(repeating: "a", count: 100))\r\n") }
      connection.send("Content-Length: 0\r\n\r\n")
    }
    #expect(try await client.failure(HTTPRequest(url: server.url)).kind == .headersTooLarge)
  }

  @Test("a body over the limit fails, announced or not")
  func tooLarge() async throws {
    let announced = LoopbackServer.answering { _ in ok(String(repeating: "a", count: 101)) }
    let chunked = LoopbackServer.answering { _ in
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n\(String(repeating: "a", count: 101))\r\n0\r\n\r\n"
    }
    for server in [announced, chunked] {
      let error = try await client.failure(HTTPRequest(url: server.url, receive: .memory(limit: 100)))
      #expect(error.kind == .tooLarge)
      #expect(
        try await client.answer(HTTPRequest(url: server.url, receive: .memory(limit: 101))).status == 200)
    }
  }

  @Test("a server that says nothing runs into the total limit, one that stops into the stalled limit")
  func deadlines() async throws {
    let silent = LoopbackServer { $0.waitForClose() }
    let total = HTTPDeadlines(total: .milliseconds(30))
    let late = try await client.failure(HTTPRequest(url: silent.url, deadlines: total))
    #expect(late.kind == .responseTimeout)
    #expect(late.mayHaveReachedServer)
    let stopping = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome")
      connection.waitForClose()
    }
    let stalled = HTTPDeadlines(total: .seconds(60), stalled: .milliseconds(30))
    #expect(try await client.failure(HTTPRequest(url: stopping.url, deadlines: stalled)).kind == .stalled)
    #expect(try await client.failure(HTTPRequest(url: silent.url, deadlines: stalled)).kind == .stalled)
  }

  @Test("a drip that never stands still for long is not stalled")
  func drip() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")
      for _ in 0..<8 {
        usleep(10_000)
        connection.send("x")
      }
    }
    let deadlines = HTTPDeadlines(stalled: .milliseconds(2000))
    #expect(try await client.answer(HTTPRequest(url: server.url, deadlines: deadlines)).text == "xxxxxxxx")
  }

  @Test("a handshake that does not come is a connect time-out, one that fails is a TLS failure")
  func handshakes() async throws {
    let silent = LoopbackServer { $0.waitForClose() }
    let late = try await client.failure(
      HTTPRequest(
        url: "https://127.0.0.1:\(silent.port)", deadlines: HTTPDeadlines(connect: .milliseconds(50))))
    #expect(late.kind == .connectTimeout)
    #expect(!late.mayHaveReachedServer)
    let plain = LoopbackServer { $0.send("HTTP/1.1 400 Bad Request\r\n\r\n") }
    let failed = try await client.failure(HTTPRequest(url: "https://127.0.0.1:\(plain.port)"))
    #expect(failed.kind == .tls)
    #expect(!failed.mayHaveReachedServer)
  }

  @Test("an answer that comes before the upload is whole is taken")
  func earlyAnswer() async throws {
    let server = LoopbackServer { connection in
      _ = connection.readHead()
      connection.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")
      connection.waitForClose()
    }
    let body = [UInt8](repeating: 1, count: 20 << 20)
    let response = try await client.answer(
      HTTPRequest(method: .put, url: server.url, body: .bytes(body)))
    #expect(response.status == 403)
    #expect(response.text == "no")
  }

  @Test("a request body that fails or ends early fails the request")
  func brokenUpload() async throws {
    struct Broken: Error {}
    let server = LoopbackServer.answering { _ in ok("") }
    let failing = HTTPBody.stream(length: 10) { throw Broken() }
    #expect(
      try await client.failure(HTTPRequest(method: .put, url: server.url, body: failing)).kind == .sendFailed)
    let short = HTTPBody.stream(length: 10) { ArrayReader([1, 2, 3], piece: 2) }
    #expect(
      try await client.failure(HTTPRequest(method: .put, url: server.url, body: short)).kind == .sendFailed)
    let long = HTTPBody.stream(length: 2) { ArrayReader([1, 2, 3], piece: 2) }
    #expect(try await client.answer(HTTPRequest(method: .put, url: server.url, body: long)).status == 200)
    #expect(server.requests.last?.body == [1, 2])
  }
}
