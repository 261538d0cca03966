import Ports
import Synchronization
import Threads

/// What waits for the destination's threads, and how many of those there may be.
final class PostgresQueue: Sendable {
  private struct Counts {
    var threads = 0
    var connections = 0
    /// Of threads.
    var limit: Int
  }

  private let queue = Queue<PostgresWork>()
  private let counts: Mutex<Counts>

  init(limit: Int) { counts = Mutex(Counts(limit: max(1, limit))) }

  /// Quick work goes before all that waits.
  /// - Returns: true when the caller is to start a further thread.
  func add(_ work: PostgresWork, isQuick: Bool = false) -> Bool {
    queue.push(work, isUrgent: isQuick)
    guard queue.isBehind else { return false }
    return counts.withLock { counts in
      guard counts.threads < counts.limit else { return false }
      counts.threads += 1
      return true
    }
  }

  /// Waits for work; nil when the queue is closed and empty.
  func take() -> PostgresWork? { queue.take() }

  /// No work is added after this; what waits is still done.
  func close() { queue.close() }

  /// A thread that was asked for could not be started.
  /// - Returns: work that nobody will do.
  func threadIsMissing() -> [PostgresWork] {
    let isLast = counts.withLock { counts in
      counts.threads -= 1
      return counts.threads == 0
    }
    return isLast ? queue.takeAll(until: .now) : []
  }

  func connectionOpened() { counts.withLock { $0.connections += 1 } }
  func connectionClosed() { counts.withLock { $0.connections -= 1 } }

  /// The server has no further connection to give. True when others go on: then the thread that asks must end, and
  /// they do its work.
  func retires(leaving work: PostgresWork) -> Bool {
    counts.withLock { counts in
      guard counts.connections > 0, queue.push(work, isUrgent: true) else { return false }
      counts.threads -= 1
      counts.limit = max(1, counts.threads)
      return true
    }
  }
}
