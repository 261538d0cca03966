import MissionCore
import SQLite

/// Counts attempts that failed, by run, code, worker and proxy, and the time that they took.
final class RetryWriter {
  private let note: SQLiteStatement

  init(_ connection: SQLiteConnection) throws {
    note = try connection.prepare(
      """
      INSERT INTO retries (run, code, worker, proxy, retries, failures, lost_ms)
        SELECT ?2, ?3, CASE ?5 WHEN 1 THEN coalesce(worker, '') ELSE '' END,
          CASE ?5 WHEN 1 THEN coalesce(proxy, '') ELSE '' END, ?4, 1,
          CASE checkpoint WHEN \(checkpoint: .scrape) THEN coalesce(max(0, ?6 - attempt_at), 0) ELSE 0 END
        FROM missions WHERE number = ?1
        ON CONFLICT (run, code, worker, proxy) DO UPDATE SET retries = retries + excluded.retries,
          failures = failures + 1, lost_ms = lost_ms + excluded.lost_ms
      """, isPersistent: true)
  }

  /// Whether `note` has something to count.
  func counts(_ change: MissionChange) -> Bool {
    switch change {
    case .retryQueued, .failed: return true
    default: return false
    }
  }

  /// Before the change is written: the row still tells of the attempt.
  func note(_ change: MissionChange, number: Int64, run: Int64?, at time: Timestamp) throws {
    guard let run else { return }
    switch change {
    case .retryQueued(let code, _): try note(code, isRetried: true, number, run, time)
    // What a person is to look at was no time thrown away.
    case .failed(let code, let cause, _) where code != .resultSuspicious:
      try note(cause ?? code, isRetried: false, number, run, time)
    default: break
    }
  }

  private func note(
    _ code: ErrorCode, isRetried: Bool, _ number: Int64, _ run: Int64, _ time: Timestamp
  ) throws {
    try note.bind(number, at: 1)
    try note.bind(run, at: 2)
    try note.bind(code, at: 3)
    try note.bind(isRetried ? 1 : 0, at: 4)
    try note.bind(code.checkpoint == .scrape ? 1 : 0, at: 5)
    try note.bind(time, at: 6)
    try note.run()
  }
}
