import MissionCore

/// The tables of the journal.
///
/// Missions and runs have a small `number` beside their id, which is what events and indexes hold. Times are
/// milliseconds since 1970 UTC, days are days since 1970, durations are milliseconds.
enum Schema {
  /// `MCJ1` in ASCII: tells our files from others (`PRAGMA application_id`).
  static let applicationID: Int64 = 0x4D43_4A31

  static let migrations = [Migration(version: 1, sql: tables + indexes + names + views)]

  private static let tables = """
    CREATE TABLE runs (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      exit_code INTEGER,
      selected INTEGER NOT NULL DEFAULT 0,
      done INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0,
      cancelled INTEGER NOT NULL DEFAULT 0,
      skipped INTEGER NOT NULL DEFAULT 0,
      rejected_rows INTEGER NOT NULL DEFAULT 0,
      ads INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE missions (
      number INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
      source TEXT NOT NULL,
      date_start INTEGER NOT NULL,
      date_end INTEGER NOT NULL,
      media_type INTEGER NOT NULL,
      languages TEXT NOT NULL,
      priority INTEGER NOT NULL,
      status INTEGER NOT NULL DEFAULT 0 CHECK (status BETWEEN 0 AND 5),
      checkpoint INTEGER NOT NULL DEFAULT 0 CHECK (checkpoint BETWEEN 0 AND 2),
      deferred INTEGER NOT NULL DEFAULT 0,
      unanswered_start INTEGER NOT NULL DEFAULT 0,
      crashes INTEGER NOT NULL DEFAULT 0,
      retry_count INTEGER NOT NULL DEFAULT 0,
      run INTEGER REFERENCES runs(number),
      created_at INTEGER NOT NULL,
      queued_at INTEGER,
      started_at INTEGER,
      finished_at INTEGER,
      ads_count INTEGER,
      error_code INTEGER,
      error_cause INTEGER,
      error_message TEXT,
      worker TEXT,
      job_id TEXT,
      proxy TEXT,
      size INTEGER,
      sha256 TEXT,
      s3_key TEXT,
      s3_etag TEXT,
      s3_size INTEGER,
      s3_sha256 TEXT,
      scrape_ms INTEGER,
      db_ms INTEGER,
      s3_ms INTEGER
    ) STRICT;
    CREATE TABLE events (
      mission INTEGER NOT NULL REFERENCES missions(number) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      run INTEGER,
      attempt INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      details TEXT,
      PRIMARY KEY (mission, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE event_kinds (kind INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
    CREATE TABLE sessions (
      worker TEXT PRIMARY KEY,
      session_id TEXT NOT NULL,
      proxy TEXT,
      served INTEGER NOT NULL DEFAULT 0,
      tainted INTEGER NOT NULL DEFAULT 0,
      opened_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE proxies (
      server TEXT PRIMARY KEY,
      failures INTEGER NOT NULL DEFAULT 0,
      last_used_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE status_tallies (status INTEGER PRIMARY KEY, missions INTEGER NOT NULL) STRICT;
    CREATE TABLE day_tallies (
      day INTEGER PRIMARY KEY, done INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO status_tallies VALUES (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0);

    """

  // DONE missions (3) are the growing history and in no queue: they leave the first index.
  private static let indexes = """
    CREATE INDEX missions_queue ON missions (status, deferred, priority DESC, date_start, id)
      WHERE status <> 3;
    CREATE INDEX missions_run ON missions (run, priority DESC, date_start, id) WHERE run IS NOT NULL;
    CREATE INDEX missions_with_job ON missions (id) WHERE \(withJob);

    """

  /// Missions that a worker may still have a job of. Must be written alike in the index and in queries.
  static let withJob = "status <= 1 AND checkpoint = 0 AND (job_id IS NOT NULL OR unanswered_start = 1)"

  private static let names =
    "INSERT INTO event_kinds VALUES "
    + EventKind.allCases.map { "(\($0.stored), '\($0.rawValue)')" }.joined(separator: ", ") + ";\n"

  private static let views = """
    CREATE VIEW mission_list AS
      SELECT \(uuid("m.id")) AS id, m.source, date(m.date_start * 86400, 'unixepoch') AS date_start,
        date(m.date_end * 86400, 'unixepoch') AS date_end,
        \(words("m.media_type", MediaType.allCases.map { ($0.stored, $0.rawValue) })) AS media_type,
        m.languages, m.priority,
        \(words("m.status", MissionStatus.allCases.map { ($0.stored, $0.rawValue) })) AS status,
        \(words("m.checkpoint", Checkpoint.allCases.map { ($0.stored, $0.rawValue) })) AS checkpoint,
        m.ads_count, 'ERROR' || m.error_code AS error_code, 'ERROR' || m.error_cause AS error_cause,
        m.error_message, m.worker, m.job_id, m.proxy, m.retry_count, r.id AS run_id,
        \(time("m.created_at")) AS created_at, \(time("m.queued_at")) AS queued_at,
        \(time("m.started_at")) AS started_at, \(time("m.finished_at")) AS finished_at,
        m.size, m.sha256, m.s3_key, m.s3_etag, m.s3_size, m.s3_sha256
      FROM missions m LEFT JOIN runs r ON r.number = m.run;
    CREATE VIEW mission_events AS
      SELECT \(uuid("m.id")) AS mission_id, e.seq, \(time("e.at")) AS at, r.id AS run_id, e.attempt,
        k.name AS event, e.details
      FROM events e JOIN missions m ON m.number = e.mission JOIN event_kinds k ON k.kind = e.kind
        LEFT JOIN runs r ON r.number = e.run;

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
