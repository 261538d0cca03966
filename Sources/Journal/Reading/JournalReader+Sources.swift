import MissionCore
import SQLite

extension JournalReader {
  /// The run's unfinished missions by the source that they name, for sources other than these.
  package func left(
    ofRun run: String, namingOtherThan sources: [String]
  ) throws(JournalError) -> [(source: String, missions: Int)] {
    try reading {
      let rows = try connection.prepare(
        """
        SELECT source, count(*) FROM missions
        WHERE run = (SELECT number FROM runs WHERE id = ?1) AND \(is: .pending, .running)
          OR \(is: .queued) AND (SELECT id FROM runs ORDER BY number DESC LIMIT 1) = ?1
        GROUP BY source ORDER BY source
        """)
      try rows.bind(run, at: 1)
      var found: [(source: String, missions: Int)] = []
      while try rows.step() {
        let source = rows.text(0) ?? ""
        if !sources.contains(source) { found.append((source, rows.int(1))) }
      }
      return found
    }
  }
}
