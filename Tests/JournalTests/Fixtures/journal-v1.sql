-- A journal of version 1: four missions, one cancelled. Made with the program of November 2026 and sqlite3's .dump.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO runs VALUES(1,'run-20261129-091941-46f24d',1795943981180,1795943983322,0,3,3,0,0,1,0,13);
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
INSERT INTO missions VALUES(1,X'b1e85fe5dfd08190939d81ab86135696','default',20089,20089,1,'pt',0,3,2,0,0,0,0,1,1795943981180,1795943981180,1795943981317,1795943983155,0,NULL,NULL,NULL,'worker-1','job-6ffdcdc9-1-1','127.0.0.1:8601',2,'4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945','scrapes/2025-01-01/b1e85fe5-dfd0-8190-939d-81ab86135696.json','"58e0494c51d30eb3494f7c9198986bb9"',3,'37517e5f3dc66819f61f5a7bb8ace1921282415f10551d2defa5c3eb0985b570',1715,100,21);
INSERT INTO missions VALUES(2,X'4a6b150372a38f7aa7e698927c66f08d','default',20090,20090,1,'eng,pt',0,3,2,0,0,0,0,1,1795943981180,1795943981180,1795943981317,1795943983189,13,NULL,NULL,NULL,'worker-2','job-6ffdcdc9-2-1','localhost:8600',12903,'108292b73cc5f3f59c5d2a330f4e2918f38fc339d3ce396eaf2c9aa7a0bfdf76','scrapes/2025-01-02/4a6b1503-72a3-8f7a-a7e6-98927c66f08d.json','"a5966e607500afbb3e3caf0861877c27"',17875,'43f86ef58956c8276621830778881e57ca3a74c78f11fbd4942aa9e3a08d1f23',1717,99,55);
INSERT INTO missions VALUES(3,X'9cb59d02af608a96a8e60c380abba418','default',20091,20091,2,'pt',0,3,2,0,0,0,0,1,1795943981180,1795943981180,1795943981317,1795943983285,0,NULL,NULL,NULL,'worker-3','job-6ffdcdc9-3-1','127.0.0.1:8600',2,'4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945','scrapes/2025-01-03/9cb59d02-af60-8a96-a8e6-0c380abba418.json','"58e0494c51d30eb3494f7c9198986bb9"',3,'37517e5f3dc66819f61f5a7bb8ace1921282415f10551d2defa5c3eb0985b570',1925,1,41);
INSERT INTO missions VALUES(4,X'a5c9ad4c2d848822aaa3286366b6b7c0','default',20092,20092,1,'pt',0,5,0,0,0,0,0,NULL,1795943981180,NULL,NULL,1795943985078,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO events VALUES(1,1,1795943981180,1,1,1,NULL);
INSERT INTO events VALUES(1,2,1795943981180,1,1,2,NULL);
INSERT INTO events VALUES(1,3,1795943981317,1,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(1,4,1795943981317,1,1,4,'{"worker":"worker-1","proxy":"127.0.0.1:8601"}');
INSERT INTO events VALUES(1,5,1795943981327,1,1,5,'{"worker":"worker-1","session_id":"session-6ffdcdc9-1-1"}');
INSERT INTO events VALUES(1,6,1795943982386,1,1,6,'{"worker":"worker-1","session_id":"session-6ffdcdc9-1-1","proxy":"127.0.0.1:8601"}');
INSERT INTO events VALUES(1,7,1795943982386,1,1,8,'{"worker":"worker-1"}');
INSERT INTO events VALUES(1,8,1795943982405,1,1,9,'{"job_id":"job-6ffdcdc9-1-1"}');
INSERT INTO events VALUES(1,9,1795943983032,1,1,11,'{"ads_count":0,"size":2,"sha256":"4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"}');
INSERT INTO events VALUES(1,10,1795943983133,1,1,13,'{"rows":0,"repeated_ids":0,"loaded_before":false}');
INSERT INTO events VALUES(1,11,1795943983155,1,1,15,'{"key":"scrapes/2025-01-01/b1e85fe5-dfd0-8190-939d-81ab86135696.json","etag":"\"58e0494c51d30eb3494f7c9198986bb9\"","size":3,"s3_sha256":"37517e5f3dc66819f61f5a7bb8ace1921282415f10551d2defa5c3eb0985b570"}');
INSERT INTO events VALUES(1,12,1795943983155,1,1,19,NULL);
INSERT INTO events VALUES(2,1,1795943981180,1,1,1,NULL);
INSERT INTO events VALUES(2,2,1795943981180,1,1,2,NULL);
INSERT INTO events VALUES(2,3,1795943981317,1,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(2,4,1795943981317,1,1,4,'{"worker":"worker-2","proxy":"localhost:8600"}');
INSERT INTO events VALUES(2,5,1795943981336,1,1,5,'{"worker":"worker-2","session_id":"session-6ffdcdc9-2-1"}');
INSERT INTO events VALUES(2,6,1795943982386,1,1,6,'{"worker":"worker-2","session_id":"session-6ffdcdc9-2-1","proxy":"localhost:8600"}');
INSERT INTO events VALUES(2,7,1795943982386,1,1,8,'{"worker":"worker-2"}');
INSERT INTO events VALUES(2,8,1795943982405,1,1,9,'{"job_id":"job-6ffdcdc9-2-1"}');
INSERT INTO events VALUES(2,9,1795943983033,1,1,11,'{"ads_count":13,"size":12903,"sha256":"108292b73cc5f3f59c5d2a330f4e2918f38fc339d3ce396eaf2c9aa7a0bfdf76"}');
INSERT INTO events VALUES(2,10,1795943983133,1,1,13,'{"rows":13,"repeated_ids":0,"loaded_before":false}');
INSERT INTO events VALUES(2,11,1795943983189,1,1,15,'{"key":"scrapes/2025-01-02/4a6b1503-72a3-8f7a-a7e6-98927c66f08d.json","etag":"\"a5966e607500afbb3e3caf0861877c27\"","size":17875,"s3_sha256":"43f86ef58956c8276621830778881e57ca3a74c78f11fbd4942aa9e3a08d1f23"}');
INSERT INTO events VALUES(2,12,1795943983189,1,1,19,NULL);
INSERT INTO events VALUES(3,1,1795943981180,1,1,1,NULL);
INSERT INTO events VALUES(3,2,1795943981180,1,1,2,NULL);
INSERT INTO events VALUES(3,3,1795943981317,1,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(3,4,1795943981317,1,1,4,'{"worker":"worker-3","proxy":"127.0.0.1:8600"}');
INSERT INTO events VALUES(3,5,1795943981336,1,1,5,'{"worker":"worker-3","session_id":"session-6ffdcdc9-3-1"}');
INSERT INTO events VALUES(3,6,1795943982386,1,1,6,'{"worker":"worker-3","session_id":"session-6ffdcdc9-3-1","proxy":"127.0.0.1:8600"}');
INSERT INTO events VALUES(3,7,1795943982386,1,1,8,'{"worker":"worker-3"}');
INSERT INTO events VALUES(3,8,1795943982405,1,1,9,'{"job_id":"job-6ffdcdc9-3-1"}');
INSERT INTO events VALUES(3,9,1795943983242,1,1,11,'{"ads_count":0,"size":2,"sha256":"4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"}');
INSERT INTO events VALUES(3,10,1795943983243,1,1,13,'{"rows":0,"repeated_ids":0,"loaded_before":false}');
INSERT INTO events VALUES(3,11,1795943983285,1,1,15,'{"key":"scrapes/2025-01-03/9cb59d02-af60-8a96-a8e6-0c380abba418.json","etag":"\"58e0494c51d30eb3494f7c9198986bb9\"","size":3,"s3_sha256":"37517e5f3dc66819f61f5a7bb8ace1921282415f10551d2defa5c3eb0985b570"}');
INSERT INTO events VALUES(3,12,1795943983285,1,1,19,NULL);
INSERT INTO events VALUES(4,1,1795943981180,1,1,1,NULL);
INSERT INTO events VALUES(4,2,1795943985078,NULL,1,21,NULL);
CREATE TABLE event_kinds (kind INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
INSERT INTO event_kinds VALUES(1,'IMPORTED');
INSERT INTO event_kinds VALUES(2,'QUEUED');
INSERT INTO event_kinds VALUES(3,'STARTED');
INSERT INTO event_kinds VALUES(4,'SESSION_CREATING');
INSERT INTO event_kinds VALUES(5,'SESSION_CREATED');
INSERT INTO event_kinds VALUES(6,'SESSION_READY');
INSERT INTO event_kinds VALUES(7,'SESSION_REUSED');
INSERT INTO event_kinds VALUES(8,'SCRAPE_STARTING');
INSERT INTO event_kinds VALUES(9,'SCRAPE_STARTED');
INSERT INTO event_kinds VALUES(10,'JOB_ADOPTED');
INSERT INTO event_kinds VALUES(11,'SCRAPE_COMPLETED');
INSERT INTO event_kinds VALUES(12,'SCRAPE_ERROR');
INSERT INTO event_kinds VALUES(13,'DB_COMPLETED');
INSERT INTO event_kinds VALUES(14,'DB_ERROR');
INSERT INTO event_kinds VALUES(15,'S3_COMPLETED');
INSERT INTO event_kinds VALUES(16,'S3_ERROR');
INSERT INTO event_kinds VALUES(17,'RETRY_QUEUED');
INSERT INTO event_kinds VALUES(18,'RESUMED');
INSERT INTO event_kinds VALUES(19,'COMPLETED');
INSERT INTO event_kinds VALUES(20,'FAILED');
INSERT INTO event_kinds VALUES(21,'CANCELLED');
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
INSERT INTO proxies VALUES('127.0.0.1:8600',0,1795943981317);
INSERT INTO proxies VALUES('127.0.0.1:8601',0,1795943981317);
INSERT INTO proxies VALUES('localhost:8600',0,1795943981317);
CREATE TABLE status_tallies (status INTEGER PRIMARY KEY, missions INTEGER NOT NULL) STRICT;
INSERT INTO status_tallies VALUES(0,0);
INSERT INTO status_tallies VALUES(1,0);
INSERT INTO status_tallies VALUES(2,0);
INSERT INTO status_tallies VALUES(3,3);
INSERT INTO status_tallies VALUES(4,0);
INSERT INTO status_tallies VALUES(5,1);
CREATE TABLE day_tallies (
  day INTEGER PRIMARY KEY, done INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO day_tallies VALUES(20786,3,0);
CREATE INDEX missions_queue ON missions (status, deferred, priority DESC, date_start, id)
  WHERE status <> 3;
CREATE INDEX missions_run ON missions (run, priority DESC, date_start, id) WHERE run IS NOT NULL;
CREATE INDEX missions_with_job ON missions (id) WHERE status <= 1 AND checkpoint = 0 AND (job_id IS NOT NULL OR unanswered_start = 1);
CREATE VIEW mission_list AS
  SELECT substr(lower(hex(m.id)), 1, 8) || '-' || substr(lower(hex(m.id)), 9, 4) || '-' || substr(lower(hex(m.id)), 13, 4) || '-' || substr(lower(hex(m.id)), 17, 4) || '-' || substr(lower(hex(m.id)), 21) AS id, m.source, date(m.date_start * 86400, 'unixepoch') AS date_start,
    date(m.date_end * 86400, 'unixepoch') AS date_end,
    CASE m.media_type WHEN 0 THEN 'all' WHEN 1 THEN 'video' WHEN 2 THEN 'image' END AS media_type,
    m.languages, m.priority,
    CASE m.status WHEN 0 THEN 'PENDING' WHEN 1 THEN 'QUEUED' WHEN 2 THEN 'RUNNING' WHEN 3 THEN 'DONE' WHEN 4 THEN 'FAILED' WHEN 5 THEN 'CANCELLED' END AS status,
    CASE m.checkpoint WHEN 0 THEN 'SCRAPE' WHEN 1 THEN 'DB' WHEN 2 THEN 'S3' END AS checkpoint,
    m.ads_count, 'ERROR' || m.error_code AS error_code, 'ERROR' || m.error_cause AS error_cause,
    m.error_message, m.worker, m.job_id, m.proxy, m.retry_count, r.id AS run_id,
    strftime('%Y-%m-%dT%H:%M:%fZ', m.created_at / 1000.0, 'unixepoch') AS created_at, strftime('%Y-%m-%dT%H:%M:%fZ', m.queued_at / 1000.0, 'unixepoch') AS queued_at,
    strftime('%Y-%m-%dT%H:%M:%fZ', m.started_at / 1000.0, 'unixepoch') AS started_at, strftime('%Y-%m-%dT%H:%M:%fZ', m.finished_at / 1000.0, 'unixepoch') AS finished_at,
    m.size, m.sha256, m.s3_key, m.s3_etag, m.s3_size, m.s3_sha256
  FROM missions m LEFT JOIN runs r ON r.number = m.run;
CREATE VIEW mission_events AS
  SELECT substr(lower(hex(m.id)), 1, 8) || '-' || substr(lower(hex(m.id)), 9, 4) || '-' || substr(lower(hex(m.id)), 13, 4) || '-' || substr(lower(hex(m.id)), 17, 4) || '-' || substr(lower(hex(m.id)), 21) AS mission_id, e.seq, strftime('%Y-%m-%dT%H:%M:%fZ', e.at / 1000.0, 'unixepoch') AS at, r.id AS run_id, e.attempt,
    k.name AS event, e.details
  FROM events e JOIN missions m ON m.number = e.mission JOIN event_kinds k ON k.kind = e.kind
    LEFT JOIN runs r ON r.number = e.run;
COMMIT;
PRAGMA application_id = 1296255537;
PRAGMA user_version = 1;
