import Glibc

/// Work for one thread, handed over in the order it came.
///
/// `@unchecked Sendable`: everything is touched under its own mutex only. A condition variable and not
/// `Synchronization.Mutex`, because the thread must sleep while there is nothing.
final class WorkQueue<Work: Sendable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var waiting: [Work] = []
  private var isClosed = false

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(arrival, nil)
  }

  deinit {
    pthread_cond_destroy(arrival)
    pthread_mutex_destroy(mutex)
    arrival.deallocate()
    mutex.deallocate()
  }

  /// False when the queue is closed; the work was not taken then.
  func push(_ work: Work) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    if isClosed { return false }
    waiting.append(work)
    if waiting.count == 1 { pthread_cond_signal(arrival) }
    return true
  }

  /// Everything that waits, as soon as there is something; nil when the queue is closed and empty.
  func takeAll() -> [Work]? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while waiting.isEmpty {
      if isClosed { return nil }
      pthread_cond_wait(arrival, mutex)
    }
    let taken = waiting
    waiting = []
    return taken
  }

  /// Takes no more work; what waits is still handed out.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_signal(arrival)
    pthread_mutex_unlock(mutex)
  }
}
