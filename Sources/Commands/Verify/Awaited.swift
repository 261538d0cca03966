import Glibc
import Synchronization

/// A reply that a thread waits for.
final class Awaited<Value: Sendable>: @unchecked Sendable {
  // @unchecked: the semaphore is made for use by several threads; the value is behind the mutex.
  private let value = Mutex<Value?>(nil)
  private let arrival = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() { sem_init(arrival, 0, 0) }

  deinit {
    sem_destroy(arrival)
    arrival.deallocate()
  }

  /// Once.
  func give(_ value: Value) {
    self.value.withLock { $0 = value }
    sem_post(arrival)
  }

  /// Once; blocks.
  func wait() -> Value {
    while true {
      // Interrupted waits come back without a value and wait again.
      sem_wait(arrival)
      if let value = value.withLock({ $0 }) { return value }
    }
  }

  /// The reply of what `start` starts.
  static func of(_ start: (@escaping @Sendable (Value) -> Void) -> Void) -> Value {
    let awaited = Awaited()
    start { awaited.give($0) }
    return awaited.wait()
  }
}
