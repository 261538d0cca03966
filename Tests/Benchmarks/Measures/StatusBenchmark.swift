/// The start of the program: `--help`, and `status` on a journal of a million finished missions.
///
/// The journal is the product's own import; SQL then gives all missions what a finished one has, apart from its
/// events, and counts the tallies anew. `status` must agree that all are done.
struct StatusBenchmark: Benchmark {
  let laboratory: Laboratory

  func figures() throws -> [Figure] {
    let rows = laboratory.amounts.rows
    var status = Figure("status, \(rows) finished", .milliseconds, target: .below(0.2))
    var peak = Figure("status, \(rows) finished: peak memory", .megabytes, target: .below(64e6))
    var help = Figure("--help", .milliseconds, target: .below(0.03))
    let site = try laboratory.site("journal")
    defer { site.remove() }
    try finishAll(site)
    for _ in 1...laboratory.amounts.statusRounds {
      let child = try site.missionControl("status", "--output", "json")
      let product = try child.end()
      let output = try child.output()
      guard output.contains("\"done\":\(rows),") else {
        throw BenchmarkFailure("status does not count \(rows) finished missions: \(output.prefix(400))")
      }
      let bare = try site.reference(.count, ["journal": "\(site.path)/state/journal.sqlite"]).end()
      status.add(product.wallSeconds, bare.wallSeconds)
      peak.add(product.peakBytes, bare.peakBytes)
      let shown = try site.missionControl("--help").end()
      // What starting any process costs.
      let nothing = try Child("/bin/true", [], record: "\(site.path)/nothing").end()
      help.add(shown.wallSeconds, nothing.wallSeconds)
    }
    return [status, peak, help]
  }

  private func finishAll(_ site: Site) throws {
    let file = try site.writeMissions(laboratory.amounts.rows)
    let services = try site.importer()
    try withExtendedLifetime(services) {
      _ = try site.missionControl("run", file, "--limit", "1", "--quiet").end()
    }
    try site.finishAll(laboratory.amounts.rows)
  }
}

extension Site {
  /// Makes every mission of the journal one that is finished.
  func finishAll(_ rows: Int) throws(BenchmarkFailure) {
    let journal = try BareDatabase("\(path)/state/journal.sqlite")
    try journal.execute(Self.finish)
    try expect(
      try journal.integer("SELECT count(*) FROM missions WHERE status = 3"), rows,
      "finished missions in the journal")
  }

  /// Status 3 is DONE, checkpoint 2 is S3.
  private static let finish = """
    BEGIN;
    INSERT INTO runs (id, started_at, finished_at, exit_code, selected, done, ads)
      SELECT 'run-20260101-000000-abcdef', 1767225600000, 1767312000000, 0, count(*), count(*), 20 * count(*)
      FROM missions WHERE status <> 3;
    UPDATE missions SET status = 3, checkpoint = 2, run = (SELECT max(number) FROM runs),
      queued_at = 1767225600000, started_at = 1767225600000 + number * 80, ads_count = 20,
      finished_at = 1767225601000 + number * 80, worker = 'worker-1', job_id = 'job-' || number, size = 20000,
      sha256 = lower(hex(randomblob(32))), s3_key = 'scrapes/2026-01-01/' || lower(hex(id)) || '.json',
      s3_etag = lower(hex(randomblob(16))), s3_size = 25000, s3_sha256 = lower(hex(randomblob(32))),
      scrape_ms = 700, db_ms = 100, s3_ms = 200
      WHERE status <> 3;
    DELETE FROM status_tallies;
    INSERT INTO status_tallies VALUES (0, 0), (1, 0), (2, 0), (3, (SELECT count(*) FROM missions)), (4, 0), (5, 0);
    DELETE FROM quarter_tallies;
    INSERT INTO quarter_tallies (quarter, done) SELECT finished_at / 900000, count(*) FROM missions GROUP BY 1;
    COMMIT;
    PRAGMA wal_checkpoint(TRUNCATE);
    """
}
