import MissionCore
import SQLite

/// Writes the records of runs.
struct RunWriter {
  let store: JournalStore

  func begin(_ run: RunRecord) throws {
    let insert = try store.connection.prepare(
      "INSERT INTO runs (id, started_at, skipped, rejected_rows, shard) VALUES (?, ?, ?, ?, ?)")
    try insert.bind(run.id, at: 1)
    try insert.bind(run.startedAt, at: 2)
    try insert.bind(run.counts.skipped, at: 3)
    try insert.bind(run.counts.rejectedRows, at: 4)
    try insert.bind(run.shard.map { "\($0.index)/\($0.count)" }, at: 5)
    try insert.run()
    // What the lanes of an earlier run could take is found out anew.
    try store.connection.execute("DELETE FROM lane_limits")
  }

  func end(_ id: String, exitCode: Int, ended: RunEnd?, at time: Timestamp) throws {
    let number = try store.runs.number(of: id)
    let update = try store.connection.prepare(
      "UPDATE runs SET finished_at = ?2, alive_at = ?2, exit_code = ?3, ended = ?4 WHERE number = ?1")
    try update.bind(number, at: 1)
    try update.bind(time, at: 2)
    try update.bind(exitCode, at: 3)
    try update.bind(ended?.rawValue, at: 4)
    try update.run()
  }

  /// Only while it works: an end stays what it was.
  func alive(_ id: String, at time: Timestamp) throws {
    let number = try store.runs.number(of: id)
    let update = try store.connection.prepare(
      "UPDATE runs SET alive_at = ?2 WHERE number = ?1 AND finished_at IS NULL")
    try update.bind(number, at: 1)
    try update.bind(time, at: 2)
    try update.run()
  }

  /// Nil leaves a count as it is.
  func setCounts(_ id: String, skipped: Int?, rejectedRows: Int?) throws {
    let number = try store.runs.number(of: id)
    let update = try store.connection.prepare(
      """
      UPDATE runs SET skipped = coalesce(?2, skipped), rejected_rows = coalesce(?3, rejected_rows) WHERE number = ?1
      """)
    try update.bind(number, at: 1)
    try update.bind(skipped.map { Int64($0) }, at: 2)
    try update.bind(rejectedRows.map { Int64($0) }, at: 3)
    try update.run()
  }
}
