import Glibc
import Testing
import Threads

@Suite("threads and what they wait for", .timeLimit(.minutes(5)))
struct OwnedThreadTests {
  @Test("a thread takes no signal but those of a crash, and its starter's mask stays as it was")
  func signals() throws {
    @Sendable func blocked() -> [Int32] {
      var set = sigset_t()
      pthread_sigmask(SIG_SETMASK, nil, &set)
      return (1..<32).filter { sigismember(&set, $0) == 1 }
    }
    let before = blocked()
    let answer = Answer<[Int32]>()
    try OwnedThread.start { answer.give(blocked()) }
    let inside = answer.wait()
    #expect([SIGINT, SIGTERM, SIGHUP, SIGALRM, SIGCHLD, SIGPIPE].allSatisfy(inside.contains))
    #expect([SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP].allSatisfy { !inside.contains($0) })
    #expect(blocked() == before)
  }

  @Test("joining waits for the end, once; on the thread itself it waits for nothing")
  func join() throws {
    let own = Answer<OwnedThread>()
    let done = Answer<Bool>()
    let thread = try OwnedThread.start {
      own.wait().join()
      done.give(true)
    }
    own.give(thread)
    thread.join()
    #expect(done.wait(until: .now) == true)
    thread.join()
  }

  @Test("a value that is handed over is its thread's alone")
  func owning() throws {
    final class Counter { var value = 41 }
    let answer = Answer<Int>()
    let thread = try OwnedThread.start(owning: Counter()) { counter in
      counter.value += 1
      answer.give(counter.value)
    }
    thread.join()
    #expect(answer.wait() == 42)
  }

  @Test("an answer that does not come in time is none, and may still come")
  func answer() throws {
    let answer = Answer<String?>()
    #expect(answer.wait(until: .now) == nil)
    answer.give(nil)
    #expect(answer.wait(until: .now) == .some(nil))
    #expect(Answer.of { reply in reply(7) } == 7)
  }

  @Test("who waits for a state is woken by each change")
  func monitor() throws {
    let count = Monitor(0)
    let threads = try (0..<4).map { _ in
      try OwnedThread.start { for _ in 0..<100 { count.change { $0 += 1 } } }
    }
    count.wait { $0 == 400 ? () : nil }
    for thread in threads { thread.join() }
    #expect(count.wait(until: .now) { $0 > 400 ? $0 : nil } == nil)
  }
}
