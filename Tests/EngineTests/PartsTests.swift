import Glibc
import MissionCore
import Synchronization
import Testing
import Threads

@testable import Engine

@Suite(.timeLimit(.minutes(5))) struct TimerQueueTests {
  @Test("timers come in the order they fall due, equal ones in the order they were set")
  func order() {
    var random = SeededRandom(seed: 7)
    var timers = TimerQueue<Int>()
    var expected: [(at: Int, number: Int)] = []
    for number in 0..<2000 {
      let at = Int.random(in: 0..<300, using: &random)
      timers.set(number, at: .milliseconds(at))
      expected.append((at, number))
    }
    expected.sort { ($0.at, $0.number) < ($1.at, $1.number) }
    var popped: [Int] = []
    while let next = timers.next, let key = timers.popDue(next) { popped.append(key) }
    #expect(popped == expected.map(\.number))
    #expect(timers.next == nil)
  }

  @Test("nothing is due before its time")
  func notYet() {
    var timers = TimerQueue<String>()
    #expect(timers.popDue(.seconds(100)) == nil)
    timers.set("late", at: .seconds(5))
    timers.set("early", at: .seconds(2))
    #expect(timers.next == .seconds(2))
    #expect(timers.popDue(.milliseconds(1999)) == nil)
    #expect(timers.popDue(.seconds(2)) == "early")
    #expect(timers.popDue(.seconds(4)) == nil)
    #expect(timers.popDue(.seconds(9)) == "late")
  }
}

@Suite(.timeLimit(.minutes(5))) struct MailboxTests {
  private func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  @Test("everything that was posted is taken, in order, once")
  func taken() {
    let mailbox = Mailbox<Int>()
    for number in 1...5 { mailbox.post(number) }
    #expect(mailbox.takeAll(until: nil) == [1, 2, 3, 4, 5])
    #expect(mailbox.takeAll(until: 0).isEmpty)
  }

  @Test("waiting ends at the deadline, not before, and with nothing")
  func deadline() {
    let mailbox = Mailbox<Int>()
    let began = now()
    #expect(mailbox.takeAll(until: began + 5_000_000).isEmpty)
    #expect(now() - began >= 5_000_000)
    #expect(mailbox.takeAll(until: began).isEmpty, "a deadline in the past is no wait")
  }

  @Test("what many threads post arrives whole, each thread's in its order")
  func threads() {
    let mailbox = Mailbox<(thread: Int, number: Int)>()
    final class Poster: Sendable {
      let mailbox: Mailbox<(thread: Int, number: Int)>
      let thread: Int
      init(_ mailbox: Mailbox<(thread: Int, number: Int)>, _ thread: Int) {
        (self.mailbox, self.thread) = (mailbox, thread)
      }
    }
    var threads: [pthread_t] = []
    for number in 0..<8 {
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        {
          let poster = Unmanaged<Poster>.fromOpaque($0!).takeRetainedValue()
          for number in 0..<500 { poster.mailbox.post((poster.thread, number)) }
          return nil
        }, Unmanaged.passRetained(Poster(mailbox, number)).toOpaque())
      threads.append(thread)
    }
    var next = [Int](repeating: 0, count: 8)
    var count = 0
    while count < 4000 {
      let events = mailbox.takeAll(until: now() + 10_000_000_000)
      guard !events.isEmpty else { break }
      for event in events {
        #expect(event.number == next[event.thread])
        next[event.thread] += 1
      }
      count += events.count
    }
    for thread in threads { pthread_join(thread, nil) }
    #expect(count == 4000)
  }
}

@Suite(.timeLimit(.minutes(5))) struct CandidateQueueTests {
  private func state(_ number: Int, _ checkpoint: Checkpoint = .scrape) -> MissionState {
    MissionState(.numbered(number, at: checkpoint))
  }

  @Test("retries before claimed ones, each in their order; DB and S3 apart from SCRAPE")
  func order() {
    var queue = CandidateQueue()
    for number in 1...3 { queue.appendClaimed(state(number)) }
    queue.appendRetry(state(4))
    queue.appendClaimed(state(5, .db))
    queue.appendRetry(state(6, .s3))
    #expect(queue.claimedCount == 4 && queue.hasScrape && queue.hasLocal)
    #expect([queue.popLocal(), queue.popLocal(), queue.popLocal()].map { $0?.low } == [6, 5, nil])
    #expect((1...5).map { _ in queue.popScrape()?.low } == [4, 1, 2, 3, nil])
    #expect(queue.isEmpty)
  }

  @Test("a mission is taken out wherever it stands, also in a queue that has moved on")
  func remove() {
    var queue = CandidateQueue()
    for number in 1...2000 { queue.appendClaimed(state(number)) }
    for number in 1...1500 { #expect(queue.popScrape()?.low == UInt64(number)) }
    queue.remove(.numbered(1501))
    queue.remove(.numbered(1750))
    queue.remove(.numbered(3))
    #expect(queue.claimedCount == 498)
    var rest: [UInt64] = []
    while let id = queue.popScrape() { rest.append(id.low) }
    #expect(rest == (1502...2000).filter { $0 != 1750 }.map { UInt64($0) })
  }
}
