/// A stage of a mission, in the order they run.
public enum Checkpoint: String, CaseIterable, Comparable, Sendable {
  case scrape = "SCRAPE"
  case db = "DB"
  case s3 = "S3"

  public var ordinal: Int {
    switch self {
    case .scrape: return 0
    case .db: return 1
    case .s3: return 2
    }
  }

  public static func < (left: Checkpoint, right: Checkpoint) -> Bool { left.ordinal < right.ordinal }

  /// How this checkpoint shows for a mission that has reached `reached` with `status`.
  public func mark(reached: Checkpoint, status: MissionStatus) -> CheckpointMark {
    if status == .done || self < reached { return .done }
    if self > reached { return .pending }
    switch status {
    case .running: return .running
    case .failed: return .failed
    default: return .pending
    }
  }
}

/// How one checkpoint of a mission shows.
public enum CheckpointMark: String, Sendable {
  case pending, running, done, failed
}
