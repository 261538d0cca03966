import Glibc
import HTTP
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct CurlClientTests {
  private let client = try! CurlClient()  // Without a client no test here means anything.

  @Test("an answer brings status, fields and body, and the connection is used again")
  func exchange() async throws {
    let server = LoopbackServer.answering { ok($0.line, "X-Kind: test\r\n") }
    for path in ["/a", "/b", "/c"] {
      let response = try await client.answer(HTTPRequest(url: server.url + path))
      #expect(response.status == 200)
      #expect(response.headers["x-kind"] == "test")
      #expect(response.text == "GET \(path) HTTP/1.1")
      #expect(response.primaryIP == "127.0.0.1")
    }
    #expect(server.connections == 1)
  }

  @Test("one handle serves every method after every other without leftovers")
  func methods() async throws {
    let server = LoopbackServer.answering {
      $0.line.hasPrefix("HEAD") ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" : ok("x")
    }
    let methods: [HTTPMethod] = [
      .put, .get, .post, .head, .post, .delete, .get, .makeCollection, .head, .put, .listCollection, .delete,
      .post,
      .get,
    ]
    for method in methods {
      let body: HTTPBody = method == .put || method == .post ? .bytes(Array("{}".utf8)) : .none
      let headers = method == .post ? [("Content-Type", "application/json")] : []
      _ = try await client.answer(HTTPRequest(method: method, url: server.url, headers: headers, body: body))
    }
    #expect(server.requests.map { String($0.line.prefix { $0 != " " }) } == methods.map(\.rawValue))
    for (request, method) in zip(server.requests, methods) {
      let hasBody = method == .put || method == .post
      #expect(request.body == (hasBody ? Array("{}".utf8) : []))
      #expect(request.field("content-length") == (hasBody ? "2" : nil))
      #expect(request.field("content-type") == (method == .post ? "application/json" : nil))
      #expect(request.field("expect") == nil)
      #expect(request.field("accept-encoding") == nil)
    }
  }

  @Test("a POST without a body says so and names no type")
  func emptyPost() async throws {
    let server = LoopbackServer.answering { _ in ok("") }
    _ = try await client.answer(HTTPRequest(method: .post, url: server.url + "/cancel"))
    #expect(server.requests[0].field("content-length") == "0")
    #expect(server.requests[0].field("content-type") == nil)
  }

  @Test("a redirect is an answer like any other and is not followed")
  func redirect() async throws {
    let server = LoopbackServer.answering { _ in
      "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
    }
    let response = try await client.answer(HTTPRequest(url: server.url))
    #expect(response.status == 302)
    #expect(server.requests.count == 1)
  }

  @Test("the path goes out as it stands")
  func pathAsIs() async throws {
    let server = LoopbackServer.answering { ok($0.line) }
    let response = try await client.answer(HTTPRequest(url: server.url + "/a/../b/%2F//c%20d?x=%2B"))
    #expect(response.text == "GET /a/../b/%2F//c%20d?x=%2B HTTP/1.1")
  }

  @Test("interim answers are not taken for the answer")
  func interim() async throws {
    let server = LoopbackServer.answering { _ in
      "HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n" + ok("done")
    }
    let response = try await client.answer(HTTPRequest(url: server.url))
    #expect(response.status == 200)
    #expect(response.text == "done")
    #expect(response.headers["x-early"] == nil)
  }

  @Test("a proxy of the environment is ignored")
  func ambientProxy() async throws {
    // Nothing listens there; every other test ignores it as well.
    setenv("http_proxy", "http://127.0.0.1:9", 1)
    setenv("ALL_PROXY", "http://127.0.0.1:9", 1)
    let server = LoopbackServer.answering { _ in ok("direct") }
    #expect(try await client.answer(HTTPRequest(url: server.url)).text == "direct")
  }

  @Test("a request's own proxy gets the whole URL and the credentials")
  func explicitProxy() async throws {
    let proxy = LoopbackServer.answering { ok($0.line) }
    var request = HTTPRequest(url: "http://worker.invalid/health")
    request.proxy = HTTPProxy(server: "127.0.0.1:\(proxy.port)", username: "u", password: "p:w")
    #expect(try await client.answer(request).text == "GET http://worker.invalid/health HTTP/1.1")
    #expect(proxy.requests[0].field("proxy-authorization") == "Basic dTpwOnc=")
    // The next request of the same handle goes directly again.
    let server = LoopbackServer.answering { ok($0.line) }
    #expect(try await client.answer(HTTPRequest(url: server.url + "/x")).text == "GET /x HTTP/1.1")
  }

  @Test("a line end in a field or white space in the URL is refused before anything is sent")
  func injection() async throws {
    let server = LoopbackServer.answering { _ in ok("") }
    let field = try await client.failure(
      HTTPRequest(url: server.url, headers: [("X-Key", "a\r\nX-Other: b")]))
    #expect(field.kind == .invalidRequest)
    #expect(!field.mayHaveReachedServer)
    for url in [server.url + "/a b", "", "ftp://127.0.0.1/x", "http://[::1", server.url + "/a\r\nX: y"] {
      let error = try await client.failure(HTTPRequest(url: url))
      #expect(error.kind == .invalidRequest, "\(url): \(error)")
    }
    #expect(server.connections == 0)
  }

  @Test("five hundred transfers run at once")
  func manyAtOnce() async throws {
    let server = LoopbackServer.answering { ok($0.line) }
    let client = self.client
    let answers = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<500 {
        group.addTask {
          let request = HTTPRequest(url: server.url + "/\(number)")
          return (try? await client.result(request).get().text) == "GET /\(number) HTTP/1.1"
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(answers == 500)
  }

  @Test("a cancelled transfer is told so once, a finished one not at all")
  func cancelling() async throws {
    let server = LoopbackServer { $0.waitForClose() }
    let replies = Mutex(0)
    let result: Result<HTTPResponse, HTTPError> = await withCheckedContinuation { continuation in
      let transfer = client.send(HTTPRequest(url: server.url)) { result in
        replies.withLock { $0 += 1 }
        continuation.resume(returning: result)
      }
      transfer.cancel()
      transfer.cancel()
    }
    guard case .failure(let error) = result else {
      Issue.record("answered")
      return
    }
    #expect(error.kind == .cancelled)
    let healthy = LoopbackServer.answering { _ in ok("x") }
    #expect(try await client.answer(HTTPRequest(url: healthy.url)).status == 200)
    #expect(replies.withLock { $0 } == 1)
  }

  @Test("closing the client ends what is under way and refuses what comes later")
  func closing() async throws {
    let server = LoopbackServer { $0.waitForClose() }
    let client = try CurlClient()
    async let running = client.result(HTTPRequest(url: server.url))
    while server.connections == 0 { await Task.yield() }
    client.close()
    client.close()
    guard case .failure(let error) = await running else {
      Issue.record("answered")
      return
    }
    #expect(error.kind == .cancelled)
    #expect(try await client.failure(HTTPRequest(url: server.url)).kind == .cancelled)
  }
}
