import CCurl
import Testing

@testable import HTTP

@Suite("which connections the kernel watches", .timeLimit(.minutes(1)))
struct WatchedSocketsTests {
  private let both = CURL_POLL_IN | CURL_POLL_OUT

  @Test("an idle connection stays watched for what comes in, and needs no call when it is used again")
  func stays() {
    let sockets = WatchedSockets()
    sockets.open(5)
    #expect(sockets.want(CURL_POLL_IN, of: 5))
    sockets.note(CURL_POLL_IN, of: 5)
    #expect(!sockets.isIdle(5))
    #expect(!sockets.forget(5))
    #expect(sockets.isIdle(5))
    #expect(!sockets.want(CURL_POLL_IN, of: 5))
    #expect(!sockets.isIdle(5))
  }

  @Test("one that could send is left when it is idle: it would be ready for ever")
  func sending() {
    let sockets = WatchedSockets()
    sockets.open(5)
    sockets.note(both, of: 5)
    #expect(sockets.forget(5))
    sockets.note(0, of: 5)
    #expect(sockets.want(CURL_POLL_IN, of: 5))
  }

  @Test("another wish is told, a refused one is told again")
  func changes() {
    let sockets = WatchedSockets()
    sockets.open(5)
    #expect(sockets.want(CURL_POLL_IN, of: 5))
    #expect(sockets.want(CURL_POLL_IN, of: 5))
    sockets.note(CURL_POLL_IN, of: 5)
    #expect(sockets.want(both, of: 5))
  }

  @Test("a number that comes back is watched anew, and nothing is kept of sockets that nobody told of")
  func numbers() {
    let sockets = WatchedSockets()
    sockets.open(5)
    sockets.note(CURL_POLL_IN, of: 5)
    sockets.close(5)
    #expect(!sockets.isIdle(5))
    sockets.open(5)
    #expect(sockets.want(CURL_POLL_IN, of: 5))
    sockets.note(CURL_POLL_IN, of: 7)
    #expect(sockets.want(CURL_POLL_IN, of: 7))
    #expect(sockets.forget(7))
  }
}
