import MissionCore
import SQLite

/// What a rule says of one mission, and what of the journal's has to do with it.
package struct MissionVerdict: Hashable, Sendable {
  package let isChosen: Bool
  /// By a person, with `retry` or `rerun`.
  package let isPutBack: Bool
  /// A job, spooled bytes, or rows without an object.
  package let isUnderWay: Bool
}

// Why a mission is chosen or not, where it stood, and how long missions take.
extension JournalReader {
  /// Nil for a mission that the journal does not hold. The filter and the limit of the rule are not looked at.
  ///
  /// - Parameters:
  ///   - isListed: a file or a window names it now.
  ///   - isDue: and says that it is due again.
  package func verdict(
    on id: MissionID, _ rule: SelectionRule, isListed: Bool, isDue: Bool
  ) throws(JournalError) -> MissionVerdict? {
    try reading {
      let sql = SelectionSQL(
        rule, listed: isListed ? "1" : "0", kept: SelectionSQL.kept, due: isDue ? "1" : "0")
      let row = try connection.prepare(
        "SELECT \(sql.chosen), put_back, \(SelectionSQL.kept) FROM missions WHERE id = ?")
      try row.bind(id, at: 1)
      guard try row.step() else { return nil }
      return MissionVerdict(
        isChosen: row.integer(0) != 0, isPutBack: row.integer(1) != 0, isUnderWay: row.integer(2) != 0)
    }
  }

  /// Unfinished missions that a run had begun: with a job, spooled bytes or rows without an object.
  package func underWay() throws(JournalError) -> Int {
    try reading {
      let row = try connection.prepare(
        """
        SELECT count(*) FROM missions WHERE \(is: .pending, .queued, .running) AND (\(is: .running)
          OR checkpoint > \(checkpoint: .scrape) OR job_id IS NOT NULL OR unanswered_start = 1)
        """)
      return try row.step() ? row.int(0) : 0
    }
  }

  /// The file and line of the mission's row when it was imported; nil when that was not written down.
  package func origin(of id: MissionID) throws(JournalError) -> (file: String, line: Int)? {
    let found: [(String, Int)] = try reading {
      let row = try connection.prepare(
        "SELECT o.name, m.origin_line FROM missions m JOIN origins o ON o.number = m.origin WHERE m.id = ?")
      try row.bind(id, at: 1)
      return try row.step() ? [(row.text(0) ?? "", row.int(1))] : []
    }
    return found.first.map { (file: $0.0, line: $0.1) }
  }

  /// By source, how many seconds the latest DONE missions took on the average, all checkpoints together.
  package func meanSeconds(ofLatest count: Int = 1000) throws(JournalError) -> [String: Double] {
    try reading {
      let rows = try connection.prepare(
        """
        SELECT source, avg(coalesce(scrape_ms, 0) + coalesce(db_ms, 0) + coalesce(s3_ms, 0)) / 1000.0 FROM
          (SELECT source, scrape_ms, db_ms, s3_ms FROM missions
           WHERE \(is: .done) AND scrape_ms IS NOT NULL ORDER BY number DESC LIMIT ?)
        GROUP BY source
        """)
      try rows.bind(count, at: 1)
      var means: [String: Double] = [:]
      while try rows.step() { means[rows.text(0) ?? ""] = rows.double(1) }
      return means
    }
  }
}
