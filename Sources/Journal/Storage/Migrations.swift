/// The steps from one version of the tables to the next. A step that was released is never changed: its text is
/// frozen and pinned by its digest in a test. Names and views are made at each opening instead (`DerivedNames`).
enum Migrations {
  static let all = [
    Migration(version: 1, sql: first), Migration(version: 2, sql: second), Migration(version: 3, sql: third),
    Migration(version: 4, sql: fourth),
  ]

  // DONE missions (3) are the growing history and in no queue: they leave the first index.
  static let first = """
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
    CREATE INDEX missions_queue ON missions (status, deferred, priority DESC, date_start, id)
      WHERE status <> 3;
    CREATE INDEX missions_run ON missions (run, priority DESC, date_start, id) WHERE run IS NOT NULL;
    CREATE INDEX missions_with_job ON missions (id) WHERE status <= 1 AND checkpoint = 0 AND (job_id IS NOT NULL OR unanswered_start = 1);

    """

  /// - `journal_identity`: what tells this journal from any other, for the files that lie beside it.
  /// - `runs.ended`: why it ended; null while it works and when it was killed. `alive_at`: its last sign of life.
  /// - `missions.put_back`: a person asked for it again: a run chooses it although no file names it.
  ///   `error_foreign`: which bytes of `error_message` are words of others, as `31-54,60-72`, never translated.
  /// - `proxies.recent_failures`: weighed with a half-life, as of `last_failed_at`.
  static let second = """
    CREATE TABLE journal_identity (id TEXT NOT NULL) STRICT;
    INSERT INTO journal_identity VALUES (lower(hex(randomblob(16))));
    ALTER TABLE runs ADD COLUMN ended TEXT;
    ALTER TABLE runs ADD COLUMN alive_at INTEGER;
    ALTER TABLE runs ADD COLUMN failed_earlier INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE missions ADD COLUMN put_back INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE missions ADD COLUMN error_foreign TEXT;
    ALTER TABLE proxies ADD COLUMN recent_failures REAL NOT NULL DEFAULT 0;
    ALTER TABLE proxies ADD COLUMN last_failed_at INTEGER;

    """

  /// - `missions.parameters`: as one JSON object; null without any. Where `media_type` is -1 the mission has none.
  ///   `error_said`: key and arguments of `error_message`, as JSON.
  /// - `events.said`: the same for the texts of `details`, as one JSON object by the detail's key.
  static let third = """
    ALTER TABLE missions ADD COLUMN parameters TEXT;
    ALTER TABLE missions ADD COLUMN error_said TEXT;
    ALTER TABLE events ADD COLUMN said TEXT;

    """

  /// - `missions.starts`: over its whole life; never set back. `start_token`, `start_run`: of the latest start.
  ///   `kept`: what its source needs for later requests about the job, as one JSON object. `job_ids`: of all its starts,
  ///   a line each, where the source may be asked what became of one.
  /// - `pace_starts`: when missions of sources that have a pace were started, as far back as that pace looks.
  static let fourth = """
    ALTER TABLE missions ADD COLUMN starts INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE missions ADD COLUMN start_token INTEGER;
    ALTER TABLE missions ADD COLUMN start_run INTEGER;
    ALTER TABLE missions ADD COLUMN kept TEXT;
    ALTER TABLE missions ADD COLUMN job_ids TEXT;
    CREATE TABLE pace_starts (source TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE INDEX pace_starts_by_source ON pace_starts (source, at);

    """
}
