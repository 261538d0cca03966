import Foundation
import Testing

extension EndToEnd {
  /// `cancel` and `retry`, with and without a live run.
  @Suite struct ChangingCommands {
    private func ids(_ site: Installation, where condition: String = "1") throws -> [String] {
      try site.journal("SELECT id FROM mission_list WHERE \(condition) ORDER BY date_start")
    }

    @Test("cancel while a run is live cancels the running job on its worker and takes the waiting one away")
    func cancelLive() async throws {
      let slow = #"{"match": {"request": "POST /scrape", "date": "2025-01-01"}, "do": {"job_time": "30s"}}"#
      let site = try await Installation(Setup(workers: 1, script: slow))
      try site.addMissions(days: 3)
      let run = try site.start(["run"])
      try await site.untilJobIsJournaled()
      let ids = try ids(site)
      let cancel = try await site.run("cancel", ids[0], String(ids[2].prefix(12)))
      #expect(cancel.way == .exit(0), "\(cancel.output)\(cancel.errors)")
      #expect(cancel.output.contains("2 missions cancelled"))
      let ended = try await site.end(run)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(
        try site.journal("SELECT status FROM mission_list ORDER BY date_start")
          == ["CANCELLED", "DONE", "CANCELLED"])
      #expect(try site.requests("POST /scrape/{job_id}/cancel") == 1)
      #expect(try site.requests("POST /scrape") == 2)
      #expect(try site.report()["counts"]["cancelled"].int == 2)
      try await site.expectInvariants()
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == 2)
    }

    @Test("cancel without a run ends what waits; what is finished or unknown is refused by name")
    func cancelAtRest() async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "10s"))
      try site.addMissions(days: 2)
      let run = try site.start(["run"])
      try await site.untilJobIsJournaled()
      run.signal(SIGTERM)
      #expect(try await site.end(run).way == .exit(75))
      let ids = try ids(site)
      let changed = try await site.json("cancel", ids[0])
      #expect(changed["changed"].int == 1)
      let again = try await site.run("cancel", ids[0], ids[1], "--output", "json")
      #expect(again.way == .exit(1))
      let outcome = try JSON(text: again.output)
      #expect(outcome["changed"].int == 1)
      #expect(outcome["refused"][0]["id"].string == ids[0])
      #expect(try await site.run("cancel", "0000").way == .exit(66))
      #expect(try site.statuses() == ["CANCELLED|2"])
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == 1)
    }

    @Test("retry puts back what failed or was cancelled, by id, by code or all; nothing else")
    func retry() async throws {
      let failing = #"{"match": {"request": "POST /scrape"}, "do": {"job_status": "failed"}}"#
      let site = try await Installation(Setup(script: failing))
      try site.configure("max_retries: 2", "max_retries: 0")
      try site.addMissions(days: 4)
      #expect(try await site.run("run").way == .exit(1))
      #expect(try site.journal("SELECT DISTINCT error_code FROM mission_list") == ["ERROR200"])
      let rerun = try await site.run("run")
      #expect(rerun.way == .exit(1), "they stay FAILED")
      #expect(
        rerun.output.contains("4 listed missions stay FAILED"), "the failed ones are named: \(rerun.output)")
      try site.script("")

      let ids = try ids(site)
      #expect(try await site.json("retry", ids[0])["changed"].int == 1)
      #expect(try await site.run("retry", ids[0]).way == .exit(1))
      #expect(try await site.json("retry", "--code", "ERROR2xx", "--to", "2025-01-02")["changed"].int == 1)
      #expect(try await site.json("retry", "--code", "ERROR400")["changed"].int == 0)
      #expect(try site.statuses() == ["FAILED|2", "PENDING|2"])
      #expect(try await site.run("run").way == .exit(1), "two of them stay FAILED")
      #expect(try site.statuses() == ["DONE|2", "FAILED|2"])
      #expect(try await site.run("retry", ids[0]).way == .exit(1))
      #expect(try await site.run("run", "--retry-failed").way == .exit(0))
      #expect(try site.statuses() == ["DONE|4"])
      try await site.expectInvariants()
    }

    @Test("retry while a run is live puts the failed mission back for the next run")
    func retryLive() async throws {
      let site = try await Installation(
        Setup(
          workers: 2,
          script: """
            {"match": {"request": "POST /scrape", "date": "2025-01-01"}, "do": {"job_status": "failed"}, "times": 1}
            {"match": {"request": "POST /scrape", "date": "2025-01-02"}, "do": {"job_time": "1200ms"}}
            """))
      try site.configure("max_retries: 2", "max_retries: 0")
      try site.addMissions(days: 2)
      let run = try site.start(["run"])
      let hasFailed = try await Wait.until {
        !site.journalSoFar("SELECT 1 FROM mission_list WHERE status = 'FAILED'").isEmpty
      }
      #expect(hasFailed)
      let retry = try await site.run("retry", "--failed")
      #expect(retry.way == .exit(0), "\(retry.errors)")
      let ended = try await site.end(run)
      // 1: what was put back counts as this run's, that is left for the next.
      #expect([.exit(0), .exit(1), .exit(75)].contains(ended.way), "\(ended.errors)")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.statuses() == ["DONE|2"])
      try await site.expectInvariants()
    }
  }
}
