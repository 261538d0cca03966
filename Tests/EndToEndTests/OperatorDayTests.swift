import Foundation
import Testing

extension EndToEnd {
  /// A day as an operator has it: a year's backfill in which a quarter fails, Ctrl-C, a kill, the rest; and then the
  /// questions of the evening. Every figure that stands in two places must be the same.
  @Suite struct OperatorDay {
    private func installation() async throws -> Installation {
      let site = try await Installation(
        Setup(
          workers: 4, capacity: 2, ads: "0..12", jobTime: "10ms..40ms", seed: 11,
          options: ["--job-failures", "0.25"]))
      try site.configure("max_retries: 2", "max_retries: 0")
      try site.addMissions(days: 365)
      return site
    }

    /// Starts a run and ends it by `signal` as soon as `count` missions have come to their end in it.
    private func interrupt(_ site: Installation, after count: Int, by signal: Int32) async throws -> Ended {
      let before = finished(site)
      let run = try site.start(["run"])
      let isThere = try await Wait.until { finished(site) >= before + count || !run.isRunning() }
      #expect(isThere)
      run.signal(signal)
      return try await site.end(run)
    }

    private func newestRun(_ site: Installation) throws -> String {
      try site.journal("SELECT id FROM runs ORDER BY number DESC LIMIT 1")[0]
    }

    private func finished(_ site: Installation) -> Int {
      site.journalSoFar("SELECT count(*) FROM mission_list WHERE status IN ('DONE', 'FAILED')").first
        .flatMap { Int($0) } ?? 0
    }

    @Test("three runs of a day, one stopped and one killed, tell what each did, and offer what they say")
    func day() async throws {
      let site = try await installation()
      #expect(try await interrupt(site, after: 80, by: SIGINT).way == .exit(75))
      try await expectCommandsKeepTheirWord(site, newestRun(site))
      #expect(try await interrupt(site, after: 80, by: SIGKILL).way == .signal(SIGKILL))
      try await expectCommandsKeepTheirWord(site, newestRun(site))
      let last = try await site.run("run")
      #expect(last.way == .exit(1), "\(last.errors)")
      try await site.expectInvariants(maxRetries: 0)

      let runs = try site.journal("SELECT id FROM runs ORDER BY number")
      try #require(runs.count == 3)
      var done = 0
      for (run, ended) in zip(runs, ["stopped", "killed", "finished"]) {
        let report = try await site.json("report", run)
        #expect(report["ended"].string == ended)
        done += try await expectOwnReport(site, run, report)
        try await expectCommandsKeepTheirWord(site, run)
      }
      let list = try await site.json("list", "--limit", "1")["summary"]
      #expect(list["done"].int == done)
      #expect(list["total"].int == 365)
      #expect(
        try site.journal("SELECT count(*) FROM mission_list WHERE status = 'FAILED'") == [
          "\(list["failed"].int ?? -1)"
        ])
      let status = try await site.json("status")
      #expect(status["counts"] == list)
      #expect(status["last_run"]["ended"].string == "finished")
    }

    /// What the run did is what the journal's events say that it did; answers how many missions it brought to DONE.
    private func expectOwnReport(_ site: Installation, _ run: String, _ report: JSON) async throws -> Int {
      let counts = report["counts"]
      for (event, count) in [("COMPLETED", "done"), ("FAILED", "failed")] {
        let written = try site.journal(
          "SELECT count(*) FROM mission_events WHERE event = '\(event)' AND run_id = '\(run)'")[0]
        // A killed run's file was last written up to ten seconds before its end; the report asks the journal, too.
        #expect(counts[count].int == Int(written), "\(run): \(count)")
      }
      let parts = ["done", "failed", "cancelled", "left"].map { counts[$0].int ?? -1 }
      #expect(counts["selected"].int == parts.reduce(0, +), "\(run): \(counts)")
      let again = try await site.json("report", run)
      #expect(again == report, "\(run): a report changed")
      return counts["done"].int ?? 0
    }

    /// Each `run` that the report offers chooses as many missions as the text beside it says.
    private func expectCommandsKeepTheirWord(_ site: Installation, _ run: String) async throws {
      let text = try await site.run("report", run).output
      let next = text.components(separatedBy: "\nNext\n").last ?? ""
      var seen: Set<String> = []
      for line in next.split(separator: "\n") where line.hasPrefix("  mission-control ") {
        let parts = line.trimmingCharacters(in: .whitespaces).components(separatedBy: "  ").filter {
          !$0.isEmpty
        }
        let words = parts[0].split(separator: " ").dropFirst().map(String.init)
        #expect(seen.insert(parts[0]).inserted, "offered twice: \(parts[0])")
        guard words.first == "run" else { continue }
        let told = parts.last?.split(separator: " ").compactMap { Int($0.replacing(",", with: "")) }.first
        let plan = try JSON(
          text: try await site.end(site.start(["plan"] + words.dropFirst() + ["--output", "json"])).output)
        #expect(plan["selected"].int == told, "\(run): \(line)")
      }
    }
  }
}
