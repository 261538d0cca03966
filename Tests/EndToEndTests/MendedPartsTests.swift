import Foundation
import SQLite
import TestSupport
import Testing

extension EndToEnd {
  /// A store or a destination that refuses, and then works.
  @Suite struct MendedParts {
    private func expectResumedAtS3(_ site: Installation, days: Int) async throws {
      let loadedAt = try site.destination(
        "SELECT mission_id, loaded_at, run_id FROM missions ORDER BY mission_id")
      #expect(loadedAt.count == days)
      let scrapes = try site.requests("POST /scrape")
      #expect(scrapes == days)
      let plan = try await site.json("plan")
      #expect(plan["resumed"]["s3"].int == days, "\(plan)")
      #expect(plan["sessions"].int == 0)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|\(days)"])
      #expect(try site.requests("POST /scrape") == scrapes)
      #expect(try site.requests("POST /session") <= days)
      #expect(
        try site.destination("SELECT mission_id, loaded_at, run_id FROM missions ORDER BY mission_id")
          == loadedAt)
      #expect(try site.count(of: "DB_COMPLETED") == days)
      try await site.expectInvariants()
    }

    @Test("a store that denies fails the missions with ERROR403; after retry they resume at S3")
    func deniedStore() async throws {
      let site = try await Installation(
        Setup(script: #"{"match": {"request": "PUT object"}, "do": {"s3_error": "AccessDenied"}}"#))
      try site.addMissions(days: 4)
      let refused = try await site.run("run")
      #expect(refused.way == .exit(1), "\(refused.errors)")
      #expect(
        try site.journal("SELECT DISTINCT status, checkpoint, error_code FROM mission_list") == [
          "FAILED|S3|ERROR403"
        ])
      #expect(site.objects == [])
      #expect(TemporaryFolder.files(in: site.folder + "/state/spool") != [])
      #expect(try await site.run("run").way == .exit(1), "listed missions stay FAILED")
      #expect(try site.requests("PUT object") == 4)

      try site.script("")
      let retry = try await site.run("retry", "--code", "ERROR403")
      #expect(retry.way == .exit(0))
      #expect(retry.output.contains("4 missions"))
      try await expectResumedAtS3(site, days: 4)
    }

    @Test("credentials that the store refuses open a breaker; mended, the same bytes go on at S3")
    func wrongCredentials() async throws {
      let site = try await Installation()
      site.environment["S3_SECRET"] = "canary-secret-key-but-wrong"
      try site.addMissions(days: 5)
      let refused = try await site.run("run")
      #expect(refused.way == .exit(69), "\(refused.errors)")
      #expect(refused.output.contains("ERROR401"))
      #expect(try site.report()["exit_code"].int == 69)
      let failed = try site.journal("SELECT count(*) FROM mission_list WHERE error_code = 'ERROR401'")[0]
      #expect(Int(failed)! >= 1)

      site.environment["S3_SECRET"] = "canary-secret-key"
      #expect(try await site.run("retry", "--code", "ERROR4xx").way == .exit(0))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|5"])
      #expect(try site.requests("POST /scrape") == 5)
      #expect(try site.count(of: "DB_COMPLETED") == 5)
      try await site.expectInvariants()
    }

    @Test("a store that is slow, fails for a moment or answers 200 with an error is tried again in place")
    func passingStoreFaults() async throws {
      let site = try await Installation(
        Setup(
          script: """
            {"match": {"request": "PUT object", "date": "2025-01-01"}, "do": {"s3_error": "SlowDown"}, "times": 2}
            {"match": {"request": "PUT object", "date": "2025-01-02"}, "do": {"s3_error": "InternalError"}, "times": 1}
            {"match": {"request": "PUT object", "date": "2025-01-03"}, "do": {"s3_error": "InternalError", "status": 200}, "times": 1}
            {"match": {"request": "PUT object", "date": "2025-01-04"}, "do": {"reset": true, "perform": false}, "times": 1}
            {"match": {"request": "PUT object", "date": "2025-01-05"}, "do": {"clock_offset": "20m"}, "times": 2}
            """))
      try site.addMissions(days: 5)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|5"])
      #expect(try site.requests("POST /scrape") == 5)
      #expect(try site.journal("SELECT sum(retry_count) FROM missions") == ["0"])
      try await site.expectInvariants()
    }

    @Test("a destination that fails twice and then works is loaded from the spool, without a new scrape")
    func lockedDestination() async throws {
      let site = try await Installation()
      try site.configure("busy: 5s", "busy: 30ms")
      try site.addMissions(days: 1)
      #expect(try await site.run("run").way == .exit(0))
      try site.addMissions(days: 2)
      let lock = try SQLiteConnection(path: site.destinationPath, mode: .readWrite, busyTimeout: .seconds(2))
      try lock.execute("BEGIN IMMEDIATE")
      let run = try site.start(["run"])
      let hasFailedTwice = try await Wait.until(seconds: 30) {
        site.journalSoFar("SELECT count(*) FROM mission_events WHERE event = 'DB_ERROR'") == ["2"]
      }
      #expect(hasFailedTwice)
      try lock.execute("ROLLBACK")
      let ended = try await site.end(run)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try site.statuses() == ["DONE|2"])
      #expect(try site.requests("POST /scrape") == 2)
      #expect(try site.journal("SELECT max(retry_count) FROM missions") == ["2"])
      try await site.expectInvariants()
    }

    @Test("a destination with a foreign table is refused with ERROR303 and left as it is")
    func foreignDestination() async throws {
      let site = try await Installation()
      try site.addMissions(days: 2)
      mkdir(site.folder + "/state", 0o700)
      let foreign = try SQLiteConnection(path: site.destinationPath, mode: .readWriteCreate)
      try foreign.execute("CREATE TABLE ads (name TEXT); INSERT INTO ads VALUES ('mine')")
      foreign.close()
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)")
      #expect(run.errors.contains("the destination cannot be asked, nothing is scraped: ERROR303"))
      #expect(try site.report()["counts"]["left"].int == 2)
      #expect(try site.requests("POST /scrape") == 0)
      #expect(try site.destination("SELECT name FROM ads") == ["mine"])
      #expect(try site.destination("SELECT count(*) FROM sqlite_schema") == ["1"])

      rename(site.destinationPath, site.folder + "/theirs.sqlite")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == 2)
      try await site.expectInvariants()
    }
  }
}
