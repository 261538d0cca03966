import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Deaths at the moments where an effect is done and not yet written down, each looked at by itself. What holds
  /// everywhere is the sweeps' matter.
  @Suite struct CrashedSteps {
    private func die(_ site: Installation, at point: String, _ arguments: [String] = ["run"]) async throws {
      site.environment["MISSION_CONTROL_FAILPOINT"] = point
      let killed = try await site.end(try site.start(arguments))
      site.environment["MISSION_CONTROL_FAILPOINT"] = nil
      #expect(killed.way == .signal(SIGKILL), "\(point): \(killed.errors)")
    }

    @Test("killed between POST /scrape and its id in the journal: the session is ended, and one job lives")
    func jobNobodyKnows() async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "400ms"))
      try site.addMissions(days: 1)
      try await die(site, at: "scrape.start.answered:1")
      #expect(try site.count(of: "SCRAPE_STARTING") == 1)
      #expect(try site.count(of: "SCRAPE_STARTED") == 0)
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("DELETE /session") >= 1)
      #expect(try site.requests("POST /scrape") == 2)
      #expect(try site.report()["missions"][0]["retry_count"].int == 0)
      try await site.expectInvariants()
    }

    @Test(
      "killed between the destination's COMMIT and the journal: spool and ledger tell, nothing is scraped or loaded again"
    )
    func committedBeforeTheJournal() async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.addMissions(days: 1)
      try await die(site, at: "destination.commit.after:1")
      // The first commit makes the tables.
      #expect(try site.destination("SELECT count(*) FROM missions") == ["1"])
      #expect(try site.journal("SELECT checkpoint FROM mission_list") == ["SCRAPE"])
      let loaded = try site.destination("SELECT run_id, loaded_at FROM missions")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.destination("SELECT run_id, loaded_at FROM missions") == loaded)
      #expect(try site.requests("POST /scrape") == 1)
      try await site.expectLoaded(days: 1)
      try await site.expectInvariants()
    }

    @Test("killed between the store's answer and the journal: the same bytes are put again")
    func storedBeforeTheJournal() async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.addMissions(days: 1)
      try await die(site, at: "store.put.answered:1")
      let key = try #require(site.objects.first)
      let bytes = try TemporaryFolder.bytes("\(site.storeFolder)/\(key)")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("PUT object") == 2)
      #expect(try TemporaryFolder.bytes("\(site.storeFolder)/\(key)") == bytes)
      #expect(try site.requests("POST /scrape") == 1)
      try await site.expectInvariants()
    }

    @Test("a run that dies when all is done leaves a spool and a socket, which the next one clears away")
    func deathAfterTheEnd() async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.addMissions(days: 2)
      try await die(site, at: "spool.segment.remove.before:1")
      #expect(site.state.contains { $0.hasPrefix("spool/segment-") })
      #expect(site.state.contains("journal.sqlite.control"))
      #expect(try await site.run("run").way == .exit(0))
      #expect(site.state.filter { $0.hasPrefix("spool/") || $0.hasSuffix(".control") } == [])
      #expect(try site.requests("POST /scrape") == 2)
      try await site.expectInvariants()
    }

    @Test(
      "a run killed while it answers `cancel` leaves a mission that can be cancelled, and others that go on",
      arguments: [
        "control.request.before", "scrape.cancel.before", "scrape.cancel.answered", "control.request.after",
        "control.reply.after",
      ])
    func cancelling(point: String) async throws {
      let rule = #"{"match": {"request": "POST /scrape", "date": "2025-01-01"}, "do": {"job_time": "60s"}}"#
      let site = try await Installation(Setup(workers: 1, script: rule))
      try site.addMissions(days: 2)
      site.environment["MISSION_CONTROL_FAILPOINT"] = point + ":1"
      let run = try site.start(["run"])
      site.environment["MISSION_CONTROL_FAILPOINT"] = nil
      try await site.untilJobIsJournaled()
      let id = try site.journal("SELECT id FROM mission_list WHERE date_start = '2025-01-01'")[0]
      let asked = try await site.run("cancel", id)
      #expect(try await site.end(run).way == .signal(SIGKILL))
      // The run died before it could say what came of it, or just after.
      #expect(asked.code == (point == "control.reply.after" ? 0 : 75), "\(asked.errors)")
      _ = try await site.run("cancel", id)
      let resumed = try await site.run("run")
      #expect(resumed.way == .exit(0), "\(resumed.errors)")
      #expect(try site.statuses() == ["CANCELLED|1", "DONE|1"])
      try await site.expectInvariants()
    }

    @Test("`retry` killed before its commit has changed nothing, and after it everything")
    func retrying() async throws {
      let rule = #"{"match": {"request": "PUT object"}, "do": {"s3_error": "AccessDenied"}}"#
      let site = try await Installation(Setup(workers: 1, script: rule))
      try site.addMissions(days: 2)
      #expect(try await site.run("run").way == .exit(1))
      try await die(site, at: "journal.commit.before:1", ["retry", "--failed"])
      #expect(try site.statuses() == ["FAILED|2"])
      try await die(site, at: "journal.commit.after:1", ["retry", "--failed"])
      #expect(try site.statuses() == ["PENDING|2"])
      try site.script("")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == 2)
      try await site.expectInvariants()
    }
  }
}
