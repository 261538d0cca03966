import Glibc
import TestSupport
import Testing
import Threads

@testable import HTTP

@Suite("more requests than connections", .timeLimit(.minutes(5)))
struct WaitingTests {
  private typealias Reply = Answer<Result<HTTPResponse, HTTPError>>

  private func error(_ reply: Reply) -> HTTPError? {
    guard case .failure(let error) = reply.wait() else { return nil }
    return error
  }

  @Test("they wait their turn; what is cancelled, or waits when the client is closed, is never sent")
  func turns() throws {
    let client = try CurlClient(maxConnections: 2)
    let (first, later) = (Gate(), Gate())
    let server = LoopbackServer.answering { request in
      (request.line.contains("first") ? first : later).wait()
      return ok("body")
    }
    defer { for _ in 0..<2 { later.open() } }
    func send(_ name: String) -> (reply: Reply, transfer: HTTPTransfer) {
      let reply = Reply()
      return (reply, client.send(HTTPRequest(url: "\(server.url)/\(name)")) { reply.give($0) })
    }
    let answered = (0..<3).map { send("first-\($0)").reply }
    let cancelled = send("cancelled")
    let last = send("last").reply
    while server.requests.count < 2 { sched_yield() }
    cancelled.transfer.cancel()
    #expect(error(cancelled.reply)?.kind == .cancelled)
    #expect(error(cancelled.reply)?.mayHaveReachedServer == false)
    #expect(server.requests.count == 2 && server.connections == 2)
    for _ in answered { first.open() }
    for reply in answered { #expect(try reply.wait().get().status == 200) }
    let busy = send("busy").reply
    while server.requests.count < 5 { sched_yield() }
    let waiting = send("waiting").reply
    client.close()
    for reply in [last, busy, waiting] { #expect(error(reply)?.kind == .cancelled) }
    #expect(error(waiting)?.mayHaveReachedServer == false)
    #expect(!server.requests.contains { $0.line.contains("waiting") || $0.line.contains("cancelled") })
  }
}
