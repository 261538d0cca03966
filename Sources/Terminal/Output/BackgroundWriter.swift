import Threads

/// Writes to a descriptor on a thread of its own, so that nobody waits for who reads it: not the work, not a signal.
final class BackgroundWriter: Sendable {
  private struct State {
    var queue = LineQueue()
    var failure: Int32 = 0
    var isClosed = false
    var isHurried = false
    /// How much was written when a wait was given up: no other begins before something has moved.
    var givenUpAt: Int?
  }

  private let descriptor: Int32
  private let state = Monitor(State())
  private let tellLoss: @Sendable (Int) -> Void

  /// How long the end of the process waits while nothing moves; and when it has to be quick.
  static let patience = Duration.seconds(2)
  static let shortPatience = Duration.milliseconds(200)

  /// - Parameter tellLoss: writes a remark about so many dropped lines, when there is room again; called on the
  ///   writer's thread.
  init(
    descriptor: Int32, start: ThreadStarter, tellLoss: @escaping @Sendable (Int) -> Void
  ) throws(ThreadFailure) {
    self.descriptor = descriptor
    self.tellLoss = tellLoss
    try start { self.run() }
  }

  /// The `errno` after which everything was dropped; 0 while writing works.
  var lastFailure: Int32 { state.withLock { $0.failure } }

  /// Whether the text is going to be written; never waits.
  func put(_ text: [UInt8], lines: Int) -> Bool {
    state.change { $0.failure == 0 && $0.queue.put(text, lines: lines) }
  }

  /// As `put`, for what is drawn anew anyway: dropped without a count unless nothing else waits.
  func offer(_ text: [UInt8]) -> Bool { state.change { $0.failure == 0 && $0.queue.offer(text) } }

  /// The process has to end soon: nobody waits long from now on.
  func hurry() { state.withLock { $0.isHurried = true } }

  /// Waits until all is written, but not for a reader that takes nothing. False when something is left.
  @discardableResult
  func drain() -> Bool {
    while true {
      let (isDone, before, patience) = state.withLock { state in
        let isDone = state.queue.isIdle ? true : state.givenUpAt == state.queue.written ? false : nil
        return (isDone, state.queue.written, state.isHurried ? Self.shortPatience : Self.patience)
      }
      if let isDone { return isDone }
      let hasMoved: Bool? = state.wait(until: .now + patience) { state in
        state.queue.isIdle || state.queue.written != before ? true : nil
      }
      if hasMoved == nil { state.withLock { $0.givenUpAt = before } }
    }
  }

  /// Drains and ends the thread.
  func close() {
    drain()
    state.change { $0.isClosed = true }
  }

  private func run() {
    while let chunk = next() {
      let code = OutputWriter.write(chunk[...], to: descriptor)
      let loss: Int? = state.change { state in
        if code != 0 {
          state.failure = code
          state.queue.giveUp()
        }
        return state.queue.wasWritten()
      }
      if let loss { tellLoss(loss) }
    }
  }

  /// Nil when it is closed.
  private func next() -> [UInt8]? {
    state.wait { state in
      if let chunk = state.queue.take() { return .some(chunk) }
      return state.isClosed ? .some(nil) : nil
    }
  }
}
