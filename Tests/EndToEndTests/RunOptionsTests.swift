import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Files that the command line names.
  @Suite struct NamedFiles {
    @Test("what cannot be written is told with 73 before any request, and nothing is written")
    func refused() async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      mkdir("\(site.folder)/folder.json", 0o700)
      mkdir("\(site.folder)/folder.prom", 0o700)
      mkfifo("\(site.folder)/pipe.txt", 0o600)
      let files = [
        ["--report", "gone/r.html"], ["--report", "folder.json"], ["--report", "pipe.txt"],
        ["--metrics", "gone/m.prom"], ["--metrics", "folder.prom"],
      ]
      for file in files {
        let ended = try await site.run("run", file[0], file[1])
        #expect(ended.way == .exit(73), "\(file) \(ended.errors)")
        #expect(ended.errors.contains("cannot write \(file[1]): "), "\(ended.errors)")
      }
      #expect(try await site.log().isEmpty)
      #expect(access(site.journalPath, F_OK) != 0)
    }

    @Test("a report goes through a symbolic link, and a file with .tmp behind its name is the user's")
    func link() async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      mkdir("\(site.folder)/site", 0o700)
      try site.write("old", to: "site/index.html")
      try site.write("mine", to: "site/index.html.tmp")
      symlink("site/index.html", "\(site.folder)/page.html")
      let ended = try await site.run("run", "--report", "page.html")
      #expect(ended.way == .exit(0), "\(ended.errors)")
      var status = stat()
      #expect(lstat("\(site.folder)/page.html", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
      #expect(try TemporaryFolder.text("\(site.folder)/site/index.html").hasPrefix("<!DOCTYPE html>"))
      #expect(try TemporaryFolder.text("\(site.folder)/site/index.html.tmp") == "mine")
    }

    @Test("when the file cannot be written at the end, the summary is shown, and journal and report say 73")
    func lost() async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "600ms"))
      try site.addMissions(days: 1)
      mkdir("\(site.folder)/out", 0o700)
      let run = try site.start(["run", "--report", "out/r.json"])
      try await site.untilJobIsJournaled()
      rmdir("\(site.folder)/out")
      let ended = try await site.end(run)
      #expect(ended.way == .exit(73), "\(ended.errors)")
      #expect(ended.output.contains("\n  done ") && ended.output.contains(", exit 73"))
      #expect(try site.report()["exit_code"].int == 73)
      #expect(try site.journal("SELECT exit_code FROM runs") == ["73"])
      #expect(try site.statuses() == ["DONE|1"])
    }
  }
  /// What narrows and orders a run, and what it writes.
  @Suite struct RunOptions {
    private func days(_ site: Installation, _ status: String = "DONE") throws -> [String] {
      try site.journal("SELECT date_start FROM mission_list WHERE status = '\(status)' ORDER BY date_start")
    }

    @Test("a range, a limit and an id narrow the selection; the rest is not left but not selected")
    func narrowed() async throws {
      let site = try await Installation()
      try site.addMissions(days: 8)
      let range = try await site.run("run", "--from", "2025-01-02", "--to", "2025-01-04", "--limit", "2")
      #expect(range.way == .exit(0), "\(range.errors)")
      #expect(try days(site) == ["2025-01-02", "2025-01-03"])
      #expect(try site.report()["counts"]["selected"].int == 2)
      #expect(try await site.run("run", "--order", "newest", "--limit", "1").way == .exit(0))
      #expect(try days(site) == ["2025-01-02", "2025-01-03", "2025-01-08"])
      let id = try site.journal("SELECT id FROM mission_list WHERE date_start = '2025-01-06'")[0]
      #expect(try await site.run("run", "--only", String(id.prefix(8))).way == .exit(0))
      #expect(try days(site).contains("2025-01-06"))
      #expect(try site.statuses() == ["DONE|4", "PENDING|4"])
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.statuses() == ["DONE|8"])
      try await site.expectInvariants()
    }

    @Test("a FAILED mission is not forgotten: later runs end with 1 and name it, until it is run by its id")
    func failedEarlier() async throws {
      let failing =
        #"{"match": {"request": "POST /scrape", "date": "2025-01-04"}, "do": {"job_status": "failed"}}"#
      let site = try await Installation(Setup(script: failing))
      try site.configure("max_retries: 2", "max_retries: 0")
      try site.addMissions(days: 5)
      #expect(try await site.run("run").way == .exit(1))
      #expect(try site.statuses() == ["DONE|4", "FAILED|1"])
      let id = try site.journal("SELECT id FROM mission_list WHERE status = 'FAILED'")[0]
      let asked = try site.stats()["requests_total"].int
      let again = try await site.run("run")
      #expect(again.way == .exit(1), "\(again.errors)")
      #expect(again.errors.contains(id) && again.output.contains(id))
      #expect(try site.stats()["requests_total"].int == asked)
      let counts = try site.report()["counts"]
      #expect(["selected", "failed", "failed_earlier"].map { counts[$0].int } == [0, 0, 1])
      #expect(try site.journal("SELECT failed_earlier FROM runs ORDER BY number") == ["0", "1"])
      try site.script("")
      #expect(try await site.run("run", "--only", id).way == .exit(0))
      #expect(try site.statuses() == ["DONE|5"])
      #expect(try await site.run("run").way == .exit(0))
      try await site.expectInvariants()
    }

    @Test("a row that is gone from the files does not run; run --unlisted takes it")
    func unlisted() async throws {
      let site = try await Installation()
      let rows = (1...4).map { "2025-01-0\($0),2025-01-0\($0),video,pt\n" }
      let header = "date_start,date_end,media_type,languages\n"
      try site.write(header + rows.joined(), to: "missions/a.csv")
      #expect(try await site.run("run", "--limit", "1").way == .exit(0))
      try site.write(header + rows[1], to: "missions/a.csv")
      try site.write(header + "2025-02-01,2025-02-01,video,pt\n", to: "other.csv")
      let other = try await site.run("run", "other.csv")
      #expect(
        other.way == .exit(0) && other.errors.contains("3 unfinished missions are in none of the files"))
      #expect(other.errors.contains("mission-control run other.csv --unlisted"))
      #expect(try days(site) == ["2025-01-01", "2025-02-01"])
      let run = try await site.run("run")
      #expect(run.way == .exit(0) && run.output.contains("2 unfinished missions are in none of the files"))
      #expect(try days(site) == ["2025-01-01", "2025-01-02", "2025-02-01"])
      #expect(try await site.json("plan", "--unlisted")["selected"].int == 2)
      #expect(try await site.run("run", "--unlisted").way == .exit(0))
      #expect(try site.statuses() == ["DONE|5"])
    }

    @Test("shards share the missions out among them, each once")
    func shards() async throws {
      let site = try await Installation()
      try site.addMissions(days: 12)
      var done = 0
      for shard in 0..<3 {
        #expect(try await site.run("run", "--shard", "\(shard)/3").way == .exit(0))
        done += try site.report()["counts"]["done"].int ?? 0
      }
      #expect(done == 12)
      #expect(try site.statuses() == ["DONE|12"])
      #expect(try site.requests("POST /scrape") == 12)
    }

    @Test("missions of higher priority run first, then the oldest")
    func order() async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.write(
        """
        date_start,date_end,media_type,languages,priority
        2025-01-02,2025-01-02,video,pt,0
        2025-01-03,2025-01-03,video,pt,9
        2025-01-01,2025-01-01,video,pt,0
        2025-01-04,2025-01-04,video,pt,-1
        """, to: "missions/a.csv")
      #expect(try await site.run("run").way == .exit(0))
      #expect(
        try site.journal("SELECT date_start FROM mission_list ORDER BY started_at")
          == ["2025-01-03", "2025-01-01", "2025-01-02", "2025-01-04"])
    }

    @Test("--worker and --max-concurrency keep to the named worker and the number")
    func concurrency() async throws {
      let site = try await Installation(Setup(workers: 3, capacity: 4, jobTime: "40ms"))
      try site.addMissions(days: 10)
      let run = try await site.run("run", "--worker", "worker-2", "--max-concurrency", "2")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.journal("SELECT DISTINCT worker FROM mission_list") == ["worker-2"])
      #expect(try site.stats()["max_live_jobs"].members == ["worker-2": .int(2)])
    }

    @Test("the report goes to standard output as text or JSON and to the files that are asked for")
    func reports() async throws {
      let site = try await Installation(Setup(proxies: 1))
      // Must not be used: only configured proxies are.
      for name in ["http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"] {
        site.environment[name] = "http://127.0.0.1:1"
      }
      try site.addMissions(days: 3)
      let run = try await site.run("run", "--output", "json", "--report", "out.json", "--log-format", "json")
      #expect(run.way == .exit(0), "\(run.errors)")
      let report = try JSON(text: run.output)
      #expect(Shape.report.problems(report) == [])
      #expect(report["exit_code"].int == 0)
      #expect(report["counts"]["done"].int == 3)
      #expect(try TemporaryFolder.text(site.folder + "/out.json") == run.output)
      #expect(try site.report() == report)
      for line in run.errors.split(separator: "\n") { _ = try JSON(text: String(line)) }
      let text = try await site.run("run", "--report", "out.txt", "--quiet")
      #expect(text.way == .exit(0))
      #expect(try TemporaryFolder.text(site.folder + "/out.txt") == text.output)
      #expect(text.errors == "")
      try await site.expectInvariants()
    }
  }
}
