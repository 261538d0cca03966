import Glibc
import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct SpillTests {
  private let client = try! CurlClient()  // Without a client no test here means anything.
  private let big = String(repeating: "0123456789abcdef", count: 100_000)

  private func contents(_ path: String) -> String? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4 << 20)
    let count = bytes.withUnsafeMutableBytes { read(file, $0.baseAddress!, $0.count) }
    return String(decoding: bytes[..<max(count, 0)], as: UTF8.self)
  }

  @Test("a small body stays in memory and leaves no file")
  func small() async throws {
    let path = freshPath("result")
    let server = LoopbackServer.answering { _ in ok("small") }
    let receive = HTTPReceive.spill(memoryLimit: 5, path: path, maxSize: 1000)
    #expect(try await client.answer(HTTPRequest(url: server.url, receive: receive)).text == "small")
    #expect(access(path, F_OK) != 0)
  }

  @Test("a large body goes whole to a file that only we may read")
  func large() async throws {
    let path = freshPath("result")
    let big = self.big
    let server = LoopbackServer.answering { _ in ok(big) }
    let receive = HTTPReceive.spill(memoryLimit: 1000, path: path, maxSize: 2_000_000)
    let response = try await client.answer(HTTPRequest(url: server.url, receive: receive))
    guard case .file(path, 1_600_000) = response.body else {
      Issue.record("\(response.body.size) bytes elsewhere")
      return
    }
    #expect(contents(path) == big)
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test("a file or a link that is there already is refused and stays as it is")
  func existing() async throws {
    let big = self.big
    let server = LoopbackServer.answering { _ in ok(big) }
    let link = freshPath("link")
    symlink("/tmp/nowhere-to-be-found", link)
    let path = freshPath("file")
    close(open(path, O_CREAT | O_WRONLY, 0o600))
    for taken in [link, path] {
      let receive = HTTPReceive.spill(memoryLimit: 10, path: taken, maxSize: 2_000_000)
      let error = try await client.failure(HTTPRequest(url: server.url, receive: receive))
      #expect(error.kind == .fileWrite(EEXIST), "\(error)")
      var status = stat()
      #expect(lstat(taken, &status) == 0)
    }
    #expect(access("/tmp/nowhere-to-be-found", F_OK) != 0)
  }

  @Test("the file goes when the body is not whole or too large")
  func removed() async throws {
    let big = self.big
    let half = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n\(big)")
    }
    let path = freshPath("half")
    let receive = HTTPReceive.spill(memoryLimit: 10, path: path, maxSize: 6_000_000)
    #expect(try await client.failure(HTTPRequest(url: half.url, receive: receive)).kind == .partialBody)
    #expect(access(path, F_OK) != 0)
    let endless = LoopbackServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\(big)\(big)")
    }
    let limited = HTTPReceive.spill(memoryLimit: 10, path: path, maxSize: 2_000_000)
    #expect(try await client.failure(HTTPRequest(url: endless.url, receive: limited)).kind == .tooLarge)
    #expect(access(path, F_OK) != 0)
  }
}
