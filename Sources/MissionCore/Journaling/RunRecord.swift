/// One invocation of `run` as the journal keeps it.
public struct RunRecord: Hashable, Sendable {
  public var id: String
  public var startedAt: Timestamp
  /// Nil while it works, and when it was killed.
  public var finishedAt: Timestamp?
  public var exitCode: Int?
  /// As the run wrote it down; `end(isLive:)` also knows the others.
  public var ended: RunEnd?
  /// The last sign of life, while it works and for ever when it was killed.
  public var aliveAt: Timestamp?
  public var counts: RunCounts
  /// The part of the missions that it was for; nil when it was for all.
  public var shard: MissionFilter.Shard?

  public init(id: String, startedAt: Timestamp) {
    self.id = id
    self.startedAt = startedAt
    counts = RunCounts()
  }
}

/// `selected` = `done` + `failed` + `cancelled` + `left`; the rest lies outside the selection (SPEC 11).
public struct RunCounts: Hashable, Sendable {
  public var selected = 0
  public var done = 0
  /// Of these, the missions that destination and store had: nothing was asked of their source.
  public var recovered = 0
  public var failed = 0
  public var cancelled = 0
  public var skipped = 0
  /// Listed missions that stay FAILED from earlier runs; they are among the skipped ones.
  public var failedEarlier = 0
  public var rejectedRows = 0
  /// Elements of `data` over the run's DONE missions.
  public var ads: Int64 = 0

  public init() {}

  public var left: Int { selected - done - failed - cancelled }

  /// The counts of missions and rows under the names that reports and notifications give them.
  package var named: [(name: String, count: Int)] {
    [
      ("selected", selected), ("done", done), ("failed", failed), ("cancelled", cancelled), ("left", left),
      ("skipped", skipped), ("rejected_rows", rejectedRows), ("failed_earlier", failedEarlier),
      ("recovered", recovered),
    ]
  }
}

/// Missions per status.
public struct StatusCounts: Hashable, Sendable {
  public var pending = 0
  public var queued = 0
  public var running = 0
  public var done = 0
  public var failed = 0
  public var cancelled = 0

  public init() {}

  public var total: Int { pending + queued + running + done + failed + cancelled }

  public subscript(status: MissionStatus) -> Int {
    get {
      switch status {
      case .pending: return pending
      case .queued: return queued
      case .running: return running
      case .done: return done
      case .failed: return failed
      case .cancelled: return cancelled
      }
    }
    set {
      switch status {
      case .pending: pending = newValue
      case .queued: queued = newValue
      case .running: running = newValue
      case .done: done = newValue
      case .failed: failed = newValue
      case .cancelled: cancelled = newValue
      }
    }
  }
}
