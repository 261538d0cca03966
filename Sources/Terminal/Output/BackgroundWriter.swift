import Glibc
import Threads

/// Writes to a descriptor on a thread of its own, so that nobody waits for who reads it: not the work, not a signal.
///
/// `@unchecked Sendable`: everything is behind the pthread mutex, which, unlike `Mutex`, can be waited on with a
/// deadline.
final class BackgroundWriter: @unchecked Sendable {
  private let descriptor: Int32
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var queue = LineQueue()
  private var failure: Int32 = 0
  private var isClosed = false
  private var isHurried = false
  /// How much was written when a wait was given up: no other begins before something has moved.
  private var givenUpAt: Int?
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
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(changed, &attributes)
    pthread_condattr_destroy(&attributes)
    try start { self.run() }
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// The `errno` after which everything was dropped; 0 while writing works.
  var lastFailure: Int32 { locked { failure } }

  /// Whether the text is going to be written; never waits.
  func put(_ text: [UInt8], lines: Int) -> Bool {
    locked { failure == 0 && changes(queue.put(text, lines: lines)) }
  }

  /// As `put`, for what is drawn anew anyway: dropped without a count unless nothing else waits.
  func offer(_ text: [UInt8]) -> Bool { locked { failure == 0 && changes(queue.offer(text)) } }

  /// The process has to end soon: nobody waits long from now on.
  func hurry() { locked { isHurried = true } }

  /// Waits until all is written, but not for a reader that takes nothing. False when something is left.
  @discardableResult
  func drain() -> Bool {
    locked {
      while !queue.isIdle {
        let before = queue.written
        if givenUpAt == before { return false }
        var time = Self.deadline(isHurried ? Self.shortPatience : Self.patience)
        while !queue.isIdle, queue.written == before {
          if pthread_cond_timedwait(changed, mutex, &time) == ETIMEDOUT {
            givenUpAt = before
            return false
          }
        }
      }
      return true
    }
  }

  /// Drains and ends the thread.
  func close() {
    drain()
    locked { isClosed = changes(true) }
  }

  private func run() {
    while let chunk = next() {
      let code = OutputWriter.write(chunk[...], to: descriptor)
      let loss: Int? = locked {
        if code != 0 {
          failure = code
          queue.giveUp()
        }
        _ = changes(true)
        return queue.wasWritten()
      }
      if let loss { tellLoss(loss) }
    }
  }

  private func next() -> [UInt8]? {
    locked {
      while true {
        if let chunk = queue.take() { return chunk }
        if isClosed { return nil }
        pthread_cond_wait(changed, mutex)
      }
    }
  }

  private func changes(_ value: Bool) -> Bool {
    if value { pthread_cond_broadcast(changed) }
    return value
  }

  private func locked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  private static func deadline(_ patience: Duration) -> timespec {
    let moment = MonotonicClock.nanoseconds() + Int64(patience / .nanoseconds(1))
    return timespec(tv_sec: Int(moment / 1_000_000_000), tv_nsec: Int(moment % 1_000_000_000))
  }
}
