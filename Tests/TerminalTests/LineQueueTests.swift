import Testing

@testable import Terminal

@Suite("Text on its way to an output that perhaps nobody reads", .timeLimit(.minutes(5)))
struct LineQueueTests {
  /// By reference, since an expectation cannot change a value.
  private final class Queue {
    private var queue = LineQueue()
    var isIdle: Bool { queue.isIdle }
    func put(_ text: [UInt8], lines: Int) -> Bool { queue.put(text, lines: lines) }
    func offer(_ text: [UInt8]) -> Bool { queue.offer(text) }
    func take() -> [UInt8]? { queue.take() }
    func wasWritten() -> Int? { queue.wasWritten() }
    func giveUp() { queue.giveUp() }
  }

  private func line(_ size: Int) -> [UInt8] { [UInt8](repeating: 0x78, count: size - 1) + [0x0A] }

  @Test("is handed out in its order, a piece at a time")
  func order() {
    let queue = Queue()
    #expect(queue.take() == nil)
    #expect(queue.put(Array("one\n".utf8), lines: 1))
    #expect(queue.put(Array("two\n".utf8), lines: 1))
    #expect(queue.take() == Array("one\ntwo\n".utf8))
    #expect(!queue.isIdle)
    #expect(queue.wasWritten() == nil)
    #expect(queue.isIdle)
    let long = line(LineQueue.chunk + 10)
    #expect(queue.put(long, lines: 1))
    #expect(queue.take() == Array(long.prefix(LineQueue.chunk)))
    #expect(queue.wasWritten() == nil)
    #expect(queue.take() == Array(long.suffix(10)))
  }

  @Test("never holds more than its limit; what does not fit is counted and told when there is room again")
  func bounded() {
    let queue = Queue()
    let size = 1000
    var taken = 0
    while queue.put(line(size), lines: 1) { taken += 1 }
    #expect(taken == LineQueue.limit / size)
    // A short line would fit, but would stand before those that are missing.
    #expect(!queue.put(Array("short\n".utf8), lines: 1))
    #expect(!queue.put(Array("a\nb\nc\n".utf8), lines: 3))
    var loss: Int?
    while queue.take() != nil {
      #expect(loss == nil)
      loss = queue.wasWritten()
    }
    #expect(loss == 5)
    #expect(queue.put(Array("again\n".utf8), lines: 1))
    #expect(queue.take() == Array("again\n".utf8))
    #expect(queue.wasWritten() == nil)
  }

  @Test("takes one that is larger than everything when nothing else waits")
  func large() {
    let queue = Queue()
    #expect(queue.put(line(LineQueue.limit * 2), lines: 1))
    #expect(!queue.put(line(2), lines: 1))
  }

  @Test("passes over a drawing while anything else waits, and does not count it")
  func drawings() {
    let queue = Queue()
    #expect(queue.offer(Array("a".utf8)))
    #expect(!queue.offer(Array("b".utf8)))
    #expect(queue.take() == Array("a".utf8))
    #expect(!queue.offer(Array("c".utf8)), "it is being written")
    #expect(queue.wasWritten() == nil)
    #expect(queue.offer(Array("d".utf8)))
  }

  @Test("holds nothing after the output broke")
  func broken() {
    let queue = Queue()
    while queue.put(line(1000), lines: 1) {}
    _ = queue.take()
    queue.giveUp()
    #expect(queue.isIdle)
    #expect(queue.wasWritten() == nil)
  }
}
