import HTTP
import TestSupport
import Testing

/// Large bodies wait for `100 Continue`; a server that refuses to give one gets them without.
@Suite(.timeLimit(.minutes(5))) struct ExpectationTests {
  private static let body = [UInt8](repeating: 7, count: (1 << 20) + 1)

  private let client = try! CurlClient()  // Without a client no test here means anything.

  private func put(_ url: String, _ body: [UInt8] = body) -> HTTPRequest {
    let stream = HTTPBody.stream(length: Int64(body.count)) { ArrayReader(body, piece: 60_000) }
    return HTTPRequest(method: .put, url: url, body: stream)
  }

  /// Answers 417 to every expectation, in `fields` and what follows, and takes bodies that come without.
  private func refusing(_ fields: String, ending: @escaping @Sendable (Connection) -> Void)
    -> LoopbackServer
  {
    LoopbackServer { connection in
      while let request = connection.readRequest(continuing: false) {
        if request.field("expect") == nil {
          connection.send(ok("taken"))
        } else {
          connection.send("HTTP/1.1 417 Expectation Failed\r\n\(fields)Content-Length: 0\r\n\r\n")
          ending(connection)
        }
      }
    }
  }

  @Test("a server that refuses the expectation gets the body without it, and is not asked again")
  func refused() async throws {
    for (fields, ending): (String, @Sendable (Connection) -> Void) in [
      ("", { _ in }), ("Connection: close\r\n", { $0.close() }), ("Connection: close\r\n", { $0.reset() }),
    ] {
      let server = refusing(fields, ending: ending)
      for _ in 0..<2 {
        let response = try await client.answer(put(server.url))
        #expect(response.status == 200)
        #expect(response.text == "taken")
      }
      let expecting = server.requests.filter { $0.field("expect") != nil }
      #expect(expecting.count == 1, "\(fields)")
      #expect(server.requests.filter { $0.body == Self.body }.count == 2, "\(fields)")
    }
  }

  @Test("a POST that must not reach a server twice may come again after 417: it was not processed")
  func post() async throws {
    let server = refusing("Connection: close\r\n") { $0.close() }
    let request = HTTPRequest(method: .post, url: server.url, body: .bytes(Self.body))
    #expect(try await client.answer(request).text == "taken")
  }

  @Test("a server that closes instead of continuing is not asked to the next time")
  func closing() async throws {
    let server = LoopbackServer { connection in
      while let request = connection.readRequest(continuing: false) {
        guard request.field("expect") == nil else { return }
        connection.send(ok("taken"))
      }
    }
    #expect([.reset, .partialBody].contains(try await client.failure(put(server.url)).kind))
    #expect(try await client.answer(put(server.url)).text == "taken")
  }

  @Test("417 to a request without an expectation is an answer like any other")
  func unasked() async throws {
    let server = LoopbackServer.answering { _ in
      "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n"
    }
    #expect(try await client.answer(put(server.url, [1, 2])).status == 417)
    #expect(try await client.answer(put(server.url)).status == 417)
    #expect(server.requests.count == 3)
  }

  @Test("other servers are still asked, so that a refusal spares them the upload")
  func others() async throws {
    let refusing = refusing("") { _ in }
    _ = try await client.answer(put(refusing.url))
    let server = LoopbackServer.answering { _ in ok("") }
    _ = try await client.answer(put(server.url))
    #expect(server.requests.map { $0.field("expect") } == ["100-continue"])
  }
}
