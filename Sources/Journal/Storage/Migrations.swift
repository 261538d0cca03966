/// The steps from one version of the tables to the next. A step that was released is never changed: its text is
/// frozen and pinned by its digest in a test. Names and views are made at each opening instead (`DerivedNames`).
enum Migrations {
  static let all = [
    Migration(version: 1, sql: first), Migration(version: 2, sql: second), Migration(version: 3, sql: third),
    Migration(version: 4, sql: fourth), Migration(version: 5, sql: fifth),
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
  /// - `origins`: the files, and for windows the configurations, that rows come from; `missions.origin` with
  ///   `origin_line` is where the mission's row stood when it was imported.
  /// - `missions.replaces`: rows and object of another scrape may be outside and are to be replaced. `replaced` keeps what
  ///   is known of the old scrape of a mission that was DONE and is put back. Both go when the mission is DONE.
  /// - `missions.kept_files`: what is kept beside the audit object, as JSON. `former_files`: names of such files of earlier
  ///   scrapes that may still be in the store, with `//` between them.
  /// - `runs.recovered`: of its DONE missions, those that the destination and the store had. `shard`: which part of the
  ///   missions it was for, as `2/8`; null when it was for all.
  /// - `missions.suspicious`: kind, records expected and got, and looks of a result that is not trusted, as JSON; null for
  ///   all others.
  /// - `missions.first_look`: a suspicious result that waits in the spool while its mission is scraped once more, as JSON.
  /// - `missions.attempt_at`: when the latest start was announced. `retries`: attempts that failed, by run, code, worker and
  ///   proxy (empty where they have nothing to do with it), how many of them were tried again, and the time they took.
  /// - `slices`: what missions ask for besides their days, `slot` left out. `past_missions`: a line for each mission of
  ///   it that was ever done, and for each that was removed; `noted_at` is when it was, in days. New results are
  ///   compared with these, and days stay known when their missions are removed.
  /// - `missions.schedule`: whose slot made it; null for all others. `schedules`: the moment up to which the slots of
  ///   each were seen. `made_slots`: what each run made of them, from the first slot to the last.
  /// - `quarter_tallies`: as `day_tallies`, which it replaces, by quarters of an hour since 1970: of them the days of every
  ///   zone are made.
  static let fourth = """
    ALTER TABLE missions ADD COLUMN starts INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE missions ADD COLUMN start_token INTEGER;
    ALTER TABLE missions ADD COLUMN start_run INTEGER;
    ALTER TABLE missions ADD COLUMN kept TEXT;
    ALTER TABLE missions ADD COLUMN job_ids TEXT;
    CREATE TABLE pace_starts (source TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE INDEX pace_starts_by_source ON pace_starts (source, at);
    CREATE TABLE origins (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    ALTER TABLE missions ADD COLUMN origin INTEGER;
    ALTER TABLE missions ADD COLUMN origin_line INTEGER;
    ALTER TABLE missions ADD COLUMN replaces INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE replaced (
      mission INTEGER PRIMARY KEY REFERENCES missions(number) ON DELETE CASCADE,
      finished_at INTEGER,
      ads_count INTEGER,
      size INTEGER,
      sha256 TEXT,
      s3_key TEXT,
      s3_etag TEXT,
      s3_size INTEGER,
      s3_sha256 TEXT,
      suspicious TEXT
    ) STRICT;
    ALTER TABLE missions ADD COLUMN kept_files TEXT;
    ALTER TABLE missions ADD COLUMN former_files TEXT;
    ALTER TABLE runs ADD COLUMN recovered INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE runs ADD COLUMN shard TEXT;
    ALTER TABLE missions ADD COLUMN suspicious TEXT;
    ALTER TABLE missions ADD COLUMN first_look TEXT;
    ALTER TABLE missions ADD COLUMN attempt_at INTEGER;
    CREATE TABLE retries (
      run INTEGER NOT NULL,
      code INTEGER NOT NULL,
      worker TEXT NOT NULL,
      proxy TEXT NOT NULL,
      retries INTEGER NOT NULL,
      failures INTEGER NOT NULL,
      lost_ms INTEGER NOT NULL,
      PRIMARY KEY (run, code, worker, proxy)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE slices (
      number INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      media_type INTEGER NOT NULL,
      languages TEXT NOT NULL,
      parameters TEXT NOT NULL,
      UNIQUE (source, media_type, languages, parameters)
    ) STRICT;
    CREATE TABLE past_missions (
      slice INTEGER NOT NULL REFERENCES slices(number),
      days INTEGER NOT NULL,
      date_start INTEGER NOT NULL,
      id BLOB NOT NULL,
      parameters TEXT,
      records INTEGER NOT NULL,
      status INTEGER NOT NULL,
      is_suspicious INTEGER NOT NULL,
      is_removed INTEGER NOT NULL,
      noted_at INTEGER NOT NULL,
      PRIMARY KEY (slice, days, date_start, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX past_missions_removed ON past_missions (noted_at) WHERE is_removed = 1;
    ALTER TABLE missions ADD COLUMN schedule TEXT;
    CREATE INDEX missions_of_schedules ON missions (schedule, status) WHERE schedule IS NOT NULL AND status <> 3;
    CREATE TABLE schedules (name TEXT PRIMARY KEY, seen_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE made_slots (
      run INTEGER NOT NULL REFERENCES runs(number),
      schedule TEXT NOT NULL,
      slots INTEGER NOT NULL,
      missions INTEGER NOT NULL,
      first TEXT NOT NULL,
      last TEXT NOT NULL,
      PRIMARY KEY (run, schedule)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE quarter_tallies (
      quarter INTEGER PRIMARY KEY, done INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO quarter_tallies
      SELECT finished_at / 900000, sum(status = 3), sum(status = 4) FROM missions
      WHERE status IN (3, 4) AND finished_at IS NOT NULL GROUP BY 1;
    DROP TABLE day_tallies;
    INSERT INTO slices (source, media_type, languages, parameters)
      SELECT DISTINCT source, media_type, languages, coalesce(parameters, '{}') FROM missions WHERE status = 3;
    INSERT INTO past_missions
      SELECT s.number, m.date_end - m.date_start + 1, m.date_start, m.id, m.parameters, coalesce(m.ads_count, 0), m.status,
        0, 0, coalesce(m.finished_at, 0) / 86400000
      FROM missions m JOIN slices s ON s.source = m.source AND s.media_type = m.media_type
        AND s.languages = m.languages AND s.parameters = coalesce(m.parameters, '{}')
      WHERE m.status = 3 ORDER BY 1, 2, 3, 4;

    """

  /// - `lane_limits`: lanes that the run gives fewer jobs at once than they could have, and why. A run begins without any.
  /// - `missions.replaced_rows`: the ledger's digest of rows that ours have replaced, or are to; null when the mission is
  ///   DONE.
  static let fifth = """
    CREATE TABLE lane_limits (
      lane TEXT PRIMARY KEY,
      jobs INTEGER NOT NULL,
      capacity INTEGER NOT NULL,
      reason TEXT NOT NULL,
      times REAL,
      changed_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE missions ADD COLUMN replaced_rows TEXT;

    """
}
