import Glibc
import MissionCore
import Ports

/// Something that a PostgreSQL destination is asked for, and who waits for the answer.
struct PostgresWork: Sendable {
  /// Does it; what it gives delivers the answer.
  let perform: @Sendable (PostgresLoader) -> @Sendable () -> Void
  let fail: @Sendable (DestinationError) -> Void

  init<Value: Sendable>(
    reply: @escaping @Sendable (Result<Value, DestinationError>) -> Void,
    _ body: @escaping @Sendable (PostgresLoader) throws(DestinationError) -> Value
  ) {
    perform = { loader in
      let answer = loader.answer { () throws(DestinationError) in try body(loader) }
      return { reply(answer) }
    }
    fail = { reply(.failure($0)) }
  }
}

/// What waits for the destination's threads, and how many of those there may be.
final class PostgresQueue: @unchecked Sendable {
  // @unchecked: everything below is only touched while `mutex` is held; the two C objects are made for sharing.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var waiting: [PostgresWork] = []
  private var isClosed = false
  private var threads = 0
  private var idle = 0
  private var connections = 0
  private var limit: Int

  init(limit: Int) {
    self.limit = max(1, limit)
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  private func locked<R>(_ body: () -> R) -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Quick work goes before all that waits.
  /// - Returns: true when the caller is to start a further thread.
  func add(_ work: PostgresWork, isQuick: Bool = false) -> Bool {
    locked {
      if isQuick { waiting.insert(work, at: 0) } else { waiting.append(work) }
      if idle >= waiting.count || threads >= limit {
        pthread_cond_signal(condition)
        return false
      }
      threads += 1
      return true
    }
  }

  /// Waits for work; nil when the queue is closed and empty.
  func take() -> PostgresWork? {
    locked {
      idle += 1
      defer { idle -= 1 }
      while waiting.isEmpty {
        if isClosed { return nil }
        pthread_cond_wait(condition, mutex)
      }
      return waiting.removeFirst()
    }
  }

  /// No work is added after this; what waits is still done.
  func close() {
    locked {
      isClosed = true
      pthread_cond_broadcast(condition)
    }
  }

  /// A thread that was asked for could not be started.
  /// - Returns: work that nobody will do.
  func threadIsMissing() -> [PostgresWork] {
    locked {
      threads -= 1
      guard threads == 0 else { return [] }
      defer { waiting = [] }
      return waiting
    }
  }

  func connectionOpened() { locked { connections += 1 } }
  func connectionClosed() { locked { connections -= 1 } }

  /// The server has no further connection to give. True when others go on: then the thread that asks must end, and
  /// they do its work.
  func retires(leaving work: PostgresWork) -> Bool {
    locked {
      guard connections > 0 else { return false }
      threads -= 1
      limit = max(1, threads)
      waiting.insert(work, at: 0)
      pthread_cond_signal(condition)
      return true
    }
  }
}
