import MissionCore
import SQLite

extension JournalReader {
  /// By source, when its latest mission was DONE.
  package func lastSuccesses() throws(JournalError) -> [(source: String, at: Timestamp)] {
    try reading {
      let rows = try connection.prepare(
        """
        SELECT source, max(finished_at) FROM missions WHERE \(is: .done) AND finished_at IS NOT NULL
        GROUP BY source ORDER BY source
        """)
      var found: [(source: String, at: Timestamp)] = []
      while try rows.step() {
        if let at = rows.time(1) { found.append((rows.text(0) ?? "", at)) }
      }
      return found
    }
  }

  /// By worker, seconds of the jobs that brought what the run's missions have, and of those that failed.
  package func jobSeconds(runID: String) throws(JournalError) -> [(worker: String, seconds: Double)] {
    try reading {
      let run = try runDirectory.number(of: runID)
      let rows = try connection.prepare(
        """
        SELECT worker, sum(ms) FROM
          (SELECT worker, scrape_ms AS ms FROM missions WHERE run = \(run) AND scrape_ms IS NOT NULL AND worker IS NOT NULL
           UNION ALL SELECT worker, lost_ms FROM retries WHERE run = \(run) AND worker <> '')
        GROUP BY worker ORDER BY worker
        """)
      var found: [(worker: String, seconds: Double)] = []
      while try rows.step() { found.append((rows.text(0) ?? "", Double(rows.integer(1)) / 1000)) }
      return found
    }
  }
}
