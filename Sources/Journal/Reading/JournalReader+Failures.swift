import MissionCore
import SQLite

extension JournalReader {
  /// The FAILED missions that failed last, the latest first.
  public func latestFailures(limit: Int) throws(JournalError) -> [MissionRecord] {
    try reading {
      // Found by number, so that only those that are shown are read whole.
      let rows = try connection.prepare(
        """
        SELECT \(MissionColumns.list) FROM missions WHERE number IN
          (SELECT number FROM missions WHERE \(Schema.isNotDone) AND \(is: .failed) ORDER BY finished_at DESC LIMIT ?)
        ORDER BY finished_at DESC, id
        """)
      try rows.bind(limit, at: 1)
      return try decodeAll(rows)
    }
  }
}
