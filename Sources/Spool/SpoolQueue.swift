import Glibc
import MissionCore

/// Work that waits for the spool's threads. Work of one mission is done in the order it came, one piece at a
/// time; other missions' work may overtake it.
final class SpoolQueue: @unchecked Sendable {
  // @unchecked: everything below is only touched while `mutex` is held; the two C objects are made for sharing.
  struct Job {
    enum Work {
      case ingest(ReceivedAnswer, reply: @Sendable (Result<ScrapeAnswer, SpoolError>) -> Void)
      case remove
      case open(size: Int64, sha256: String, adsCount: Int, reply: @Sendable (SpooledResult?) -> Void)
    }

    let mission: MissionID
    let work: Work
  }

  /// Jobs that are taken, and so made durable, together at the most.
  private static let largestGroup = 64
  /// Bytes that a group's answers have together, about.
  private static let largestGroupSize = 8 << 20

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var waiting: [Job] = []
  private var busy: Set<MissionID> = []
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

  func add(_ job: Job) {
    pthread_mutex_lock(mutex)
    waiting.append(job)
    pthread_cond_signal(condition)
    pthread_mutex_unlock(mutex)
  }

  /// No work is added after this; what waits is still done.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Waits for work and takes what may be done together; nil when the queue is closed and empty.
  /// Each taken group must be given back with `finish`.
  func take() -> [Job]? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      let group = takeGroup()
      if !group.isEmpty { return group }
      if isClosed && waiting.isEmpty { return nil }
      pthread_cond_wait(condition, mutex)
    }
  }

  func finish(_ group: [Job]) {
    pthread_mutex_lock(mutex)
    for job in group { busy.remove(job.mission) }
    if !waiting.isEmpty || isClosed { pthread_cond_broadcast(condition) }
    pthread_mutex_unlock(mutex)
  }

  private func takeGroup() -> [Job] {
    var group: [Job] = []
    var size = 0
    var passedOver: Set<MissionID> = []
    var left: [Job] = []
    for job in waiting {
      let isFull = group.count >= Self.largestGroup || size >= Self.largestGroupSize
      // A large file is alone in its group: others would have to wait for it.
      let fits = !isFull && (group.isEmpty || !job.isLarge)
      if fits, !busy.contains(job.mission), !passedOver.contains(job.mission) {
        group.append(job)
        busy.insert(job.mission)
        size += job.isLarge ? Self.largestGroupSize : job.size
      } else {
        passedOver.insert(job.mission)
        left.append(job)
      }
    }
    waiting = left
    return group
  }
}

extension SpoolQueue.Job {
  var isLarge: Bool {
    switch work {
    case .ingest(.file, _): return true
    case .ingest(.memory, _), .remove: return false
    case .open(let size, _, _, _): return size > SpooledResult.largestInMemory
    }
  }

  var size: Int {
    if case .ingest(.memory(let bytes), _) = work { return bytes.count }
    return 0
  }
}
