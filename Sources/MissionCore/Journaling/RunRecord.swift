/// One invocation of `run` as the journal keeps it.
package struct RunRecord: Hashable, Sendable {
  package var id: String
  package var startedAt: Timestamp
  /// Nil while it works, and when it was killed.
  package var finishedAt: Timestamp?
  package var exitCode: Int?
  /// As the run wrote it down; `end(isLive:)` also knows the others.
  package var ended: RunEnd?
  /// The last sign of life, while it works and for ever when it was killed.
  package var aliveAt: Timestamp?
  package var counts: RunCounts
  /// The part of the missions that it was for; nil when it was for all.
  package var shard: MissionFilter.Shard?

  package init(id: String, startedAt: Timestamp) {
    self.id = id
    self.startedAt = startedAt
    counts = RunCounts()
  }
}

/// `selected` = `done` + `failed` + `cancelled` + `left`; the rest lies outside the selection (SPEC 11).
package struct RunCounts: Hashable, Sendable {
  package var selected = 0
  package var done = 0
  /// Of these, the missions that destination and store had: nothing was asked of their source.
  package var recovered = 0
  package var failed = 0
  package var cancelled = 0
  package var skipped = 0
  /// Listed missions that stay FAILED from earlier runs; they are among the skipped ones.
  package var failedEarlier = 0
  package var rejectedRows = 0
  /// Elements of `data` over the run's DONE missions.
  package var ads: Int64 = 0

  package init() {}

  package var left: Int { selected - done - failed - cancelled }

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
package struct StatusCounts: Hashable, Sendable {
  package var pending = 0
  package var queued = 0
  package var running = 0
  package var done = 0
  package var failed = 0
  package var cancelled = 0

  package init() {}

  package var total: Int { pending + queued + running + done + failed + cancelled }

  package subscript(status: MissionStatus) -> Int {
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
