import Synchronization
import Threads

/// What is to go on after a while; all of it is let go of at once when nobody wants it any more.
final class Waits: Sendable {
  private struct State {
    var isClosed = false
    var next = 0
    /// What is done with each that waits when it will not go on.
    var waiting: [Int: @Sendable () -> Void] = [:]
  }

  private let timers: TimerThread
  private let state = Mutex(State())

  init() throws(ThreadFailure) { timers = try TimerThread() }

  deinit { timers.close() }

  /// Does the one or the other, once.
  func after(
    _ wait: Duration, _ goOn: @escaping @Sendable () -> Void,
    orWhenClosed giveUp: @escaping @Sendable () -> Void
  ) {
    let number = state.withLock { state -> Int? in
      guard !state.isClosed else { return nil }
      state.next += 1
      state.waiting[state.next] = giveUp
      return state.next
    }
    guard let number else { return giveUp() }
    timers.after(wait) { [weak self] in
      guard let self, self.state.withLock({ $0.waiting.removeValue(forKey: number) }) != nil else { return }
      goOn()
    }
  }

  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [:] }
      return state.waiting
    }
    for number in waiting.keys.sorted() { waiting[number]?() }
    timers.close()
  }
}
