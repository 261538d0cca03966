import Glibc

/// Where other threads leave events for the one that owns it.
///
/// `@unchecked Sendable`: all state is behind the pthread mutex, which, unlike `Mutex`, can be waited on
/// with a deadline.
public final class Mailbox<Event: Sendable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let arrived = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var events: [Event] = []

  public init() {
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(arrived, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(arrived)
    pthread_mutex_destroy(mutex)
    arrived.deallocate()
    mutex.deallocate()
  }

  public func post(_ event: Event) {
    pthread_mutex_lock(mutex)
    let wasEmpty = events.isEmpty
    events.append(event)
    if wasEmpty { pthread_cond_signal(arrived) }
    pthread_mutex_unlock(mutex)
  }

  /// Everything that has arrived; waits for the first event, at most until the monotonic `deadline`
  /// (nanoseconds). Empty when the deadline came first.
  public func takeAll(until deadline: Int64?) -> [Event] {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while events.isEmpty {
      guard let deadline else {
        pthread_cond_wait(arrived, mutex)
        continue
      }
      var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
      if pthread_cond_timedwait(arrived, mutex, &time) == ETIMEDOUT { break }
    }
    var taken: [Event] = []
    swap(&taken, &events)
    return taken
  }
}
