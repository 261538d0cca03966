import Glibc

/// A lock that a thread can sleep under until another wakes it. Who wakes does so after unlocking, so that the
/// sleeper does not run into the lock at once.
final class ConditionLock: @unchecked Sendable {
  // @unchecked: the two C objects are made for sharing. `Mutex` would do for the lock, but cannot be waited under.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  func locked<R>(_ body: () throws -> R) rethrows -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }

  /// Lets the lock go until woken, or for no reason, or until `deadline`; false when that came first.
  func sleep(until deadline: Moment?) -> Bool {
    WakeGroup.wakeHeld()
    guard let deadline else {
      pthread_cond_wait(condition, mutex)
      return true
    }
    var time = deadline.time
    return pthread_cond_timedwait(condition, mutex, &time) != ETIMEDOUT
  }

  func wakeOne() { pthread_cond_signal(condition) }
  func wakeAll() { pthread_cond_broadcast(condition) }
}
