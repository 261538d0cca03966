import Glibc
import Synchronization
import TestSupport
import Testing

@testable import HTTP

/// A machine that watches no more descriptors.
@Suite(.timeLimit(.minutes(5))) struct ExhaustionTests {
  /// Lets the first watches succeed and refuses the others.
  private final class Watches: Sendable {
    private let left: Mutex<Int>
    let told = Mutex<[HTTPError]>([])

    init(_ left: Int) { self.left = Mutex(left) }

    func client() throws -> CurlClient {
      let poll = CurlPoll { [self] poll, descriptor, what in
        let isGiven = left.withLock { left in
          left -= 1
          return left >= 0
        }
        if isGiven { return CurlPoll.kernel.watch(poll, descriptor, what) }
        errno = ENOSPC
        return -1
      }
      return try CurlClient(maxConnections: 8, poll: poll) { [self] error in
        told.withLock { $0.append(error) }
      }
    }
  }

  @Test("a connection that cannot be watched fails at once and is told once; nobody waits for it")
  func refused() async throws {
    let server = LoopbackServer.answering { _ in ok("") }
    // The first is the thread's own.
    let watches = Watches(1)
    let client = try watches.client()
    for _ in 0..<3 {
      let request = HTTPRequest(url: server.url, deadlines: HTTPDeadlines(connect: .seconds(60)))
      let error = try await client.failure(request)
      #expect(error.kind == .exhausted(ENOSPC))
      #expect(
        error.message
          == "a connection cannot be watched: No space left on device (fs.epoll.max_user_watches is used up)")
    }
    #expect(watches.told.withLock { $0.count } == 1)
  }

  @Test("a transfer under way whose watch is lost ends, the others go on", arguments: 2...6)
  func later(count: Int) async throws {
    let server = LoopbackServer.answering { _ in ok("body") }
    let watches = Watches(count)
    let client = try watches.client()
    var outcomes: [Bool] = []
    for _ in 0..<4 {
      switch await client.result(HTTPRequest(url: server.url, deadlines: HTTPDeadlines(total: .seconds(60))))
      {
      case .success: outcomes.append(true)
      case .failure(let error):
        #expect(error.kind == .exhausted(ENOSPC))
        outcomes.append(false)
      }
    }
    #expect(outcomes.contains(false) || watches.told.withLock { $0.isEmpty })
  }

  @Test("a thread that cannot be woken is not started")
  func unwakeable() {
    #expect(throws: HTTPError.self) { try Watches(0).client() }
  }
}
