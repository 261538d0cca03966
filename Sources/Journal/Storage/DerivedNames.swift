import MissionCore
import SQLite

/// What a person who looks into the journal with SQLite's own shell reads by: the names of event kinds and the views
/// `mission_list` and `mission_events`.
///
/// They follow from this program's words, so they are no part of a version: an opening for writing makes anew what
/// is not as it should be. So are the indexes of the missions that FAILED and of the suspicious results, which are few and
/// asked for by `status` and each report.
enum DerivedNames {
  /// Writes nothing when all is as it should be. In one transaction.
  static func refresh(_ connection: SQLiteConnection) throws {
    if try areCurrent(connection) { return }
    try connection.execute("BEGIN IMMEDIATE")
    do {
      try connection.execute("DELETE FROM event_kinds;\n" + kinds)
      for view in views {
        try connection.execute("DROP VIEW IF EXISTS \(view.name);\nCREATE VIEW \(view.name) AS\n\(view.sql)")
      }
      for index in indexes {
        try connection.execute("DROP INDEX IF EXISTS \(index.name);\n\(index.sql)")
      }
      try connection.execute("COMMIT")
    } catch {
      // The first error counts; what a failed rollback leaves is undone when the file is opened next.
      try? connection.execute("ROLLBACK")
      throw error
    }
  }

  private static func areCurrent(_ connection: SQLiteConnection) throws -> Bool {
    let found = try connection.prepare("SELECT kind, name FROM event_kinds ORDER BY kind")
    var names: [Int64: String] = [:]
    while try found.step() { names[found.integer(0)] = found.text(1) }
    let wanted = Dictionary(uniqueKeysWithValues: EventKind.allCases.map { ($0.stored, $0.rawValue) })
    guard names == wanted else { return false }
    let stored = try connection.prepare("SELECT sql FROM sqlite_schema WHERE name = ?")
    for (name, sql) in views.map({ ($0.name, "CREATE VIEW \($0.name) AS\n\($0.sql)") }) + indexes {
      try stored.bind(name, at: 1)
      defer { stored.reset() }
      guard try stored.step(), stored.text(0) == sql else { return false }
    }
    return true
  }

  /// What they hold is all that is asked for, so that no row is read.
  private static let indexes = [
    (
      name: "missions_failed",
      sql: """
      CREATE INDEX missions_failed ON missions (status, date_start, date_end, error_code, run) WHERE \(is: .failed)
      """
    ),
    (
      name: "missions_suspicious",
      sql: "CREATE INDEX missions_suspicious ON missions (date_start, date_end) WHERE suspicious IS NOT NULL"
    ),
  ]

  private static let kinds =
    "INSERT INTO event_kinds VALUES "
    + EventKind.allCases.map { "(\($0.stored), '\($0.rawValue)')" }.joined(separator: ", ")

  private static let views = [
    (name: "mission_list", sql: missionList), (name: "mission_events", sql: missionEvents),
  ]

  private static let missionList = """
    SELECT \(uuid("m.id")) AS id, m.source, date(m.date_start * 86400, 'unixepoch') AS date_start,
      date(m.date_end * 86400, 'unixepoch') AS date_end,
      \(words("m.media_type", MediaType.allCases.map { ($0.stored, $0.rawValue) })) AS media_type,
      m.languages, coalesce(m.parameters, '{}') AS parameters, m.priority,
      \(words("m.status", MissionStatus.allCases.map { ($0.stored, $0.rawValue) })) AS status,
      \(words("m.checkpoint", Checkpoint.allCases.map { ($0.stored, $0.rawValue) })) AS checkpoint,
      m.ads_count, 'ERROR' || m.error_code AS error_code, 'ERROR' || m.error_cause AS error_cause,
      m.error_message, m.worker, m.job_id, m.proxy, m.retry_count, r.id AS run_id,
      \(time("m.created_at")) AS created_at, \(time("m.queued_at")) AS queued_at,
      \(time("m.started_at")) AS started_at, \(time("m.finished_at")) AS finished_at,
      m.size, m.sha256, m.s3_key, m.s3_etag, m.s3_size, m.s3_sha256, m.suspicious
    FROM missions m LEFT JOIN runs r ON r.number = m.run
    """

  private static let missionEvents = """
    SELECT \(uuid("m.id")) AS mission_id, e.seq, \(time("e.at")) AS at, r.id AS run_id, e.attempt,
      k.name AS event, e.details
    FROM events e JOIN missions m ON m.number = e.mission JOIN event_kinds k ON k.kind = e.kind
      LEFT JOIN runs r ON r.number = e.run
    """

  private static func uuid(_ column: String) -> String {
    let hex = "lower(hex(\(column)))"
    return "substr(\(hex), 1, 8) || '-' || substr(\(hex), 9, 4) || '-' || substr(\(hex), 13, 4) || '-' "
      + "|| substr(\(hex), 17, 4) || '-' || substr(\(hex), 21)"
  }

  private static func time(_ column: String) -> String {
    "strftime('%Y-%m-%dT%H:%M:%fZ', \(column) / 1000.0, 'unixepoch')"
  }

  private static func words(_ column: String, _ names: [(Int64, String)]) -> String {
    "CASE \(column) " + names.map { "WHEN \($0.0) THEN '\($0.1)' " }.joined() + "END"
  }
}
