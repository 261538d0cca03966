import MissionCore
import SQLite

/// How long one checkpoint took, over the missions of a run that passed it (nearest rank).
public struct CheckpointDurations: Hashable, Sendable {
  public let checkpoint: Checkpoint
  public let count: Int
  public let p50Seconds: Double
  public let p95Seconds: Double
}

/// What one worker, or one proxy, has to do with in a run.
public struct ShareOfRun: Hashable, Sendable {
  /// The worker's name or the proxy's server.
  public let name: String
  public let missions: Int
  public let done: Int
  public let failed: Int
  public let ads: Int64
  public let bytes: Int64
}

/// The FAILED missions of a run with one error code.
public struct FailureGroup: Hashable, Sendable {
  public let code: ErrorCode
  public let count: Int
  /// The first in run order.
  public let example: MissionRecord
}

// Runs and what the report tells of them. Missions count for the run that chose them last.
extension JournalReader {
  /// Nil when there is no such run.
  public func run(id: String) throws(JournalError) -> RunRecord? {
    try reading {
      let rows = try connection.prepare("SELECT \(Self.runColumns) FROM runs WHERE id = ?")
      try rows.bind(id, at: 1)
      return try rows.step() ? Self.decodeRun(rows) : nil
    }
  }

  /// The runs whose id begins so, oldest first; at most 2, which says that the prefix is ambiguous.
  public func run(idPrefix: String) throws(JournalError) -> [RunRecord] {
    try reading {
      let rows = try connection.prepare(
        "SELECT \(Self.runColumns) FROM runs WHERE substr(id, 1, length(?1)) = ?1 ORDER BY number LIMIT 2")
      try rows.bind(idPrefix, at: 1)
      var runs: [RunRecord] = []
      while try rows.step() { runs.append(Self.decodeRun(rows)) }
      return runs
    }
  }

  /// What tells this journal from any other.
  package func identity() throws(JournalError) -> String {
    let found: [String?] = try reading {
      let row = try connection.prepare("SELECT id FROM journal_identity")
      return try row.step() ? [row.text(0)] : []
    }
    return found.first.flatMap { $0 } ?? ""
  }

  /// Nil before the first run.
  public func latestRun() throws(JournalError) -> RunRecord? { try runs(limit: 1).first }

  /// The latest runs, newest first.
  public func runs(limit: Int) throws(JournalError) -> [RunRecord] {
    try reading {
      let rows = try connection.prepare("SELECT \(Self.runColumns) FROM runs ORDER BY number DESC LIMIT ?")
      try rows.bind(limit, at: 1)
      var runs: [RunRecord] = []
      while try rows.step() { runs.append(Self.decodeRun(rows)) }
      return runs
    }
  }

  /// For each checkpoint that some mission of the run has passed.
  public func percentiles(runID: String) throws(JournalError) -> [CheckpointDurations] {
    try reading {
      let run = try runDirectory.number(of: runID)
      return try zip(Checkpoint.allCases, ["scrape_ms", "db_ms", "s3_ms"]).compactMap { checkpoint, column in
        let condition = "FROM missions WHERE run = \(run) AND \(column) IS NOT NULL"
        let count = Int(try connection.integer("SELECT count(*) \(condition)") ?? 0)
        if count == 0 { return nil }
        func value(_ percent: Int) throws -> Double {
          let rank = (count * percent + 99) / 100
          let sql = "SELECT \(column) \(condition) ORDER BY \(column) LIMIT 1 OFFSET \(rank - 1)"
          return Double(try connection.integer(sql) ?? 0) / 1000
        }
        return try CheckpointDurations(
          checkpoint: checkpoint, count: count, p50Seconds: value(50), p95Seconds: value(95))
      }
    }
  }

  /// What each worker did of a run.
  public func perWorker(runID: String) throws(JournalError) -> [ShareOfRun] {
    try shares(runID, by: "worker")
  }
  /// What was done of a run through each proxy.
  public func perProxy(runID: String) throws(JournalError) -> [ShareOfRun] { try shares(runID, by: "proxy") }

  /// By code; the most frequent first.
  public func failures(runID: String) throws(JournalError) -> [FailureGroup] {
    try reading {
      // `+`: found among those that FAILED, which are fewer than the run's.
      let ofRun = "+run = \(try runDirectory.number(of: runID))"
      let groups = try connection.prepare(
        """
        SELECT error_code, count(*) FROM missions WHERE \(ofRun) AND \(is: .failed) AND error_code IS NOT NULL
        GROUP BY error_code ORDER BY count(*) DESC, error_code
        """)
      var failures: [FailureGroup] = []
      while try groups.step() {
        guard let code = groups.errorCode(0) else { continue }
        let example = try connection.prepare(
          """
          SELECT \(MissionColumns.list) FROM missions WHERE \(ofRun) AND \(is: .failed) AND error_code = ?
          ORDER BY \(FilterSQL.order(.oldest)) LIMIT 1
          """)
        try example.bind(code, at: 1)
        guard let mission = try decodeAll(example).first else { continue }
        failures.append(FailureGroup(code: code, count: groups.int(1), example: mission))
      }
      return failures
    }
  }

  /// Bytes of the `data` arrays of the run's DONE missions.
  public func bytes(runID: String) throws(JournalError) -> Int64 {
    try reading {
      let run = try runDirectory.number(of: runID)
      return try connection.integer("SELECT sum(size) FROM missions WHERE run = \(run) AND \(is: .done)") ?? 0
    }
  }

  private func shares(_ runID: String, by column: String) throws(JournalError) -> [ShareOfRun] {
    try reading {
      let run = try runDirectory.number(of: runID)
      let rows = try connection.prepare(
        """
        SELECT \(column), count(*), sum(\(is: .done)), sum(\(is: .failed)),
          sum(CASE status WHEN 3 THEN coalesce(ads_count, 0) ELSE 0 END),
          sum(CASE status WHEN 3 THEN coalesce(size, 0) ELSE 0 END)
        FROM missions WHERE run = \(run) AND \(column) IS NOT NULL GROUP BY \(column) ORDER BY \(column)
        """)
      var shares: [ShareOfRun] = []
      while try rows.step() {
        shares.append(
          ShareOfRun(
            name: rows.text(0) ?? "", missions: rows.int(1), done: rows.int(2), failed: rows.int(3),
            ads: rows.integer(4), bytes: rows.integer(5)))
      }
      return shares
    }
  }

  private static let runColumns = """
    id, started_at, finished_at, exit_code, selected, done, failed, cancelled, skipped, rejected_rows, ads, \
    failed_earlier, ended, alive_at, recovered, shard
    """

  private static func shard(_ text: String) -> MissionFilter.Shard? {
    let parts = text.split(separator: "/").compactMap { UInt64($0) }
    return parts.count == 2 ? MissionFilter.Shard(index: parts[0], count: parts[1]) : nil
  }

  private static func decodeRun(_ row: SQLiteStatement) -> RunRecord {
    var run = RunRecord(id: row.text(0) ?? "", startedAt: Timestamp(milliseconds: row.integer(1)))
    run.finishedAt = row.time(2)
    run.exitCode = row.optionalInteger(3).map { Int($0) }
    run.counts.selected = row.int(4)
    run.counts.done = row.int(5)
    run.counts.failed = row.int(6)
    run.counts.cancelled = row.int(7)
    run.counts.skipped = row.int(8)
    run.counts.rejectedRows = row.int(9)
    run.counts.ads = row.integer(10)
    run.counts.failedEarlier = row.int(11)
    run.ended = row.text(12).flatMap { RunEnd(rawValue: $0) }
    run.aliveAt = row.time(13)
    run.counts.recovered = row.int(14)
    run.shard = row.text(15).flatMap(Self.shard)
    return run
  }
}
