-- A journal of version 2: five missions, three DONE, one FAILED with words of a worker, one cancelled. Made with commit 50e21a4 and sqlite3's .dump.
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
INSERT INTO runs VALUES(1,'run-20261129-141517-4ea59e',1795961717364,1795961717509,0,1,1,0,0,4,0,1,'finished',1795961717509,0);
INSERT INTO runs VALUES(2,'run-20261129-141517-bda2be',1795961717593,1795961717720,1,3,2,1,0,2,0,6,'finished',1795961717720,0);
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
INSERT INTO missions VALUES(1,X'b1e85fe5dfd08190939d81ab86135696','default',20089,20089,1,'pt',0,3,2,0,0,0,0,1,1795961717364,1795961717364,1795961717435,1795961717498,1,NULL,NULL,NULL,'worker-1','job-d6174ebb-1-1',NULL,543,'b993e035bbac49bee8777fd92eff5f419c5fee7fae33dd2138328a9d0dd08865','scrapes/2025-01-01/b1e85fe5-dfd0-8190-939d-81ab86135696.json','"7f943960113cbb9647fcdcd692eef69b"',858,'10ca1d43c3ef5d76980d52b668cb93db97b32d4e41b452635b1382c69a524cdd',33,26,2,0,NULL);
INSERT INTO missions VALUES(2,X'4a6b150372a38f7aa7e698927c66f08d','default',20090,20090,1,'eng,pt',0,3,2,0,0,0,0,2,1795961717364,1795961717593,1795961717624,1795961717669,3,NULL,NULL,NULL,'worker-1','job-d6174ebb-1-2',NULL,1740,'f1c4197de0c4b2ed81409c1db2b71c5646cf13676410a9cf1f3045ca4336cb1c','scrapes/2025-01-02/4a6b1503-72a3-8f7a-a7e6-98927c66f08d.json','"4eaf50484749dd983e7ac9d95b8b2f28"',2758,'adc02a829559530f07ceb3f23cf8895aaf0451cd2b6c6dc4df85c97f71d5bc84',30,6,1,0,NULL);
INSERT INTO missions VALUES(3,X'b9e277466377894a97b998792a2a348d','default',20091,20091,0,'pt',0,3,2,0,0,0,0,2,1795961717364,1795961717593,1795961717669,1795961717693,3,NULL,NULL,NULL,'worker-1','job-d6174ebb-1-3',NULL,1772,'598be5ecec5609b88657a02403b856f2fa37b24bf7b567e2681597870c6bca83','scrapes/2025-01-03/b9e27746-6377-894a-97b9-98792a2a348d.json','"14d912f4524129a9394737c1227f0743"',2831,'55508eafce21c99cdf8ba37d3644b0b117cbb63dc9eec60b9ed019f0e78ea5a3',15,3,1,0,NULL);
INSERT INTO missions VALUES(4,X'2c5cc99f49e28fedab36d7eda308a0db','default',20092,20092,2,'pt',0,4,0,0,0,0,0,2,1795961717364,1795961717593,1795961717693,1795961717704,NULL,200,NULL,'the page did not load: net::ERR_TUNNEL_CONNECTION_FAILED','worker-1','job-d6174ebb-1-4',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'0-56');
INSERT INTO missions VALUES(5,X'14fb52d6f9f38d378c3621ffadee00b0','default',20093,20093,1,'pt',0,5,0,0,0,0,0,NULL,1795961717364,NULL,NULL,1795961717558,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL);
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
INSERT INTO events VALUES(1,1,1795961717364,1,1,1,NULL);
INSERT INTO events VALUES(1,2,1795961717364,1,1,2,NULL);
INSERT INTO events VALUES(1,3,1795961717435,1,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(1,4,1795961717435,1,1,4,'{"worker":"worker-1"}');
INSERT INTO events VALUES(1,5,1795961717436,1,1,5,'{"worker":"worker-1","session_id":"session-d6174ebb-1-1"}');
INSERT INTO events VALUES(1,6,1795961717447,1,1,6,'{"worker":"worker-1","session_id":"session-d6174ebb-1-1"}');
INSERT INTO events VALUES(1,7,1795961717447,1,1,8,'{"worker":"worker-1"}');
INSERT INTO events VALUES(1,8,1795961717452,1,1,9,'{"job_id":"job-d6174ebb-1-1"}');
INSERT INTO events VALUES(1,9,1795961717468,1,1,11,'{"ads_count":1,"size":543,"sha256":"b993e035bbac49bee8777fd92eff5f419c5fee7fae33dd2138328a9d0dd08865"}');
INSERT INTO events VALUES(1,10,1795961717496,1,1,13,'{"rows":1,"repeated_ids":0,"loaded_before":false}');
INSERT INTO events VALUES(1,11,1795961717498,1,1,15,'{"key":"scrapes/2025-01-01/b1e85fe5-dfd0-8190-939d-81ab86135696.json","etag":"\"7f943960113cbb9647fcdcd692eef69b\"","size":858,"s3_sha256":"10ca1d43c3ef5d76980d52b668cb93db97b32d4e41b452635b1382c69a524cdd"}');
INSERT INTO events VALUES(1,12,1795961717498,1,1,19,NULL);
INSERT INTO events VALUES(2,1,1795961717364,1,1,1,NULL);
INSERT INTO events VALUES(2,2,1795961717593,2,1,2,NULL);
INSERT INTO events VALUES(2,3,1795961717624,2,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(2,4,1795961717624,2,1,4,'{"worker":"worker-1"}');
INSERT INTO events VALUES(2,5,1795961717625,2,1,5,'{"worker":"worker-1","session_id":"session-d6174ebb-1-2"}');
INSERT INTO events VALUES(2,6,1795961717637,2,1,6,'{"worker":"worker-1","session_id":"session-d6174ebb-1-2"}');
INSERT INTO events VALUES(2,7,1795961717637,2,1,8,'{"worker":"worker-1"}');
INSERT INTO events VALUES(2,8,1795961717643,2,1,9,'{"job_id":"job-d6174ebb-1-2"}');
INSERT INTO events VALUES(2,9,1795961717654,2,1,11,'{"ads_count":3,"size":1740,"sha256":"f1c4197de0c4b2ed81409c1db2b71c5646cf13676410a9cf1f3045ca4336cb1c"}');
INSERT INTO events VALUES(2,10,1795961717661,2,1,13,'{"rows":3,"repeated_ids":0,"loaded_before":false}');
INSERT INTO events VALUES(2,11,1795961717669,2,1,15,'{"key":"scrapes/2025-01-02/4a6b1503-72a3-8f7a-a7e6-98927c66f08d.json","etag":"\"4eaf50484749dd983e7ac9d95b8b2f28\"","size":2758,"s3_sha256":"adc02a829559530f07ceb3f23cf8895aaf0451cd2b6c6dc4df85c97f71d5bc84"}');
INSERT INTO events VALUES(2,12,1795961717669,2,1,19,NULL);
INSERT INTO events VALUES(3,1,1795961717364,1,1,1,NULL);
INSERT INTO events VALUES(3,2,1795961717593,2,1,2,NULL);
INSERT INTO events VALUES(3,3,1795961717669,2,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(3,4,1795961717669,2,1,7,'{"worker":"worker-1","session_id":"session-d6174ebb-1-2"}');
INSERT INTO events VALUES(3,5,1795961717669,2,1,8,'{"worker":"worker-1"}');
INSERT INTO events VALUES(3,6,1795961717671,2,1,9,'{"job_id":"job-d6174ebb-1-3"}');
INSERT INTO events VALUES(3,7,1795961717684,2,1,11,'{"ads_count":3,"size":1772,"sha256":"598be5ecec5609b88657a02403b856f2fa37b24bf7b567e2681597870c6bca83"}');
INSERT INTO events VALUES(3,8,1795961717688,2,1,13,'{"rows":3,"repeated_ids":0,"loaded_before":false}');
INSERT INTO events VALUES(3,9,1795961717693,2,1,15,'{"key":"scrapes/2025-01-03/b9e27746-6377-894a-97b9-98792a2a348d.json","etag":"\"14d912f4524129a9394737c1227f0743\"","size":2831,"s3_sha256":"55508eafce21c99cdf8ba37d3644b0b117cbb63dc9eec60b9ed019f0e78ea5a3"}');
INSERT INTO events VALUES(3,10,1795961717693,2,1,19,NULL);
INSERT INTO events VALUES(4,1,1795961717364,1,1,1,NULL);
INSERT INTO events VALUES(4,2,1795961717593,2,1,2,NULL);
INSERT INTO events VALUES(4,3,1795961717693,2,1,3,'{"checkpoint":"SCRAPE"}');
INSERT INTO events VALUES(4,4,1795961717693,2,1,7,'{"worker":"worker-1","session_id":"session-d6174ebb-1-2"}');
INSERT INTO events VALUES(4,5,1795961717693,2,1,8,'{"worker":"worker-1"}');
INSERT INTO events VALUES(4,6,1795961717696,2,1,9,'{"job_id":"job-d6174ebb-1-4"}');
INSERT INTO events VALUES(4,7,1795961717704,2,1,12,'{"error_code":"ERROR200","message":"the page did not load: net::ERR_TUNNEL_CONNECTION_FAILED"}');
INSERT INTO events VALUES(4,8,1795961717704,2,1,20,'{"error_code":"ERROR200"}');
INSERT INTO events VALUES(5,1,1795961717364,1,1,1,NULL);
INSERT INTO events VALUES(5,2,1795961717558,NULL,1,21,NULL);
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
, recent_failures REAL NOT NULL DEFAULT 0, last_failed_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE status_tallies (status INTEGER PRIMARY KEY, missions INTEGER NOT NULL) STRICT;
INSERT INTO status_tallies VALUES(0,0);
INSERT INTO status_tallies VALUES(1,0);
INSERT INTO status_tallies VALUES(2,0);
INSERT INTO status_tallies VALUES(3,3);
INSERT INTO status_tallies VALUES(4,1);
INSERT INTO status_tallies VALUES(5,1);
CREATE TABLE day_tallies (
  day INTEGER PRIMARY KEY, done INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO day_tallies VALUES(20786,3,1);
CREATE TABLE journal_identity (id TEXT NOT NULL) STRICT;
INSERT INTO journal_identity VALUES('7ea283990efc3129a7035b43fe57ba82');
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
