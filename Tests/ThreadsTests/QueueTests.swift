import Testing
import Threads

@Suite("queues between threads", .timeLimit(.minutes(5)))
struct QueueTests {
  @Test("everything that was pushed is taken, in order, once")
  func taken() {
    let queue = Queue<Int>()
    for number in 1...5 { queue.push(number) }
    #expect(queue.takeAll() == [1, 2, 3, 4, 5])
    #expect(queue.takeAll(until: .now).isEmpty)
  }

  @Test("what is urgent goes before all that is not, in its own order")
  func urgent() {
    let queue = Queue<String>()
    queue.push("a")
    queue.push("first", isUrgent: true)
    queue.push("second", isUrgent: true)
    #expect(queue.take() == "first")
    queue.push("third", isUrgent: true)
    queue.push("b")
    #expect(queue.takeAll() == ["second", "third", "a", "b"])
    queue.push("c")
    queue.push("fourth", isUrgent: true)
    #expect(queue.takeAll() == ["fourth", "c"])
  }

  @Test("a group is as large as its taker says, and the rest waits")
  func group() {
    let queue = Queue<Int>()
    for number in 1...5 { queue.push(number) }
    #expect(queue.take { waiting in waiting.prefix { $0 < 4 }.count } == [1, 2, 3])
    #expect(queue.takeAll() == [4, 5])
  }

  @Test("what a group of pushes brings is taken, whether its taker sleeps or not, also of several queues")
  func pushedTogether() throws {
    let queues = [Queue<Int>(), Queue<Int>()]
    let sums = queues.map { _ in Answer<Int>() }
    for (queue, sum) in zip(queues, sums) {
      try OwnedThread.start {
        var total = 0
        while let numbers = queue.takeAll() { total += numbers.reduce(0, +) }
        sum.give(total)
      }
    }
    for round in 1...2000 {
      WakeGroup.together {
        for queue in queues {
          queue.push(round)
          WakeGroup.together { queue.push(round) }
        }
      }
    }
    for queue in queues { queue.close() }
    for sum in sums { #expect(sum.wait() == 2 * 2000 * 2001 / 2) }
  }

  @Test("a closed queue takes nothing more, hands out what waits, and then nothing")
  func closed() {
    let queue = Queue<Int>()
    queue.push(1)
    queue.close()
    #expect(!queue.push(2))
    #expect(queue.takeAll() == [1])
    #expect(queue.takeAll() == nil && queue.take() == nil)
    #expect(queue.takeAll(until: nil).isEmpty, "nobody waits for what cannot come")
  }

  @Test("closing wakes everyone who waits")
  func closedWhileWaiting() throws {
    let queue = Queue<Int>()
    let ended = Queue<Int>()
    let threads = try (0..<3).map { number in
      try OwnedThread.start {
        while queue.take() != nil {}
        ended.push(number)
      }
    }
    queue.close()
    for thread in threads { thread.join() }
    #expect(ended.takeAll()?.count == 3)
  }

  @Test("waiting ends at the deadline, not before, and with nothing")
  func deadline() {
    let queue = Queue<Int>()
    let began = Moment.now
    #expect(queue.takeAll(until: began + .milliseconds(5)).isEmpty)
    #expect(Moment.now - began >= .milliseconds(5))
    #expect(queue.takeAll(until: began).isEmpty, "a deadline in the past is no wait")
  }

  @Test("it is behind when more waits than idle takers are there for")
  func behind() throws {
    let queue = Queue<Int>()
    #expect(!queue.isBehind)
    queue.push(1)
    #expect(queue.isBehind)
    #expect(queue.take() == 1)
    #expect(!queue.isBehind)
  }

  @Test("a taker that sleeps elsewhere is called when the empty queue gets something, after the group")
  func bell() {
    let queue = Queue<Int>()
    let calls = Monitor(0)
    func count() -> Int { calls.withLock { $0 } }
    queue.wake { calls.change { $0 += 1 } }
    #expect(queue.isEmpty && queue.takeWaiting().isEmpty)
    WakeGroup.together {
      queue.push(1)
      queue.push(2)
      #expect(count() == 0)
    }
    #expect(count() == 1)
    queue.push(3)
    #expect(count() == 1, "what waits is known")
    #expect(!queue.isEmpty && queue.takeWaiting() == [1, 2, 3])
    queue.push(4)
    #expect(count() == 2)
    queue.wake(by: nil)
    #expect(queue.takeAll() == [4])
    queue.push(5)
    #expect(count() == 2)
  }

  @Test("what many threads push arrives whole, each thread's in its order, whoever takes it")
  func threads() throws {
    let queue = Queue<(thread: Int, number: Int)>()
    let threads = try (0..<8).map { thread in
      try OwnedThread.start { for number in 0..<500 { queue.push((thread, number)) } }
    }
    var next = [Int](repeating: 0, count: 8)
    var count = 0
    while count < 4000 {
      let taken = queue.takeAll(until: .now + .seconds(10))
      guard !taken.isEmpty else { break }
      for event in taken {
        #expect(event.number == next[event.thread])
        next[event.thread] += 1
      }
      count += taken.count
    }
    for thread in threads { thread.join() }
    #expect(count == 4000)
  }

  @Test("several takers get everything, each piece once, and none sleeps while something waits")
  func takers() throws {
    let queue = Queue<Int>()
    let sums = Queue<Int>()
    let takers = try (0..<4).map { _ in
      try OwnedThread.start {
        var sum = 0
        while let number = queue.take() { sum += number }
        sums.push(sum)
      }
    }
    for number in 1...10_000 { queue.push(number) }
    queue.close()
    for taker in takers { taker.join() }
    #expect(sums.takeAll()?.reduce(0, +) == 50_005_000)
  }
}
