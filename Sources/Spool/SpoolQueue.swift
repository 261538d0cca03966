import MissionCore
import Ports
import Synchronization
import Threads

/// Work that waits for the spool's threads. Work of one mission is done in the order it came, one piece at a
/// time; other missions' work may overtake it.
final class SpoolQueue: Sendable {
  /// Threads take only work of their lane: a large result never holds small ones up.
  enum Lane: Int, CaseIterable {
    case small, large
  }

  struct Job {
    enum Work {
      case ingest(
        ReceivedAnswer, attempt: Int, as: any AnswerReading,
        reply: @Sendable (Result<ScrapeAnswer, SpoolError>) -> Void)
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

  private struct State {
    /// Missions with work that waits in a lane or is under way, and the work that may only follow it.
    var following: [MissionID: [Job]] = [:]
    /// Following jobs of each lane.
    var followingCounts = [0, 0]
    var isClosed = false
  }

  private let state = Mutex(State())
  private let lanes = Lane.allCases.map { _ in Queue<Job>() }
  private let smallLaneEnd = Answer<Void>()

  func add(_ job: Job) {
    state.withLock { state in
      if state.isClosed { return }
      if state.following[job.mission] == nil {
        state.following[job.mission] = []
        lanes[job.lane.rawValue].push(job)
      } else {
        state.following[job.mission]?.append(job)
        state.followingCounts[job.lane.rawValue] += 1
      }
    }
  }

  /// What waits is still done; what is added after this is not.
  func close() {
    state.withLock { state in
      state.isClosed = true
      closeLanes(state)
    }
  }

  /// Waits for work of the lane and takes what may be done together; nil when the queue is closed and the lane
  /// empty. Each taken group must be given back with `finish`.
  func take(_ lane: Lane) -> [Job]? {
    lanes[lane.rawValue].take { jobs in lane == .small ? Self.countTogether(jobs) : 1 }
  }

  private static func countTogether(_ jobs: [Job]) -> Int {
    var count = 0
    var size = 0
    for job in jobs.prefix(largestGroup) where size < largestGroupSize {
      size += job.size
      count += 1
    }
    return count
  }

  func finish(_ group: [Job]) {
    state.withLock { state in
      for job in group {
        guard let next = state.following[job.mission]?.first else {
          state.following[job.mission] = nil
          continue
        }
        state.following[job.mission]?.removeFirst()
        state.followingCounts[next.lane.rawValue] -= 1
        lanes[next.lane.rawValue].push(next)
      }
      if state.isClosed { closeLanes(state) }
    }
  }

  /// A lane into which something may still follow stays open.
  private func closeLanes(_ state: State) {
    for lane in Lane.allCases where state.followingCounts[lane.rawValue] == 0 { lanes[lane.rawValue].close() }
  }

  /// The small lane's thread takes nothing any more.
  func smallLaneEnded() { smallLaneEnd.give(()) }

  /// Whether the small lane ended in time.
  func waitForSmallLane(until deadline: Moment) -> Bool { smallLaneEnd.wait(until: deadline) != nil }
}

extension SpoolQueue.Job {
  fileprivate var size: Int {
    if case .ingest(.memory(let bytes), _, _, _) = work { return bytes.count }
    return 0
  }
}

extension SpoolQueue.Job.Work {
  fileprivate var lane: SpoolQueue.Lane {
    switch self {
    case .ingest(.file, _, _, _): return .large
    case .ingest(.memory(let bytes), _, _, _):
      return bytes.count > SpooledResult.largestInMemory ? .large : .small
    // Removing a large file takes its time.
    case .remove(let hasFile): return hasFile ? .large : .small
    case .claim(let size, _, _, _): return size > SpooledResult.largestInMemory ? .large : .small
    }
  }
}
