import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// The whole main job with a real PostgreSQL as its destination.
  @Suite(
    .serialized,
    .enabled(
      if: PostgresServer.isInstalled, "Debian's package postgresql is not installed (Tests/run.sh does it)"))
  struct PostgreSQL {
    private func installation(_ setup: Setup = Setup(), days: Int) async throws -> Installation {
      let site = try await Installation(setup)
      try site.usePostgres()
      try site.addMissions(days: days)
      return site
    }

    private func expectSameObjects(_ one: Installation, _ other: Installation) throws {
      #expect(one.objects == other.objects)
      let different = try one.objects.filter {
        try TemporaryFolder.bytes("\(one.storeFolder)/\($0)")
          != TemporaryFolder.bytes("\(other.storeFolder)/\($0)")
      }
      #expect(different == [])
    }

    @Test("the main job ends with the rows and the byte-identical objects that it has with SQLite")
    func mainJob() async throws {
      let setup = Setup(workers: 4, capacity: 2, ads: "0..40", seed: 5)
      let embedded = try await Installation(setup)
      try embedded.addMissions(days: 30)
      #expect(try await embedded.run("run").way == .exit(0))
      let site = try await installation(setup, days: 30)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|30"])
      #expect(try site.loadedValues() == embedded.loadedValues())
      #expect(try site.loadedAds() == embedded.loadedAds())
      try expectSameObjects(site, embedded)
      for command in ["config", "list", "status"] { _ = try await site.run(command) }
      try await site.expectInvariants()
      #expect(site.written.contains("***@127.0.0.1"))
    }

    @Test("a run killed again and again leaves the same rows as one left alone")
    func killed() async throws {
      let setup = Setup(workers: 4, capacity: 2, ads: "0..30", jobTime: "10ms..60ms", seed: 9)
      let calm = try await installation(setup, days: 120)
      #expect(try await calm.run("run").way == .exit(0))
      let shaken = try await installation(setup, days: 120)
      for kill in 1...6 {
        let run = try shaken.start(["run"])
        // From the second on in the middle of loading, which the destination shows.
        let loaded = Int(try kill == 1 ? "0" : shaken.destination("SELECT count(*) FROM missions")[0])!
        let goesOn = try await Wait.until(seconds: 60) {
          let tables = try shaken.destination("SELECT count(*) FROM pg_tables WHERE tablename = 'missions'")
          return try tables == ["1"]
            && Int(shaken.destination("SELECT count(*) FROM missions")[0])! >= loaded + 3
        }
        #expect(goesOn, "kill \(kill)")
        run.signal(SIGKILL)
        #expect(try await shaken.end(run).way == .signal(SIGKILL), "kill \(kill) came too late")
      }
      let last = try await shaken.run("run")
      #expect(last.way == .exit(0), "\(last.errors)\(last.output)")
      #expect(try shaken.statuses() == ["DONE|120"])
      #expect(try shaken.loadedValues() == calm.loadedValues())
      try expectSameObjects(shaken, calm)
      try await shaken.expectInvariants()
    }

    @Test(
      "a database that goes away in the middle is waited for: ERROR302, again at DB, without a second scrape")
    func stoppedMidRun() async throws {
      let site = try await installation(Setup(workers: 4, jobTime: "80ms"), days: 60)
      try site.configure("max_retries: 2", "max_retries: 8")
      let run = try site.start(["run"])
      let hasLoaded = try await Wait.until(seconds: 60) {
        (site.journalSoFar("SELECT count(*) FROM mission_events WHERE event = 'DB_COMPLETED'").first.flatMap {
          Int($0)
        } ?? 0) >= 3
      }
      #expect(hasLoaded)
      let server = try #require(site.postgres?.server)
      try server.stop("immediate")
      let hasFailed = try await Wait.until(seconds: 60) {
        site.journalSoFar("SELECT count(*) > 2 FROM mission_events WHERE event = 'DB_ERROR'") == ["1"]
      }
      #expect(hasFailed)
      try server.start()
      let ended = try await site.end(run)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try site.statuses() == ["DONE|60"])
      #expect(try site.requests("POST /scrape") == 60)
      let codes = try site.events().filter { $0.name == "DB_ERROR" }.map { $0.details["error_code"].string }
      #expect(Set(codes) == ["ERROR302"], "\(codes)")
      try await site.expectInvariants(maxRetries: 8)
    }

    @Test("a refused login ends the run with 69 before anything is scraped; mended, the missions are done")
    func refusedLogin() async throws {
      let site = try await installation(days: 5)
      site.environment["DATABASE_PASSWORD"] = "canary-database-password-but-wrong"
      let refused = try await site.run("run")
      #expect(refused.way == .exit(69), "\(refused.errors)")
      #expect(refused.errors.contains("nothing is scraped: ERROR301"))
      #expect(refused.errors.contains("password authentication failed"))
      #expect(try site.requests("POST /session") == 0)
      #expect(try site.report()["counts"]["left"].int == 5)
      for command in [["list"], ["list", "--output", "json"], ["check"], ["config"]] {
        _ = try await site.end(site.start(command))
      }
      try site.expectNoSecrets()

      site.environment["DATABASE_PASSWORD"] = PostgresDatabase.password
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|5"])
      #expect(try site.requests("POST /scrape") == 5)
      try await site.expectInvariants()
    }

    @Test("`check` says what it tested, and for each fault what to do")
    func check() async throws {
      let site = try await installation(days: 1)
      func destination(_ arguments: String...) async throws -> JSON {
        let ended = try await site.end(site.start(["check", "--output", "json"] + arguments))
        return try #require(
          JSON(text: ended.output)["checks"].elements.first { $0["name"].string == "destination" })
      }
      let passed = try await destination()
      #expect(passed["passed"].bool == true, "\(passed)")
      #expect(passed["message"].string?.hasPrefix("PostgreSQL ") == true)
      #expect(try site.destination("SELECT count(*) FROM missions") == ["0"])

      let database = try #require(site.postgres)
      let faults = [
        ("/\(database.name)\"", "/missing\"", "3D000", "createdb"),
        (":\(database.server.port)/", ":\(FreePort.next())/", "refused", "is the server running"),
        (
          "/\(database.name)\"", "/\(database.name)?sslmode=verify-full&sslrootcert=/nowhere\"", "",
          "sslrootcert"
        ),
      ]
      for (old, new, message, advice) in faults {
        try site.configure(old, new)
        let failed = try await destination()
        #expect(failed["passed"].bool == false)
        #expect(message.isEmpty || failed["message"].string?.contains(message) == true, "\(failed)")
        #expect(failed["advice"].string?.contains(advice) == true, "\(failed)")
        try site.configure(new, old)
      }
      site.environment["DATABASE_PASSWORD"] = "canary-database-password-but-wrong"
      let refused = try await destination()
      #expect(refused["message"].string?.contains("28P01") == true, "\(refused)")
      #expect(refused["advice"].string?.contains("password") == true)
      try site.expectNoSecrets()
    }

    @Test("`verify` compares values with the objects, finds an altered row and mends it")
    func verify() async throws {
      let site = try await installation(days: 6)
      #expect(try await site.run("run").way == .exit(0))
      let clean = try await site.json("verify")
      #expect(clean["counts"]["not_compared"].int == 0, "\(clean)")
      let rows = try site.loadedValues()
      let mission = try site.destination("SELECT mission_id FROM missions WHERE rows_count > 1 LIMIT 1")[0]
      try site.postgres?.server.sql(
        """
        UPDATE ads SET data = data || '{"altered": true}' WHERE mission_id = '\(mission)' AND position =
          (SELECT max(position) FROM ads WHERE mission_id = '\(mission)')
        """, database: site.postgres!.name)
      let found = try await site.run("verify")
      #expect(found.way == .exit(1), "\(found.output)\(found.errors)")
      #expect(found.output.contains("holds other data"), "\(found.output)")
      #expect(try await site.run("verify", "--repair", "--yes").way == .exit(1))
      #expect(try site.loadedValues() == rows)
      #expect(try await site.run("verify").way == .exit(0))
      try await site.expectInvariants()
    }

    @Test("two processes that find an empty database at once both make do with the tables that one makes")
    func migratingAtOnce() async throws {
      let site = try await installation(days: 1)
      let programs = try (0..<4).map { _ in try site.start(["check"]) }
      for program in programs {
        let ended = try await site.end(program)
        #expect(ended.output.contains("✓ destination"), "\(ended.output)")
      }
      #expect(
        try site.destination("SELECT version FROM mission_control_schema ORDER BY version") == [
          "1", "2", "3",
        ])
    }

    @Test("a connection string that libpq does not understand is a configuration error that shows none of it")
    func unreadable() async throws {
      let site = try await installation(days: 1)
      try site.configure("/\(site.postgres!.name)\"", "/canary-database-password?sslmod=require\"")
      let run = try await site.run("run")
      #expect(run.way == .exit(78), "\(run.errors)")
      #expect(run.errors.contains("storage_db.connection_string"))
      #expect(!run.errors.contains("canary"))
      #expect(try site.requests("POST /scrape") == 0)
    }
  }
}
