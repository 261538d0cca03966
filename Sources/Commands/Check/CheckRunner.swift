import Glibc
import Synchronization
import Threads

/// Runs checks side by side and hands their results over in the order of the list.
///
/// A check that does not reply in time is left to itself: its thread may hang in a system call, and the
/// process ends soon anyway.
final class CheckRunner: Sendable {
  private struct Board {
    var results: [CheckResult?]
    var changes = 0
  }

  private let items: [CheckItem]
  private let board: Mutex<Board>
  private let wake: WakeSignal

  private init(_ items: [CheckItem]) {
    self.items = items
    board = Mutex(Board(results: Array(repeating: nil, count: items.count)))
    wake = WakeSignal()
  }

  /// - Parameter deliver: gets each result as soon as it and all before it are there.
  /// - Returns: all results, in order.
  @discardableResult
  static func run(
    _ items: [CheckItem], deliver: (CheckResult) -> Void = { _ in },
    start: ThreadStarter = DedicatedThread.starter
  ) throws(ThreadFailure) -> [CheckResult] {
    let runner = CheckRunner(items)
    try runner.begin(start)
    return items.indices.map { index in
      let result = runner.wait(for: index)
      deliver(result)
      return result
    }
  }

  private let started = ContinuousClock.now

  private func begin(_ start: ThreadStarter) throws(ThreadFailure) {
    for (index, item) in items.enumerated() {
      try start { item.run { outcome in self.put(outcome, at: index) } }
    }
  }

  private var elapsedSeconds: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - started).components
    return Double(seconds) + Double(attoseconds) / 1e18
  }

  /// The first outcome of an item counts; a reply after the time-out changes nothing.
  private func put(_ outcome: CheckOutcome, at index: Int) {
    let result = CheckResult(name: items[index].name, outcome: outcome, seconds: elapsedSeconds)
    board.withLock { board in
      if board.results[index] == nil { board.results[index] = result }
    }
    wake.signal()
  }

  private func wait(for index: Int) -> CheckResult {
    while true {
      if let result = board.withLock({ $0.results[index] }) { return result }
      let remaining = items[index].timeout - (ContinuousClock.now - started)
      if remaining <= .zero {
        put(
          .failed("no answer in \(items[index].timeout)", advice: "is it reachable from this machine?"),
          at: index)
      } else {
        wake.wait(atMost: remaining)
      }
    }
  }
}

/// Wakes the one thread that waits; a pipe, because waiting for it in `poll` runs on the monotonic clock.
private final class WakeSignal: Sendable {
  private let readEnd: Int32
  private let writeEnd: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    // Without descriptors left waiting ends with each item's time-out only; nothing else changes.
    if pipe(&ends) == 0 { for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) } }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  func signal() {
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  /// May return early.
  func wait(atMost duration: Duration) {
    var waiting = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    let milliseconds = (duration / .milliseconds(1)).rounded(.up)
    _ = poll(&waiting, 1, Int32(min(milliseconds, 3_600_000)))
    var bytes = [UInt8](repeating: 0, count: 64)
    _ = read(readEnd, &bytes, bytes.count)
  }
}
