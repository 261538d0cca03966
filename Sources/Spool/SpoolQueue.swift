import Glibc
import MissionCore
import Ports

/// Work that waits for the spool's threads. Work of one mission is done in the order it came, one piece at a
/// time; other missions' work may overtake it.
final class SpoolQueue: @unchecked Sendable {
  // @unchecked: everything below is only touched while `mutex` is held; the C objects are made for sharing.

  /// Threads take only work of their lane: a large result never holds small ones up.
  enum Lane: Int, CaseIterable {
    case small, large
  }

  struct Job {
    enum Work {
      case ingest(ReceivedAnswer, reply: @Sendable (Result<ScrapeAnswer, SpoolError>) -> Void)
      case remove(hasFile: Bool)
      case claim(size: Int64, sha256: String, adsCount: Int, reply: @Sendable (SpoolAnswer) -> Void)
    }

    let mission: MissionID
    let work: Work
    let lane: Lane

    init(mission: MissionID, work: Work) {
      self.mission = mission
      self.work = work
      lane = work.lane
    }
  }

  /// Small jobs that are taken, and so made durable, together at the most.
  static let largestGroup = 64
  /// Bytes that a group's answers have together, about.
  private static let largestGroupSize = 8 << 20

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  /// One for each lane, and one for the ends of the small one's thread.
  private let conditions: UnsafeMutablePointer<pthread_cond_t>
  private static let endCondition = Lane.allCases.count
  private var waiting: [Job] = []
  /// Waiting jobs of each lane.
  private var counts = [0, 0]
  private var busy: Set<MissionID> = []
  private var isClosed = false
  private var hasSmallEnded = false

  init() {
    mutex = .allocate(capacity: 1)
    conditions = .allocate(capacity: Self.endCondition + 1)
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    for index in 0...Self.endCondition { pthread_cond_init(conditions + index, &attributes) }
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    for index in 0...Self.endCondition { pthread_cond_destroy(conditions + index) }
    pthread_mutex_destroy(mutex)
    conditions.deallocate()
    mutex.deallocate()
  }

  func add(_ job: Job) {
    pthread_mutex_lock(mutex)
    waiting.append(job)
    counts[job.lane.rawValue] += 1
    pthread_cond_signal(conditions + job.lane.rawValue)
    pthread_mutex_unlock(mutex)
  }

  /// What waits is still done; what is added after this may not be.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    for lane in Lane.allCases { pthread_cond_broadcast(conditions + lane.rawValue) }
    pthread_mutex_unlock(mutex)
  }

  /// Waits for work of the lane and takes what may be done together; nil when the queue is closed and the lane
  /// empty. Each taken group must be given back with `finish`.
  func take(_ lane: Lane) -> [Job]? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      let group = counts[lane.rawValue] > 0 ? takeGroup(lane) : []
      if !group.isEmpty { return group }
      if isClosed && counts[lane.rawValue] == 0 { return nil }
      pthread_cond_wait(conditions + lane.rawValue, mutex)
    }
  }

  func finish(_ group: [Job]) {
    pthread_mutex_lock(mutex)
    for job in group { busy.remove(job.mission) }
    // Jobs of these missions may have been passed over.
    for lane in Lane.allCases where counts[lane.rawValue] > 0 {
      pthread_cond_broadcast(conditions + lane.rawValue)
    }
    pthread_mutex_unlock(mutex)
  }

  /// The small lane's thread takes nothing any more.
  func smallLaneEnded() {
    pthread_mutex_lock(mutex)
    hasSmallEnded = true
    pthread_cond_broadcast(conditions + Self.endCondition)
    pthread_mutex_unlock(mutex)
  }

  /// Whether the small lane ended in time.
  func waitForSmallLane(until deadline: Deadline) -> Bool {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    var time = deadline.time
    while !hasSmallEnded {
      if pthread_cond_timedwait(conditions + Self.endCondition, mutex, &time) == ETIMEDOUT {
        return hasSmallEnded
      }
    }
    return true
  }

  private func takeGroup(_ lane: Lane) -> [Job] {
    let largestCount = lane == .small ? Self.largestGroup : 1
    var group: [Job] = []
    var size = 0
    var passedOver: Set<MissionID> = []
    var left: [Job] = []
    for job in waiting {
      let fits = job.lane == lane && group.count < largestCount && size < Self.largestGroupSize
      if fits, !busy.contains(job.mission), !passedOver.contains(job.mission) {
        group.append(job)
        busy.insert(job.mission)
        size += job.size
      } else {
        passedOver.insert(job.mission)
        left.append(job)
      }
    }
    waiting = left
    counts[lane.rawValue] -= group.count
    return group
  }
}

extension SpoolQueue.Job {
  fileprivate var size: Int {
    if case .ingest(.memory(let bytes), _) = work { return bytes.count }
    return 0
  }
}

extension SpoolQueue.Job.Work {
  fileprivate var lane: SpoolQueue.Lane {
    switch self {
    case .ingest(.file, _): return .large
    case .ingest(.memory(let bytes), _): return bytes.count > SpooledResult.largestInMemory ? .large : .small
    // Removing a large file takes its time.
    case .remove(let hasFile): return hasFile ? .large : .small
    case .claim(let size, _, _, _): return size > SpooledResult.largestInMemory ? .large : .small
    }
  }
}
