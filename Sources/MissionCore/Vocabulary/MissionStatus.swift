/// Where a mission stands (SPEC 2).
package enum MissionStatus: String, CaseIterable, Sendable {
  /// Known, not chosen yet.
  case pending = "PENDING"
  /// Chosen for a run.
  case queued = "QUEUED"
  case running = "RUNNING"
  case done = "DONE"
  case failed = "FAILED"
  /// Ended by a person.
  case cancelled = "CANCELLED"

  package var isFinished: Bool { self == .done || self == .failed || self == .cancelled }
}
