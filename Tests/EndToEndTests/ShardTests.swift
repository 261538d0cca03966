import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Several runs that share the missions, as an engine starts them (TRUST 4).
  @Suite struct Shards {
    /// A run of one part, as Kubernetes tells it.
    private func run(_ index: Int, of count: Int, _ site: Installation, _ options: String...) async throws
      -> Ended
    {
      site.environment["JOB_COMPLETION_INDEX"] = "\(index)"
      site.environment["JOB_COMPLETIONS"] = "\(count)"
      return try await site.end(try site.start(options + ["--shard", "auto"]))
    }

    private func journal(_ index: Int, of count: Int, _ site: Installation, _ sql: String) throws -> [String]
    {
      try Installation.rows("\(site.folder)/state/shard-\(index)-of-\(count)/journal.sqlite", sql)
    }

    private func merged(_ site: Installation, _ paths: String...) async throws -> (
      code: Ended.Way, report: JSON
    ) {
      let ended = try await site.end(
        try site.start(["report", "--output", "json", "--merge"] + (paths.isEmpty ? ["state"] : paths)))
      return (ended.way, try JSON(text: ended.output))
    }

    @Test("each has its workers, proxies and journal, and together they do everything once")
    func together() async throws {
      let site = try await Installation(Setup(workers: 3, proxies: 3))
      try site.addMissions(days: 30)
      for index in 0..<2 {
        let ended = try await run(index, of: 2, site, "run")
        #expect(ended.way == .exit(0), "\(ended.errors)")
        #expect(ended.errors.contains("this is shard \(index) of 2"))
        #expect(ended.errors.contains("a SQLite destination is no ledger that machines share"))
        // The next command is for the same part.
        let plan = try await run(index, of: 2, site, "plan")
        #expect(plan.output.contains("0") && plan.way == .exit(0))
        if index == 0 {
          let half = try await merged(site)
          #expect(half.code == .exit(1))
          #expect(half.report["missing"] == .array([.int(1)]) && half.report["exit_code"].int == 1)
          let text = try await site.run("report", "--merge", "state")
          #expect(text.way == .exit(1))
          #expect(text.output.contains("shard 1 of 2 is missing"), "\(text.output)")
        }
      }
      let workers = try (0..<2).map {
        try journal(
          $0, of: 2, site, "SELECT DISTINCT worker FROM missions WHERE worker IS NOT NULL ORDER BY 1")
      }
      #expect(workers == [["worker-1", "worker-3"], ["worker-2"]])
      let proxies = try (0..<2).map {
        try journal($0, of: 2, site, "SELECT count(DISTINCT proxy) FROM missions")
      }
      #expect(proxies[1] == ["1"] && (Int(proxies[0][0]) ?? 0) <= 2)
      #expect(try site.requests("POST /scrape") == 30)
      #expect(!FileManager.default.fileExists(atPath: site.journalPath))
      let whole = try await merged(site)
      #expect(whole.code == .exit(0))
      #expect(whole.report["counts"]["done"].int == 30 && whole.report["missions"].elements.count == 30)
      #expect(whole.report["shards"].elements.map { $0["index"].int } == [0, 1])
      // The same from the report files alone, and from journals and folders that say it twice.
      let files = try (0..<2).map { index in
        let folder = "state/shard-\(index)-of-2/reports/"
        let name = try #require(
          TemporaryFolder.files(in: site.folder + "/" + folder).first { $0.hasSuffix(".json") })
        return folder + name
      }
      let fromFiles = try await merged(site, files[0], files[1])
      #expect(fromFiles.code == .exit(0) && fromFiles.report["counts"]["done"].int == 30)
      let twice = try await merged(site, "state", files[0], "state/shard-0-of-2/journal.sqlite")
      #expect(twice.code == .exit(0) && twice.report["shards"].elements.count == 2)
      #expect(twice.report["counts"]["done"].int == 30)
      let page = try await site.run("report", "--merge", "state", "--html", "merged.html")
      #expect(page.way == .exit(0), "\(page.errors)")
      let html = try TemporaryFolder.text(site.folder + "/merged.html")
      #expect(html.contains("0/2 worker-1") && html.contains("1/2 worker-2"))
      let report = try await run(1, of: 2, site, "report", "--output", "json")
      let shard = try JSON(text: report.output)["shard"]
      #expect(shard["index"].int == 1 && shard["count"].int == 2)
    }

    @Test("another number of shards scrapes nothing that is done, and names what was left under way")
    func another() async throws {
      let site = try await Installation(Setup(workers: 2))
      try site.addMissions(days: 24)
      #expect(try await run(0, of: 2, site, "run").way == .exit(0))
      site.environment["MISSION_CONTROL_FAILPOINT"] = "destination.insert.after:3"
      #expect(try await run(1, of: 2, site, "run").way == .signal(SIGKILL))
      site.environment["MISSION_CONTROL_FAILPOINT"] = nil
      let before = try site.requests("POST /scrape")
      let done = try site.destination("SELECT count(*) FROM missions")
      let ended = try await run(0, of: 1, site, "run")
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(ended.errors.contains("state/shard-1-of-2 holds"), "\(ended.errors)")
      #expect(ended.errors.contains("missions are done already"))
      #expect(try site.requests("POST /scrape") == before + 24 - (Int(done[0]) ?? 0))
      #expect(try await run(0, of: 1, site, "verify").way == .exit(0))
      let whole = try await merged(site)
      #expect(whole.code == .exit(0), "the newest run says that there is one shard")
      #expect(whole.report["counts"]["done"].int == 24 && whole.report["counts"]["left"].int == 0)
    }

    @Test("without an engine's variables 64 lists what was looked for; fewer workers than shards is 78")
    func refused() async throws {
      let site = try await Installation(Setup(workers: 2))
      try site.addMissions(days: 2)
      for command in ["run", "status", "list", "plan", "report", "verify", "config", "coverage"] {
        let ended = try await site.run(command, "--shard", "auto")
        #expect(ended.way == .exit(64), "\(command): \(ended.errors)")
        #expect(ended.errors.contains("SLURM_ARRAY_TASK_ID") && ended.errors.contains("JOB_COMPLETIONS"))
      }
      #expect(try await site.run("backfill", "--shard", "auto").way == .exit(64))
      let ended = try await run(0, of: 3, site, "run")
      #expect(ended.way == .exit(78), "\(ended.errors)")
      #expect(ended.errors.contains("there are fewer workers than shards: 2 active for 3"))
      #expect(try site.requests("POST /session") == 0)
      // Who names the workers divides nothing.
      #expect(try await run(0, of: 3, site, "run", "--worker", "worker-2").way == .exit(0))
    }

    @Test(
      "two runs with the same workers do not fight: the one that loses its session leaves them to the other")
    func sameWorkers() async throws {
      let site = try await Installation(Setup(workers: 1, sessionTime: "200ms", jobTime: "100ms"))
      try site.configure("session: 5ms", "session: 30ms")
      try site.addMissions(days: 24)
      let text = try TemporaryFolder.text(site.folder + "/config.yaml")
      try site.write(text.replacingOccurrences(of: "state/journal", with: "other/journal"), to: "other.yaml")
      let first = try site.start(["run", "--shard", "0/2"])
      #expect(try await Wait.until { (try? site.requests("POST /scrape")) ?? 0 >= 2 })
      let second = try site.start(["run", "--shard", "1/2", "--config", "other.yaml"])
      let ends = [try await site.end(first), try await site.end(second)]
      #expect(ends.map(\.way).contains(.exit(0)), "\(ends[0].errors)\n\(ends[1].errors)")
      if ends.map(\.way) != [.exit(0), .exit(0)] {
        let loser = try #require(ends.first { $0.way != .exit(0) })
        #expect(loser.way == .exit(69), "\(loser.errors)")
        #expect(loser.errors.contains("its session is another run's, which is not fought over"))
      }
      for config in ["config.yaml", "other.yaml"] {
        let shard = config == "config.yaml" ? "0/2" : "1/2"
        let again = try await site.run("run", "--retry-failed", "--shard", shard, "--config", config)
        #expect(again.way == .exit(0), "\(again.errors)")
      }
      #expect(try site.destination("SELECT count(*) FROM missions") == ["24"])
      // Each loses a scrape now and then, but no session is taken again and again.
      #expect(try site.requests("POST /scrape") <= 24 + 8)
    }
  }
}
