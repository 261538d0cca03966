import Glibc
import Synchronization
import TestSupport
import Testing
import Threads

@testable import HTTP

@Suite("transfers that another thread drives", .timeLimit(.minutes(5)))
struct LendingTests {
  private let client = try! CurlClient()  // Without a client no test here means anything.
  private let queue = Queue<Int>()

  /// Sends a request whose answer pushes its status; where the reply came is noted.
  private func ask(_ url: String, _ threads: Heard) {
    client.send(HTTPRequest(url: url)) { [queue] answer in
      threads.note()
      queue.push((try? answer.get())?.status ?? -1)
    }
  }

  private final class Heard: Sendable {
    private let threads = Mutex<[UInt]>([])
    var all: [UInt] { threads.withLock { $0 } }
    func note() { threads.withLock { $0.append(pthread_self()) } }
  }

  @Test("replies come on the thread that borrowed them, while it waits")
  func borrowed() {
    let server = LoopbackServer.answering { _ in ok("body") }
    let heard = Heard()
    let statuses = client.lend(to: queue) { wait in
      (0..<20).flatMap { _ in
        ask(server.url, heard)
        return wait(.now + .seconds(60))
      }
    }
    #expect(statuses == [Int](repeating: 200, count: 20))
    #expect(heard.all == [UInt](repeating: pthread_self(), count: 20))
  }

  @Test("a request under way goes on when the transfers are lent, and when they are given back")
  func handedOver() {
    let gate = Answer<Void>()
    let server = LoopbackServer.answering { request in
      if request.line.contains("/slow") { gate.wait() }
      return ok("body")
    }
    let heard = Heard()
    ask(server.url + "/slow", heard)
    let taken = client.lend(to: queue) { wait in
      ask(server.url, heard)
      return wait(.now + .seconds(60))
    }
    gate.give(())
    #expect(taken + (queue.takeAll() ?? []) == [200, 200])
    #expect(heard.all.count == 2 && heard.all[0] == pthread_self() && heard.all[1] != pthread_self())
  }

  @Test("what another thread pushes or sends wakes the one that waits, at once")
  func woken() throws {
    let server = LoopbackServer.answering { _ in ok("body") }
    let heard = Heard()
    let turns = Queue<Void>()
    let other = try OwnedThread.start {
      for number in 0..<500 {
        turns.push(())
        if number % 2 == 0 { queue.push(number) } else { ask(server.url, heard) }
      }
    }
    let began = Moment.now
    var taken: [Int] = []
    client.lend(to: queue) { wait in
      while taken.count < 500, Moment.now - began < .seconds(120) { taken += wait(.now + .seconds(100)) }
    }
    other.join()
    #expect(taken.count == 500 && taken.count { $0 == 200 } >= 250)
    #expect(Moment.now - began < .seconds(90), "no wait went on to its end")
  }

  @Test("a wait ends at its moment, not before, and with nothing")
  func deadline() {
    client.lend(to: queue) { wait in
      for microseconds in [0, 300, 1500, 20_000] {
        let began = Moment.now
        #expect(wait(began + .microseconds(microseconds)).isEmpty)
        #expect(Moment.now - began >= .microseconds(microseconds))
      }
    }
  }

  @Test("what came while the thread was elsewhere for long is no silence of the server")
  func absence() {
    let gate = Answer<Void>()
    let server = LoopbackServer.answering { request in
      if request.line.contains("/slow") { gate.wait() }
      return ok("body")
    }
    let heard = Heard()
    ask(server.url, heard)
    #expect(queue.takeAll() == [200])
    let result = client.lend(to: queue) { wait in
      let request = HTTPRequest(
        url: server.url + "/slow", deadlines: HTTPDeadlines(stalled: .milliseconds(100)))
      client.send(request) { [queue] answer in queue.push((try? answer.get())?.status ?? -1) }
      // Sent, and then nobody looks for longer than it may be silent.
      #expect(wait(.now).isEmpty)
      gate.give(())
      Moment.sleep(for: .milliseconds(300))
      return wait(.now + .seconds(60))
    }
    #expect(result == [200])
  }

  @Test("threads borrow one after the other")
  func turns() throws {
    let server = LoopbackServer.answering { _ in ok("body") }
    let (client, heard) = (client, Heard())
    let ends = Queue<[Int]>()
    let threads = try (0..<4).map { _ in
      try OwnedThread.start {
        let own = Queue<Int>()
        let taken = client.lend(to: own) { wait in
          (0..<5).flatMap { _ in
            client.send(HTTPRequest(url: server.url)) { own.push((try? $0.get())?.status ?? -1) }
            return wait(.now + .seconds(60))
          }
        }
        heard.note()
        ends.push(taken)
      }
    }
    for thread in threads { thread.join() }
    #expect(ends.takeWaiting() == [[Int]](repeating: [Int](repeating: 200, count: 5), count: 4))
  }

  @Test("closing waits until the transfers are given back, which go on until then")
  func closedMeanwhile() throws {
    let server = LoopbackServer.answering { _ in ok("body") }
    let (client, heard, isClosed) = (client, Heard(), Monitor(false))
    let closer = try client.lend(to: queue) { wait in
      let closer = try OwnedThread.start {
        client.close()
        isClosed.change { $0 = true }
      }
      for _ in 0..<50 {
        ask(server.url, heard)
        #expect(wait(.now + .seconds(60)) == [200])
      }
      #expect(!isClosed.withLock { $0 })
      return closer
    }
    closer.join()
    #expect(isClosed.withLock { $0 })
  }

  @Test("a closed client lends nothing, and the queue is waited for all the same")
  func closed() {
    client.close()
    queue.push(7)
    #expect(client.lend(to: queue) { wait in wait(.now + .seconds(60)) } == [7])
  }
}
