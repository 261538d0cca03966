import Glibc
import HTTP
import MissionCore
import TestSupport
import Testing
import WorkerSource

@Suite("the worker API over real sockets", .timeLimit(.minutes(5)))
struct WorkerOverSocketsTests {
  private let http = try! CurlClient()  // Without a client no test here means anything.

  private func ok(_ body: String) -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
  }

  private func freshPath() -> String {
    var template = Array("/tmp/scraping-tests-XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) } + "/part"
  }

  @Test("the key goes in its header, the mission in the body")
  func start() async {
    let server = LoopbackServer.answeringOnce(ok(#"{"job_id": "job-1"}"#))
    defer { server.stop() }
    #expect(await Call.startJob.failure(Worker.client(http, url: server.url)) == nil)
    let request = server.requests[0].text
    #expect(request.hasPrefix("POST /scrape HTTP/1.1\r\n"))
    #expect(request.contains("\r\nX-API-Key: canary-key-1\r\n"))
    #expect(request.contains("\r\nContent-Type: application/json\r\n"))
    #expect(request.hasSuffix(#""options":{"max_ads":"all","batch_size":150}}"#))
  }

  @Test("a redirect is not followed and the key is not sent on")
  func redirect() async throws {
    let target = LoopbackServer.answeringOnce(ok("{}"))
    let server = LoopbackServer.answeringOnce(
      "HTTP/1.1 302 Found\r\nLocation: \(target.url)/x\r\nContent-Length: 0\r\n\r\n")
    defer {
      target.stop()
      server.stop()
    }
    let failure = try #require(await Call.health.failure(Worker.client(http, url: server.url)))
    #expect(failure.kind == .unavailable)
    #expect(target.requests.isEmpty)
  }

  @Test("half a body, no answer, nobody there: each is told apart")
  func faults() async throws {
    let half = LoopbackServer.answeringOnce("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":")
    let mute = LoopbackServer.answeringOnce("")
    defer {
      half.stop()
      mute.stop()
    }
    #expect(await Call.job.failure(Worker.client(http, url: half.url))?.kind == .again)
    #expect(await Call.startJob.failure(Worker.client(http, url: mute.url))?.kind == .again)
    #expect(mute.requests.count == 1, "POST /scrape is sent once")
    #expect(await Call.health.failure(Worker.client(http, url: "http://127.0.0.1:9"))?.kind == .unreachable)
  }

  @Test("a small result stays in memory, a large one goes to a file, one over the limit is refused")
  func results() async throws {
    func job(_ size: Int, most: Int64 = 1 << 30) async -> (Result<HTTPResponse.Body, SourceFailure>, String) {
      let server = LoopbackServer.answeringOnce(ok(String(repeating: "x", count: size)))
      defer { server.stop() }
      let path = freshPath()
      let client = Worker.client(http, url: server.url) { $0.maxResultSize = most }
      let result = await withCheckedContinuation { continuation in
        client.job("job-1", spillPath: path) { continuation.resume(returning: $0) }
      }
      return (result, path)
    }
    guard case .memory(let bytes) = try await job(1000).0.get() else {
      Issue.record("1,000 bytes are not in memory")
      return
    }
    #expect(bytes.count == 1000)
    let (large, path) = await job(WorkerClient.memoryLimit + 1)
    guard case .file(path, let size) = try large.get() else {
      Issue.record("a large result is not in its file")
      return
    }
    #expect(size == Int64(WorkerClient.memoryLimit + 1))
    unlink(path)
    let (refused, other) = await job(2000, most: 1999)
    guard case .failure(let failure) = refused else {
      Issue.record("a result over the limit is taken")
      return
    }
    #expect(failure.kind == .tooLarge)
    #expect(access(other, F_OK) != 0)
  }
}
