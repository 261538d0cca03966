import MissionCore
import SQLite

/// Attempts that failed with one code, on one worker, through one proxy.
public struct FailedAttempts: Hashable, Sendable {
  public let code: ErrorCode
  /// Nil where it has nothing to do with it.
  public let worker: String?
  public let proxy: String?
  /// Those that were tried again and counted.
  public let retries: Int
  public let failures: Int
  /// Seconds of jobs that brought nothing.
  public let lostSeconds: Double
}

extension JournalReader {
  /// Of one run, or of all.
  public func failedAttempts(runID: String? = nil) throws(JournalError) -> [FailedAttempts] {
    try reading {
      let condition = try runID.map { "WHERE run = \(try runDirectory.number(of: $0))" } ?? ""
      let rows = try connection.prepare(
        """
        SELECT code, worker, proxy, sum(retries), sum(failures), sum(lost_ms) FROM retries \(condition)
        GROUP BY code, worker, proxy ORDER BY code, worker, proxy
        """)
      var found: [FailedAttempts] = []
      while try rows.step() {
        guard let code = rows.errorCode(0) else { continue }
        found.append(
          FailedAttempts(
            code: code, worker: rows.text(1).flatMap { $0.isEmpty ? nil : $0 },
            proxy: rows.text(2).flatMap { $0.isEmpty ? nil : $0 }, retries: rows.int(3),
            failures: rows.int(4), lostSeconds: Double(rows.integer(5)) / 1000))
      }
      return found
    }
  }
}
