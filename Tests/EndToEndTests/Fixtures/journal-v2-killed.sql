-- A journal of version 2 whose run was killed in the middle of ten missions. Made with commit 50e21a4 and sqlite3's .dump.
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
, ended TEXT, alive_at INTEGER, failed_earlier INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO runs VALUES(1,'run-20261129-142731-51c058',1795962451679,NULL,NULL,10,4,0,0,0,0,7,NULL,1795962452713,0);
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
, put_back INTEGER NOT NULL DEFAULT 0, error_foreign TEXT) STRICT;
INSERT INTO missions VALUES(1,X'b1e85fe5dfd08190939d81ab86135696','default',20089,20089,1,'pt',0,3,2,0,0,0,0,1,1795962451679,1795962451679,1795962451809,1795962452295,1,NULL,NULL,NULL,'worker-1','job-491f2657-1-1',NULL,543,'b993e035bbac49bee8777fd92eff5f419c5fee7fae33dd2138328a9d0dd08865','scrapes/2025-01-01/b1e85fe5-dfd0-8190-939d-81ab86135696.json','"7f943960113cbb9647fcdcd692eef69b"',858,'10ca1d43c3ef5d76980d52b668cb93db97b32d4e41b452635b1382c69a524cdd',437,45,2,0,NULL);
INSERT INTO missions VALUES(2,X'709c82f3a92489be83df6846594068f5','default',20090,20090,1,'pt',0,3,2,0,0,0,0,1,1795962451679,1795962451679,1795962451809,1795962452295,3,NULL,NULL,NULL,'worker-1','job-491f2657-1-2',NULL,1824,'d9ea878a5c224163004df9c7b3af20dbabe15520b1b568cf54bf3540f751c9bd','scrapes/2025-01-02/709c82f3-a924-89be-83df-6846594068f5.json','"2fa6e5296bba9980b0bd36681a1310f2"',2938,'b1d6845780b82a22695b7c85d24acc00d3123ccd7ac82d6284e2d64f3f6286cf',437,46,1,0,NULL);
INSERT INTO missions VALUES(3,X'dde42125024689e1b9b7ba9a591c01e3','default',20091,20091,1,'pt',0,3,2,0,0,0,0,1,1795962451679,1795962451679,1795962452295,1795962452711,1,NULL,NULL,NULL,'worker-1','job-491f2657-1-3',NULL,610,'26b9df492bacaecbb423fb2c442d9289b3cee46b494fb9ea2906fc01a7464875','scrapes/2025-01-03/dde42125-0246-89e1-b9b7-ba9a591c01e3.json','"5eb51ad56396564764b86787713fbade"',983,'51811c4e06110308346d27a359a590eb3c800821196b7f37899a47c6814dd79b',410,1,1,0,NULL);
INSERT INTO missions VALUES(4,X'a5c9ad4c2d848822aaa3286366b6b7c0','default',20092,20092,1,'pt',0,3,2,0,0,0,0,1,1795962451679,1795962451679,1795962452295,1795962452713,2,NULL,NULL,NULL,'worker-1','job-491f2657-1-4',NULL,1242,'94f9a7f06712996bf177904a63f7cc4de235f321ddc5ff95c60f3385aa48d21b','scrapes/2025-01-04/a5c9ad4c-2d84-8822-aaa3-286366b6b7c0.json','"feb1af867fef856c5b1efe9aa16fef5f"',2032,'75b44b2ace99d226c02987894ae4911d50af794f9629dc46ee1066abdcf9ee55',415,1,1,0,NULL);
INSERT INTO missions VALUES(5,X'14fb52d6f9f38d378c3621ffadee00b0','default',20093,20093,1,'pt',0,2,0,0,0,0,0,1,1795962451679,1795962451679,1795962452711,NULL,NULL,NULL,NULL,NULL,'worker-1','job-491f2657-1-5',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO missions VALUES(6,X'efc7ace0871083779e36327c43b7a4d4','default',20094,20094,1,'pt',0,1,0,0,0,0,0,1,1795962451679,1795962451679,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO missions VALUES(7,X'ac4ee122f5a78b6d8656b111bf0bc6e0','default',20095,20095,1,'pt',0,1,0,0,0,0,0,1,1795962451679,1795962451679,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO missions VALUES(8,X'ad8dcf2f81ff8e3c9928fa94c7c71115','default',20096,20096,1,'pt',0,1,0,0,0,0,0,1,1795962451679,1795962451679,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO missions VALUES(9,X'c63686ab6ed2869fa87e141a1a752b5e','default',20097,20097,1,'pt',0,1,0,0,0,0,0,1,1795962451679,1795962451679,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO missions VALUES(10,X'851c167acfc88870ad402145ef4b053e','default',20098,20098,1,'pt',0,1,0,0,0,0,0,1,1795962451679,1795962451679,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
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
INSERT INTO events VALUES(1,1,1795962451679,1,1,1,NULL);
INSERT INTO events VALUES(1,2,1795962451679,1,1,2,NULL);
INSERT INTO events VALUES(1,3,1795962451809,1,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(1,4,1795962451809,1,1,4,'{"worker":"worker-1"}');
INSERT INTO events VALUES(1,5,1795962451816,1,1,5,'{"worker":"worker-1","session_id":"session-491f2657-1-1"}');
INSERT INTO events VALUES(1,6,1795962451840,1,1,6,'{"worker":"worker-1","session_id":"session-491f2657-1-1"}');
INSERT INTO events VALUES(1,7,1795962451840,1,1,8,'{"worker":"worker-1"}');
INSERT INTO events VALUES(1,8,1795962451845,1,1,9,'{"job_id":"job-491f2657-1-1"}');
INSERT INTO events VALUES(1,9,1795962452247,1,1,11,'{"ads_count":1,"size":543,"sha256":"b993e035bbac49bee8777fd92eff5f419c5fee7fae33dd2138328a9d0dd08865"}');
INSERT INTO events VALUES(1,10,1795962452292,1,1,13,'{"rows":1,"repeated_ids":0,"loaded_before":false}');
INSERT INTO events VALUES(1,11,1795962452295,1,1,15,'{"key":"scrapes/2025-01-01/b1e85fe5-dfd0-8190-939d-81ab86135696.json","etag":"\"7f943960113cbb9647fcdcd692eef69b\"","size":858,"s3_sha256":"10ca1d43c3ef5d76980d52b668cb93db97b32d4e41b452635b1382c69a524cdd"}');
INSERT INTO events VALUES(1,12,1795962452295,1,1,19,NULL);
INSERT INTO events VALUES(2,1,1795962451679,1,1,1,NULL);
INSERT INTO events VALUES(2,2,1795962451679,1,1,2,NULL);
INSERT INTO events VALUES(2,3,1795962451809,1,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(2,4,1795962451816,1,1,5,'{"worker":"worker-1","session_id":"session-491f2657-1-1"}');
INSERT INTO events VALUES(2,5,1795962451840,1,1,7,'{"worker":"worker-1","session_id":"session-491f2657-1-1"}');
INSERT INTO events VALUES(2,6,1795962451840,1,1,8,'{"worker":"worker-1"}');
INSERT INTO events VALUES(2,7,1795962451845,1,1,9,'{"job_id":"job-491f2657-1-2"}');
INSERT INTO events VALUES(2,8,1795962452247,1,1,11,'{"ads_count":3,"size":1824,"sha256":"d9ea878a5c224163004df9c7b3af20dbabe15520b1b568cf54bf3540f751c9bd"}');
INSERT INTO events VALUES(2,9,1795962452293,1,1,13,'{"rows":3,"repeated_ids":0,"loaded_before":false}');
INSERT INTO events VALUES(2,10,1795962452295,1,1,15,'{"key":"scrapes/2025-01-02/709c82f3-a924-89be-83df-6846594068f5.json","etag":"\"2fa6e5296bba9980b0bd36681a1310f2\"","size":2938,"s3_sha256":"b1d6845780b82a22695b7c85d24acc00d3123ccd7ac82d6284e2d64f3f6286cf"}');
INSERT INTO events VALUES(2,11,1795962452295,1,1,19,NULL);
INSERT INTO events VALUES(3,1,1795962451679,1,1,1,NULL);
INSERT INTO events VALUES(3,2,1795962451679,1,1,2,NULL);
INSERT INTO events VALUES(3,3,1795962452295,1,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(3,4,1795962452295,1,1,7,'{"worker":"worker-1","session_id":"session-491f2657-1-1"}');
INSERT INTO events VALUES(3,5,1795962452295,1,1,8,'{"worker":"worker-1"}');
INSERT INTO events VALUES(3,6,1795962452304,1,1,9,'{"job_id":"job-491f2657-1-3"}');
INSERT INTO events VALUES(3,7,1795962452704,1,1,11,'{"ads_count":1,"size":610,"sha256":"26b9df492bacaecbb423fb2c442d9289b3cee46b494fb9ea2906fc01a7464875"}');
INSERT INTO events VALUES(3,8,1795962452709,1,1,13,'{"rows":1,"repeated_ids":0,"loaded_before":false}');
INSERT INTO events VALUES(3,9,1795962452711,1,1,15,'{"key":"scrapes/2025-01-03/dde42125-0246-89e1-b9b7-ba9a591c01e3.json","etag":"\"5eb51ad56396564764b86787713fbade\"","size":983,"s3_sha256":"51811c4e06110308346d27a359a590eb3c800821196b7f37899a47c6814dd79b"}');
INSERT INTO events VALUES(3,10,1795962452711,1,1,19,NULL);
INSERT INTO events VALUES(4,1,1795962451679,1,1,1,NULL);
INSERT INTO events VALUES(4,2,1795962451679,1,1,2,NULL);
INSERT INTO events VALUES(4,3,1795962452295,1,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(4,4,1795962452295,1,1,7,'{"worker":"worker-1","session_id":"session-491f2657-1-1"}');
INSERT INTO events VALUES(4,5,1795962452295,1,1,8,'{"worker":"worker-1"}');
INSERT INTO events VALUES(4,6,1795962452304,1,1,9,'{"job_id":"job-491f2657-1-4"}');
INSERT INTO events VALUES(4,7,1795962452710,1,1,11,'{"ads_count":2,"size":1242,"sha256":"94f9a7f06712996bf177904a63f7cc4de235f321ddc5ff95c60f3385aa48d21b"}');
INSERT INTO events VALUES(4,8,1795962452712,1,1,13,'{"rows":2,"repeated_ids":0,"loaded_before":false}');
INSERT INTO events VALUES(4,9,1795962452713,1,1,15,'{"key":"scrapes/2025-01-04/a5c9ad4c-2d84-8822-aaa3-286366b6b7c0.json","etag":"\"feb1af867fef856c5b1efe9aa16fef5f\"","size":2032,"s3_sha256":"75b44b2ace99d226c02987894ae4911d50af794f9629dc46ee1066abdcf9ee55"}');
INSERT INTO events VALUES(4,10,1795962452713,1,1,19,NULL);
INSERT INTO events VALUES(5,1,1795962451679,1,1,1,NULL);
INSERT INTO events VALUES(5,2,1795962451679,1,1,2,NULL);
INSERT INTO events VALUES(5,3,1795962452711,1,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(5,4,1795962452711,1,1,7,'{"worker":"worker-1","session_id":"session-491f2657-1-1"}');
INSERT INTO events VALUES(5,5,1795962452711,1,1,8,'{"worker":"worker-1"}');
INSERT INTO events VALUES(5,6,1795962452712,1,1,9,'{"job_id":"job-491f2657-1-5"}');
INSERT INTO events VALUES(6,1,1795962451679,1,1,1,NULL);
INSERT INTO events VALUES(6,2,1795962451679,1,1,2,NULL);
INSERT INTO events VALUES(7,1,1795962451679,1,1,1,NULL);
INSERT INTO events VALUES(7,2,1795962451679,1,1,2,NULL);
INSERT INTO events VALUES(8,1,1795962451679,1,1,1,NULL);
INSERT INTO events VALUES(8,2,1795962451679,1,1,2,NULL);
INSERT INTO events VALUES(9,1,1795962451679,1,1,1,NULL);
INSERT INTO events VALUES(9,2,1795962451679,1,1,2,NULL);
INSERT INTO events VALUES(10,1,1795962451679,1,1,1,NULL);
INSERT INTO events VALUES(10,2,1795962451679,1,1,2,NULL);
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
INSERT INTO sessions VALUES('worker-1','session-491f2657-1-1',NULL,5,0,1795962451816);
CREATE TABLE proxies (
  server TEXT PRIMARY KEY,
  failures INTEGER NOT NULL DEFAULT 0,
  last_used_at INTEGER
, recent_failures REAL NOT NULL DEFAULT 0, last_failed_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE status_tallies (status INTEGER PRIMARY KEY, missions INTEGER NOT NULL) STRICT;
INSERT INTO status_tallies VALUES(0,0);
INSERT INTO status_tallies VALUES(1,5);
INSERT INTO status_tallies VALUES(2,1);
INSERT INTO status_tallies VALUES(3,4);
INSERT INTO status_tallies VALUES(4,0);
INSERT INTO status_tallies VALUES(5,0);
CREATE TABLE day_tallies (
  day INTEGER PRIMARY KEY, done INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO day_tallies VALUES(20786,4,0);
CREATE TABLE journal_identity (id TEXT NOT NULL) STRICT;
INSERT INTO journal_identity VALUES('4890b5c01f0669cdddb4083e3df055cc');
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
PRAGMA user_version = 2;
