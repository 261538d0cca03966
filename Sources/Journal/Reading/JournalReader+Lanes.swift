import MissionCore
import SQLite

extension JournalReader {
  /// By lane, how many jobs at once the live run gives those that do not get all that they could have.
  package func laneLimits() throws(JournalError) -> [String: LaneLimit] {
    try reading {
      let rows = try connection.prepare("SELECT lane, jobs, capacity, reason, times FROM lane_limits")
      var found: [String: LaneLimit] = [:]
      while try rows.step() {
        guard let reason = LaneLimit.Reason(stored: rows.text(3) ?? "", times: rows.double(4)) else {
          continue
        }
        found[rows.text(0) ?? ""] = LaneLimit(limit: rows.int(1), capacity: rows.int(2), reason: reason)
      }
      return found
    }
  }
}
