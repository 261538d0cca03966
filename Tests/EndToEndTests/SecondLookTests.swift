import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Results that look like a success and may be none (TRUST 1), with real workers, spool, destination and store.
  @Suite struct SecondLooks {
    /// Of `Installation.addMissions`, after ten days with ads.
    private static let day = Installation.day(10)
    private static let empty =
      #"{"match": {"request": "GET /scrape/*", "job_status": "completed", "date": "\#(day)"}, "do": {"body": "{\"status\":\"empty\",\"ads_count\":0,\"data\":[]}"}"#

    /// Ten days are done; the eleventh is empty as often as it is said.
    private func site(_ onSuspicious: String, emptyTimes: Int) async throws -> Installation {
      var setup = Setup()
      setup.proxies = 2
      setup.onSuspicious = onSuspicious
      let site = try await Installation(setup)
      try site.addMissions(days: 10)
      #expect(try await site.run("run").way == .exit(0))
      try site.addMissions(days: 11)
      try site.script(Self.empty + #", "times": \#(emptyTimes)}"#)
      return site
    }

    private func mission(_ site: Installation) async throws -> JSON {
      let list = try await site.json("list", "--from", Self.day, "--to", Self.day)
      return try await site.json("show", list["missions"][0]["id"].string ?? "")
    }

    private func kinds(_ mission: JSON) -> [String] {
      mission["events"].elements.compactMap { $0["event"].string }
    }

    @Test("an empty result is scraped once more on another worker, uncounted, and the larger one counts")
    func mended() async throws {
      let site = try await site("second_look", emptyTimes: 1)
      #expect(try await site.run("run", "--fail-on-suspicious").way == .exit(0))
      #expect(try site.requests("POST /scrape") == 12)
      let mission = try await mission(site)
      #expect((mission["ads_count"].int ?? 0) > 0 && mission["suspicious"] == .null)
      #expect(mission["retry_count"].int == 0 && mission["status"].string == "DONE")
      let starts = mission["events"].elements.filter { $0["event"].string == "SCRAPE_STARTING" }
      #expect(Set(starts.compactMap { $0["details"]["worker"].string }).count == 2)
      #expect(kinds(mission).filter { $0 == "SCRAPE_COMPLETED" }.count == 2)
      #expect(!kinds(mission).contains("SUSPICIOUS") && !kinds(mission).contains("RETRY_QUEUED"))
      #expect(site.state.filter { $0.hasPrefix("spool/") && $0.hasSuffix(".json") } == [])
    }

    @Test("what is empty twice is DONE and flagged; report, list, metrics and exit code say so")
    func flagged() async throws {
      let site = try await site("second_look", emptyTimes: 9)
      let run = try await site.run("run", "--fail-on-suspicious", "--metrics", "m.prom")
      #expect(run.way == .exit(1))
      #expect(run.output.contains("1 suspicious result\n") && run.output.contains("also at the second look"))
      let mission = try await mission(site)
      #expect(mission["suspicious"]["kind"].string == "empty" && mission["suspicious"]["looks"].int == 2)
      #expect(mission["status"].string == "DONE" && kinds(mission).filter { $0 == "SUSPICIOUS" }.count == 1)
      #expect(try await site.json("list", "--suspicious")["total"].int == 1)
      #expect(
        try TemporaryFolder.text(site.folder + "/m.prom").contains(
          "\nmission_control_last_run_suspicious_missions 1\n"))
      #expect(try await site.run("rerun", "--suspicious", "--yes").way == .exit(0))
      try site.script("")
      #expect(try await site.run("run", "--fail-on-suspicious").way == .exit(0))
      #expect(try await self.mission(site)["suspicious"] == .null)
    }

    @Test("with fail its bytes wait for a person; accept lets them go on without another scrape")
    func held() async throws {
      let site = try await site("fail", emptyTimes: 9)
      #expect(try await site.run("run").way == .exit(1))
      var mission = try await mission(site)
      #expect(
        mission["error_code"].string == "ERROR205" && mission["checkpoints"]["scrape"].string == "failed")
      let id = mission["id"].string ?? ""
      #expect(site.state.contains("spool/\(id).1.json"))
      #expect(try await site.run("run", "--retry-failed").way == .exit(1), "no run repeats it")
      #expect(try await site.run("accept", id).way == .exit(0))
      let starts = try site.requests("POST /scrape")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == starts)
      mission = try await self.mission(site)
      #expect(
        mission["status"].string == "DONE" && mission["ads_count"].int == 0 && mission["suspicious"] == .null)
      #expect(site.objects.contains { $0.hasSuffix("\(id).json") })
    }

    @Test("killed between the looks it makes the second one once and loses nothing")
    func killed() async throws {
      let site = try await site("second_look", emptyTimes: 1)
      try site.configure(
        "{on_suspicious: second_look}", "{on_suspicious: second_look, second_look_after: 3s}")
      let run = try site.start(["run"])
      let isScraped = try await Wait.until { (try? site.requests("POST /scrape")) == 11 }
      try #require(isScraped)
      // Its job takes 5 ms; then it waits three seconds for its second look.
      try await Task.sleep(for: .seconds(1))
      run.signal(SIGKILL)
      _ = try await site.end(run)
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == 12)
      #expect(try await mission(site)["suspicious"] == .null)
    }
  }
}
