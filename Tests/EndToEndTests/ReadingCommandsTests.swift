import Foundation
import Testing

extension EndToEnd {
  /// The commands that look, used as a person would.
  @Suite struct ReadingCommands {
    /// Five days: four DONE, the third FAILED after one retry; and an image mission in two languages.
    private func finishedInstallation() async throws -> Installation {
      let failing =
        #"{"match": {"request": "POST /scrape", "date": "2025-01-03"}, "do": {"job_status": "failed"}}"#
      let site = try await Installation(Setup(proxies: 2, script: failing))
      try site.configure("max_retries: 2", "max_retries: 1")
      try site.addMissions(days: 5)
      try site.write(
        "date_start,date_end,media_type,languages,source,priority\n2025-02-01,2025-02-07,image,\"pt,ENG\",other,5\n",
        to: "missions/b.csv")
      let run = try await site.run("run")
      #expect(run.way == .exit(1), "\(run.errors)")
      return site
    }

    @Test("plan tells what would run, with gaps and rejected rows, and writes nothing")
    func planBeforeAnything() async throws {
      let site = try await Installation()
      try site.write(
        """
        date_start,date_end,media_type,languages
        2025-01-01,2025-01-01,video,pt
        2025-01-02,2025-01-02,video,pt
        2025-01-02,2025-01-02,video,PT
        2025-01-06,2025-01-06,video,pt
        2025-02-30,2025-02-30,video,pt

        """, to: "missions/a.csv")
      let ended = try await site.run("plan", "--output", "json")
      #expect(ended.way == .exit(65))
      #expect(ended.errors.contains("missions/a.csv:6:1: "))
      let plan = try JSON(text: ended.output)
      #expect(Shape.plan.problems(plan) == [])
      #expect(plan["selected"].int == 3)
      #expect(plan["duplicates"].int == 1)
      #expect(plan["rejected_rows"].int == 1)
      #expect(plan["from"].string == "2025-01-01")
      #expect(plan["to"].string == "2025-01-06")
      #expect(plan["gaps"].elements.count == 1)
      #expect(plan["gaps"][0]["from"].string == "2025-01-03")
      #expect(plan["gaps"][0]["to"].string == "2025-01-05")
      #expect(plan["gaps"][0]["languages"].strings == ["pt"])
      #expect(plan["sessions"].int == 1)
      let dryRun = try await site.run("run", "--dry-run", "--output", "json")
      #expect(dryRun.output == ended.output)
      let text = try await site.run("plan")
      #expect(text.output.contains("2025-01-03..2025-01-05"))
      #expect(site.state == [])
      #expect(try site.stats()["requests_total"].int == 0)
    }

    @Test("plan after a run counts what is skipped and why")
    func planAfterRun() async throws {
      let site = try await finishedInstallation()
      let plan = try await site.json("plan")
      #expect(Shape.plan.problems(plan) == [])
      #expect(plan["selected"].int == 0)
      #expect(plan["from"] == .null)
      #expect(plan["skipped"]["done"].int == 5)
      #expect(plan["skipped"]["failed"].int == 1)
      #expect(try await site.json("plan", "--retry-failed")["selected"].int == 1)
      try site.addMissions(days: 8)
      let narrowed = try await site.json("plan", "--from", "2025-01-07")
      #expect(narrowed["selected"].int == 2)
      #expect(narrowed["skipped"]["not_selected"].int == 1)
      #expect(narrowed["from"].string == "2025-01-07")
    }

    @Test("list shows missions as JSON of the contract, filtered and paged")
    func listJSON() async throws {
      let site = try await finishedInstallation()
      let all = try await site.json("list")
      #expect(Shape.list.problems(all) == [])
      #expect(all["total"].int == 6)
      #expect(all["limit"].int == 50)
      #expect(all["missions"].elements.count == 6)
      #expect(all["summary"]["done"].int == 5)
      #expect(all["summary"]["failed"].int == 1)
      let failed = try await site.json("list", "--status", "failed")["missions"]
      #expect(failed.elements.map { $0["date_start"].string } == ["2025-01-03"])
      #expect(failed[0]["error_code"].string == "ERROR203")
      #expect(failed[0]["error_cause"].string == "ERROR200")
      #expect(failed[0]["checkpoints"]["scrape"].string == "failed")
      #expect(failed[0]["checkpoints"]["db"].string == "pending")
      #expect(failed[0]["retry_count"].int == 1)
      #expect(failed[0]["sha256"] == .null)
      #expect(try await site.json("list", "--code", "ERROR203")["total"].int == 1)
      #expect(try await site.json("list", "--media-type", "image")["total"].int == 1)
      #expect(try await site.json("list", "--languages", "eng")["total"].int == 1)
      #expect(try await site.json("list", "--from", "2025-01-02", "--to", "2025-01-04")["total"].int == 3)
      let page = try await site.json("list", "--limit", "2", "--offset", "3")
      #expect(
        page["missions"].elements.map { $0["date_start"].string } == ["2025-01-03", "2025-01-04"],
        "priority comes first")
      #expect(page["total"].int == 6)
      let other = try await site.json("list", "--media-type", "image")["missions"][0]
      #expect(other["source"].string == "other")
      #expect(other["languages"].strings == ["eng", "pt"])
      #expect(other["date_end"].string == "2025-02-07")
    }

    @Test("list writes a table and CSV with a cell for each member of the JSON")
    func listTextAndCSV() async throws {
      let site = try await finishedInstallation()
      let text = try await site.run("list", "--status", "failed")
      #expect(text.way == .exit(0))
      #expect(text.output.contains("2025-01-03"))
      #expect(text.output.contains("ERROR203"))
      #expect(!text.output.contains("2025-01-04"))
      let csv = try await site.run("list", "--output", "csv")
      let lines = csv.output.split(separator: "\r\n")
      #expect(lines.count == 7)
      #expect(lines[0].hasPrefix("id,source,date_start,date_end,media_type,languages,status,checkpoint,"))
      #expect(lines[1].contains(",other,2025-02-01,2025-02-07,image,\"eng,pt\",DONE,"))
      #expect(!csv.output.contains("\u{1B}"))
    }

    @Test("show tells one mission whole, by the beginning of its id")
    func show() async throws {
      let site = try await finishedInstallation()
      let id = try await site.json("list", "--limit", "1")["missions"][0]["id"].string!
      let mission = try await site.json("show", String(id.prefix(10)))
      #expect(Shape.show.problems(mission) == [])
      #expect(mission["id"].string == id)
      let names = mission["events"].elements.compactMap { $0["event"].string }
      #expect(names.first == "IMPORTED")
      #expect(names.last == "COMPLETED")
      let expected = [
        "QUEUED", "STARTED", "SCRAPE_STARTING", "SCRAPE_STARTED", "SCRAPE_COMPLETED", "DB_COMPLETED",
        "S3_COMPLETED",
      ]
      #expect(names.filter(expected.contains) == expected)
      #expect(mission["proxy"].string?.hasPrefix("proxy") == true)

      let text = try await site.run("show", id)
      #expect(text.output.contains("[✓] SCRAPE  [✓] DB  [✓] S3"))
      #expect(text.output.contains("S3_COMPLETED"))
      let failed = try site.journal("SELECT id FROM mission_list WHERE status = 'FAILED'")[0]
      let failure = try await site.run("show", failed)
      #expect(failure.output.contains("[✗] SCRAPE  [ ] DB  [ ] S3"))
      #expect(failure.output.contains("RETRY_QUEUED"))
      #expect(try await site.run("show", "00000000").way == .exit(66))
    }

    @Test("status counts without a run, also before the first one")
    func statusAtRest() async throws {
      let site = try await Installation()
      let before = try await site.json("status")
      #expect(Shape.status.problems(before) == [])
      #expect(before["is_running"].bool == false)
      #expect(before["counts"]["total"].int == 0)
      #expect(site.state == [])
      try site.addMissions(days: 3)
      #expect(try await site.run("run").way == .exit(0))
      let after = try await site.json("status")
      #expect(Shape.status.problems(after) == [])
      #expect(after["is_running"].bool == false)
      #expect(after["run_id"] == .null)
      #expect(after["counts"]["done"].int == 3)
      #expect(after["today"]["done"].int == 3)
      #expect(after["workers"].elements.map { $0["status"].string } == ["idle", "idle"])
      #expect(try await site.run("status").output.contains("no run is live"))
    }

    @Test("status of a live run tells what each worker does and how long the queue is")
    func statusWhileLive() async throws {
      let slow = #"{"match": {"request": "POST /scrape", "nth": 2}, "do": {"job_time": "3s"}}"#
      let site = try await Installation(Setup(workers: 1, script: slow))
      try site.addMissions(days: 4)
      let run = try site.start(["run"])
      try await site.untilJobIsJournaled(2)
      let status = try await site.json("status")
      #expect(Shape.status.problems(status) == [])
      #expect(status["is_running"].bool == true)
      #expect(status["run_id"].string == (try site.journal("SELECT id FROM runs")[0]))
      #expect(status["counts"]["done"].int == 1)
      #expect(status["counts"]["running"].int == 1)
      #expect(status["queue"]["total"].int == 2)
      #expect((status["rate_per_second"].double ?? 0) > 0)
      #expect((status["eta_seconds"].double ?? 0) > 0)
      #expect(status["workers"][0]["status"].string == "running")
      #expect(status["workers"][0]["missions"][0]["date_start"].string == "2025-01-02")
      #expect(status["workers"][0]["missions"][0]["job_id"].string?.hasPrefix("job-") == true)
      let text = try await site.run("status")
      #expect(text.output.contains("is live"))
      #expect(text.output.contains("2025-01-02 video pt, SCRAPE"))
      run.signal(SIGTERM)
      #expect(try await site.end(run).way == .exit(75))
      #expect(try await site.json("status")["is_running"].bool == false)
    }

    @Test("config shows what takes effect with secrets masked, and its schema")
    func config() async throws {
      let site = try await Installation(Setup(proxies: 1))
      let config = try await site.json("config")
      #expect(config["execution"]["max_retries"].int == 2)
      #expect(config["execution"]["timeouts"]["upload"].string == "10m")
      #expect(config["workers"][0]["api_key"].string == "***")
      #expect(config["proxies"][0]["password"].string == "***")
      #expect(config["storage_s3"]["secret_key"].string == "***")
      let text = try await site.run("config")
      #expect(text.output.contains("timeout_session: 2s"))
      // What it prints is itself a configuration.
      try site.write(text.output, to: "printed.yaml")
      let again = try await site.run("config", "--config", "printed.yaml")
      #expect(again.output == text.output)
      #expect(try await site.json("config", "schema")["properties"]["workers"] != .missing)
      try site.expectNoSecrets()
      #expect(try site.stats()["requests_total"].int == 0)
    }
  }
}
