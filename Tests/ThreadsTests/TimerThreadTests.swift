import Synchronization
import Testing
import Threads

@Suite("a thread of timers", .timeLimit(.minutes(1)))
struct TimerThreadTests {
  @Test("does each job once, in the order in which they fall due")
  func order() throws {
    let timers = try TimerThread()
    let done = Queue<Int>()
    timers.after(.milliseconds(60)) { done.push(3) }
    timers.after(.milliseconds(20)) { done.push(1) }
    timers.after(.milliseconds(40)) { done.push(2) }
    #expect([done.take(), done.take(), done.take()] == [1, 2, 3])
  }

  @Test("does a job that is set while it waits for a later one")
  func earlier() throws {
    let timers = try TimerThread()
    let done = Queue<String>()
    timers.after(.seconds(3600)) { done.push("late") }
    timers.after(.zero) { timers.after(.milliseconds(1)) { done.push("early") } }
    #expect(done.take() == "early")
  }

  @Test("does nothing any more when it is closed")
  func closed() throws {
    let timers = try TimerThread()
    let ran = Atomic(false)
    timers.after(.milliseconds(1)) { timers.close() }
    timers.after(.milliseconds(5)) { ran.store(true, ordering: .relaxed) }
    let witness = try TimerThread()
    let over = Answer<Bool>()
    witness.after(.milliseconds(50)) { over.give(true) }
    #expect(over.wait())
    let hasRun = ran.load(ordering: .relaxed)
    #expect(!hasRun)
  }
}
