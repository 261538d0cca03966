import Glibc
import Synchronization

/// One value that one thread waits for and another gives.
///
/// `@unchecked Sendable`: the value is written before the semaphore is posted and read after it was taken.
final class Answer<Value: Sendable>: @unchecked Sendable {
  private let given = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
  private var value: Value?

  init() { sem_init(given, 0, 0) }

  deinit {
    sem_destroy(given)
    given.deallocate()
  }

  /// Once.
  func give(_ value: Value) {
    self.value = value
    sem_post(given)
  }

  /// Once.
  func wait() -> Value {
    while sem_wait(given) != 0 {}
    return value!
  }
}
