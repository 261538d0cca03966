import Glibc
import MissionCore
import Ports

/// What waits for a destination's thread.
final class LoadQueue: @unchecked Sendable {
  // @unchecked: everything below is only touched while `mutex` is held; the two C objects are made for sharing.
  typealias Reply<Value> = @Sendable (Result<Value, DestinationError>) -> Void

  struct Load: Sendable {
    let request: LoadRequest
    let reply: Reply<LoadOutcome>
  }

  /// What is quickly read, and must not stand between loads that are committed together.
  typealias Question = @Sendable (SQLiteLoader) -> Void

  enum Work {
    case load(LoadRequest, Reply<LoadOutcome>)
    case check(Reply<String>)
    case inspect([MissionID], Reply<[LoadedMission?]>)
    /// What is asked seldom; it replies by itself.
    case other(@Sendable (SQLiteLoader) -> Void)
  }

  /// Work that is done in one go.
  enum Group {
    case loads([Load])
    case check(Reply<String>)
    case inspect([MissionID], Reply<[LoadedMission?]>)
    /// What is asked seldom; it replies by itself.
    case other(@Sendable (SQLiteLoader) -> Void)
  }

  /// Bytes of results that are committed together, about: larger groups hardly commit faster.
  private static let largestGroupSize: Int64 = 8 << 20

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var waiting: [Work] = []
  private var questions: [Question] = []
  private var isClosed = false

  init() {
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

  func add(_ work: Work) {
    pthread_mutex_lock(mutex)
    waiting.append(work)
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Answered before anything that waits.
  func ask(_ question: @escaping Question) {
    pthread_mutex_lock(mutex)
    questions.append(question)
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// No work is added after this; what waits is still done.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Waits for work; nil when the queue is closed and empty.
  func take() -> Group? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while waiting.isEmpty, questions.isEmpty {
      if isClosed { return nil }
      pthread_cond_wait(condition, mutex)
    }
    if !questions.isEmpty { return .other(questions.removeFirst()) }
    switch waiting[0] {
    case .load: return .loads(takeLoads())
    case .check(let reply):
      waiting.removeFirst()
      return .check(reply)
    case .inspect(let missions, let reply):
      waiting.removeFirst()
      return .inspect(missions, reply)
    case .other(let work):
      waiting.removeFirst()
      return .other(work)
    }
  }

  /// The loads at the front that fit together.
  private func takeLoads() -> [Load] {
    var loads: [Load] = []
    var size: Int64 = 0
    for work in waiting {
      guard case .load(let request, let reply) = work,
        loads.isEmpty || size + request.result.size <= Self.largestGroupSize
      else { break }
      size += request.result.size
      loads.append(Load(request: request, reply: reply))
    }
    waiting.removeFirst(loads.count)
    return loads
  }
}
