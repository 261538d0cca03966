import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// A worker that takes fewer jobs at once than its capacity says (SPEC 5, `execution.adaptive`).
  @Suite struct Adapting {
    /// It takes two at once and refuses more. Its jobs are shorter than those whose times are compared, so that only refusals
    /// count, however busy this machine is.
    private func crowded(refusing status: Int) async throws -> Installation {
      let site = try await Installation(Setup(workers: 1, capacity: 8, jobTime: "50ms"))
      try site.configure("refresh_interval: 5", "refresh_interval: 100000")
      // More than it gets through meanwhile.
      try site.addMissions(days: 5000)
      try site.script(
        #"{"match": {"request": "POST /scrape", "running": 2}, "do": {"status": \#(status), "retry_after": 0}}"#
      )
      return site
    }

    private func atOnce(_ site: Installation) async throws -> JSON {
      try await site.json("status")["workers"][0]["at_once"]
    }

    /// What `status` says of the worker once it fits.
    private func told(
      _ site: Installation, _ what: String, _ fits: (JSON) -> Bool
    ) async throws {
      var last = JSON.null
      let deadline = Date.now.addingTimeInterval(30)
      while Date.now < deadline {
        last = try await atOnce(site)
        if fits(last) { return }
        try await Task.sleep(for: .milliseconds(20))
      }
      Issue.record("\(what): \(last)")
    }

    @Test(
      "a worker that refuses more than two at once gets fewer, says why, and gets all again when that is over",
      arguments: [429, 503])
    func refusing(status: Int) async throws {
      let site = try await crowded(refusing: status)
      let run = try site.start(["run"])
      #expect(try await Wait.until(seconds: 30) { (try? site.stats()["faults"].int ?? 0 > 0) ?? false })
      try await told(site, "fewer") { $0["limit"].int.map { $0 <= 4 } ?? false }
      let limit = try await atOnce(site)
      #expect(limit["capacity"].int == 8)
      #expect(limit["reason"].string == "it refused more (429 or 503)")
      let text = try await site.run("status")
      #expect(text.output.contains("of 8 at once: it refused more (429 or 503)"), "\(text.output)")
      try site.script("[]")
      try await told(site, "all again") { $0 == .null }
      run.signal(SIGTERM)
      let ended = try await site.end(run)
      #expect(ended.way == .exit(75))
      #expect(ended.errors.contains("worker-1 gets 8 jobs at once again"), "\(ended.errors)")
      #expect(
        try site.journal("SELECT count(*) FROM mission_list WHERE retry_count > 0 OR error_code IS NOT NULL")
          == ["0"])
    }

    @Test("with execution.adaptive: false it gets its capacity all the time")
    func fixed() async throws {
      let site = try await crowded(refusing: 503)
      try site.configure("refresh_interval: 100000", "refresh_interval: 100000\n  adaptive: false")
      let run = try site.start(["run"])
      // Each of eight missions asks again and again.
      #expect(try await Wait.until(seconds: 30) { (try? site.stats()["faults"].int ?? 0 >= 40) ?? false })
      #expect(try await atOnce(site) == .null)
      #expect(try site.journal("SELECT count(*) FROM lane_limits") == ["0"])
      run.signal(SIGTERM)
      let ended = try await site.end(run)
      #expect(ended.way == .exit(75))
      #expect(!ended.errors.contains("jobs at once"), "\(ended.errors)")
    }
  }
}
