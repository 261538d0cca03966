import Messages

/// Where a mission stands (SPEC 2).
public enum MissionStatus: String, CaseIterable, Sendable {
  /// Known, not chosen yet.
  case pending = "PENDING"
  /// Chosen for a run.
  case queued = "QUEUED"
  case running = "RUNNING"
  case done = "DONE"
  case failed = "FAILED"
  /// Ended by a person.
  case cancelled = "CANCELLED"

  /// As messages say it.
  package var word: Message {
    switch self {
    case .pending: "PENDING"
    case .queued: "QUEUED"
    case .running: "RUNNING"
    case .done: "DONE"
    case .failed: "FAILED"
    case .cancelled: "CANCELLED"
    }
  }

  public var isFinished: Bool { self == .done || self == .failed || self == .cancelled }
}
