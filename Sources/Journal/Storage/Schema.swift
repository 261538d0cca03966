import MissionCore

/// The tables of the journal.
///
/// Missions and runs have a small `number` beside their id, which is what events and indexes hold. Times are
/// milliseconds since 1970 UTC, days are days since 1970, durations are milliseconds.
enum Schema {
  /// `MCJ1` in ASCII: tells our files from others (`PRAGMA application_id`).
  static let applicationID: Int64 = 0x4D43_4A31

  /// Missions that a worker may still have a job of. Stands alike in the index `missions_with_job` (`Migrations`),
  /// which serves only queries that say the same.
  static let withJob = """
    status <= \(status: .queued) AND checkpoint = \(checkpoint: .scrape) \
    AND (job_id IS NOT NULL OR unanswered_start = 1)
    """

  /// As the indexes over missions that are not DONE say it; SQLite takes them only for queries that say the same.
  static let isNotDone = "status <> \(status: .done)"
}
