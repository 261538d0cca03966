import MissionCore
import SQLite

/// Writes which lanes get fewer jobs at once than they could have.
final class LaneWriter {
  private let limit: SQLiteStatement
  private let free: SQLiteStatement

  init(_ connection: SQLiteConnection) throws {
    limit = try connection.prepare(
      """
      INSERT OR REPLACE INTO lane_limits (lane, jobs, capacity, reason, times, changed_at) VALUES (?, ?, ?, ?, ?, ?)
      """, isPersistent: true)
    free = try connection.prepare("DELETE FROM lane_limits WHERE lane = ?", isPersistent: true)
  }

  /// - Parameter found: nil when the lane gets all that it can have.
  func limited(_ lane: String, _ found: LaneLimit?, at time: Timestamp) throws {
    guard let found else {
      try free.bind(lane, at: 1)
      return try free.run()
    }
    try limit.bind(lane, at: 1)
    try limit.bind(found.limit, at: 2)
    try limit.bind(found.capacity, at: 3)
    try limit.bind(found.reason.stored.word, at: 4)
    try limit.bind(found.reason.stored.times, at: 5)
    try limit.bind(time, at: 6)
    try limit.run()
  }
}

extension LaneLimit.Reason {
  fileprivate var stored: (word: String, times: Double?) {
    switch self {
    case .comparing: return ("comparing", nil)
    case .slower(let times): return ("slower", times)
    case .refused: return ("refused", nil)
    case .sessionFailed: return ("session_failed", nil)
    }
  }

  /// Nil for a word that this version does not know.
  init?(stored word: String, times: Double) {
    switch word {
    case "comparing": self = .comparing
    case "slower": self = .slower(times: times)
    case "refused": self = .refused
    case "session_failed": self = .sessionFailed
    default: return nil
    }
  }
}
