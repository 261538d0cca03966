import Foundation
import SQLite
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// A service that takes the records instead of a database: the simulator's, and a real one that dies between commit
  /// and answer.
  @Suite(.timeLimit(.minutes(10))) struct WriterRuns {
    private func installation(days: Int, script: String = "") async throws -> Installation {
      let site = try await Installation(
        Setup(workers: 2, capacity: 2, ads: "0..12", jobTime: "5ms..30ms", script: script))
      try site.addMissions(days: days)
      try site.configure("max_retries: 2", "max_retries: 20")
      return site
    }

    private func simulated(days: Int, script: String = "") async throws -> Installation {
      let site = try await installation(days: days, script: script)
      try site.useWriter("http://127.0.0.1:\(site.control.port)/writer", key: "canary-worker-writer")
      return site
    }

    /// What the simulator's writer has, by mission.
    private func written(_ site: Installation) throws -> JSON {
      try JSON(text: String(decoding: site.control.get("/control/writer"), as: UTF8.self))
    }

    private func expectWrittenOnce(_ site: Installation) throws {
      let written = try written(site)
      let done = try site.journal(
        "SELECT id, ads_count, sha256 FROM mission_list WHERE status = 'DONE' ORDER BY id")
      #expect(written.members.count == done.count)
      for line in done {
        let parts = line.split(separator: "|").map(String.init)
        #expect(written[parts[0]]["commits"].int == 1, "\(line)")
        #expect(written[parts[0]]["rows"].int == Int(parts[1]), "\(line)")
        #expect(written[parts[0]]["sha256"].string == parts[2], "\(line)")
      }
    }

    @Test("what a writer does badly leaves each mission written once")
    func faults() async throws {
      let site = try await simulated(
        days: 30,
        script: #"""
          {"match": {"request": "PUT /writer/missions/*", "nth": 3}, "do": {"reset": true, "perform": true}}
          {"match": {"request": "PUT /writer/missions/*", "nth": 5}, "do": {"status": 500, "perform": true}}
          {"match": {"request": "PUT /writer/missions/*", "nth": 7}, "do": {"status": 503, "retry_after": 0}}
          {"match": {"request": "PUT /writer/missions/*", "nth": 9}, "do": {"status": 502}}
          {"match": {"request": "GET /writer/missions/*", "nth": 4}, "do": {"status": 500}}
          """#)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      try expectWrittenOnce(site)
      #expect(try await site.run("verify").way == .exit(0))
      let second = try await site.run("run")
      #expect(second.way == .exit(0))
      try expectWrittenOnce(site)
    }

    @Test("what a writer does not take is final, and told in its words")
    func refused() async throws {
      let site = try await simulated(
        days: 3,
        script:
          #"{"match": {"request": "PUT /writer/missions/*", "date": "2025-01-02"}, "do": {"status": 422}}"#)
      let run = try await site.run("run")
      #expect(run.way == .exit(1))
      #expect(try site.statuses() == ["DONE|2", "FAILED|1"])
      #expect(run.output.contains("ERROR303"))
      #expect(run.output.contains("refused by the fault script"))
      try expectWrittenOnce(site)
      site.environment["WRITER_KEY"] = "another-key"
      let other = try await site.run("run", "--retry-failed")
      #expect(other.way == .exit(69), "\(other.output)\(other.errors)")
      #expect(other.errors.contains("ERROR301"), "\(other.errors)")
    }

    @Test(
      "without its journal a run asks the writer and scrapes nothing; what the writer has lost is sent again")
    func ledgerFirst() async throws {
      let site = try await simulated(days: 12)
      #expect(try await site.run("run").way == .exit(0))
      for name in TemporaryFolder.files(in: site.folder + "/state") where name.hasPrefix("journal.sqlite") {
        try FileManager.default.removeItem(atPath: "\(site.folder)/state/\(name)")
      }
      let second = try await site.run("run")
      #expect(second.way == .exit(0), "\(second.errors)\(second.output)")
      #expect(try site.report()["counts"]["recovered"].int == 12)
      #expect(try site.requests("POST /scrape") == 12)
      try expectWrittenOnce(site)

      let lost = try #require(try written(site).members.keys.sorted().first)
      _ = try site.control.delete("/writer/missions/\(lost)", key: "canary-worker-writer")
      let found = try await site.run("verify")
      #expect(found.way == .exit(1), "\(found.output)\(found.errors)")
      #expect(try await site.run("verify", "--repair", "--yes").way == .exit(1))
      #expect(try await site.run("run").way == .exit(0))
      #expect(try await site.run("verify").way == .exit(0))
      #expect(try written(site).members.count == 12)
    }

    @Test("check says whether the writer tells what it has")
    func checked() async throws {
      let site = try await simulated(days: 1)
      let check = try await site.run("check")
      #expect(check.way == .exit(0), "\(check.output)\(check.errors)")
      #expect(check.output.contains("healthy; it tells what it has"))
      try site.script(#"{"match": {"request": "GET /writer/missions"}, "do": {"status": 405}}"#)
      let silent = try await site.run("check")
      #expect(silent.way == .exit(0))
      #expect(
        silent.output.contains(
          "it does not tell what it has (no GET): that nothing is written twice is its word"))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      let verify = try await site.run("verify")
      #expect(verify.way == .exit(69))
      #expect(verify.errors.contains("it cannot be asked what it holds"))
    }

    @Test(
      "a runner killed again and again and a writer that dies between commit and answer: rows once",
      .enabled(if: WriterServer.reasonToSkip == nil, "Tests/servers.sh installs it"),
      arguments: [true, false])
    func killed(hasLedger: Bool) async throws {
      let server = try WriterServer(deathEvery: 9, hasLedger: hasLedger)
      let site = try await installation(days: 36)
      try site.useWriter(server.url, key: server.key)
      for kill in 1...4 {
        #expect(try await Wait.until(seconds: 60) { server.isThere() })
        let run = try site.start(["run"])
        let isUnderWay = try await Wait.until(seconds: 60) {
          let written = (try? Installation.rows(server.database, "SELECT count(*) FROM missions")) ?? []
          return written.first.flatMap { Int($0) } ?? 0 > 5 * kill || !run.isRunning()
        }
        #expect(isUnderWay)
        run.signal(SIGKILL)
        _ = try await site.end(run)
      }
      #expect(try await Wait.until(seconds: 60) { server.isThere() })
      let last = try await site.end(site.start(["run"]), within: 180)
      #expect(last.way == .exit(0), "\(last.errors)\(last.output)")

      let done = try site.journal("SELECT id, ads_count, sha256 FROM mission_list ORDER BY id")
      let written = try Installation.rows(
        server.database, "SELECT mission_id, rows, sha256 FROM missions ORDER BY mission_id")
      #expect(written == done)
      #expect(done.count == 36)
      let twice = try Installation.rows(
        server.database, "SELECT mission_id, count(*) FROM commits GROUP BY 1 HAVING count(*) > 1")
      #expect(twice == [], "something was written twice")
      let records = try Installation.rows(
        server.database,
        """
        SELECT mission_id FROM missions m
        WHERE rows <> (SELECT count(*) FROM records WHERE records.mission_id = m.mission_id)
        """)
      #expect(records == [])
      if hasLedger { #expect(try await site.run("verify").way == .exit(0)) }
    }
  }
}
