import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// What a service manager and a monitoring system are told.
  @Suite struct Service {
    private func metrics(_ site: Installation) throws -> [String: String] {
      let lines = try TemporaryFolder.text(site.folder + "/m.prom").split(separator: "\n")
      let samples = lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ", maxSplits: 1) }
      return Dictionary(uniqueKeysWithValues: samples.map { (String($0[0]), String($0[1])) })
    }

    private func expectValid(_ site: Installation) throws {
      guard TextChecker.promtool.isWanted else { return }
      #expect(try TextChecker.promtool.problems(TemporaryFolder.text(site.folder + "/m.prom")) == "")
    }

    @Test("a run says that it is ready, how far it is, that it stops and how it ended")
    func notified() async throws {
      let site = try await Installation(Setup(jobTime: "60ms"))
      try site.addMissions(days: 40)
      let listener = DatagramListener(address: site.temporary.path + "/notify")
      site.environment["NOTIFY_SOCKET"] = site.temporary.path + "/notify"
      let ended = try await site.run("run")
      #expect(ended.way == .exit(0), "\(ended.errors)")
      let lines = listener.lines
      #expect(lines.first == "READY=1")
      #expect(lines.filter { $0 == "READY=1" }.count == 1)
      #expect(lines.contains { $0.hasPrefix("STATUS=") && $0.contains("/40 done") }, "\(lines)")
      #expect(lines.suffix(2).first == "STOPPING=1")
      #expect(lines.last?.hasPrefix("STATUS=ended with 0") == true)
    }

    @Test("a run that is stopped says so at once; one that waits for its jobs asks for more time")
    func stopped() async throws {
      for drains in [false, true] {
        let site = try await Installation(Setup(workers: 1, jobTime: "1500ms"))
        try site.addMissions(days: 1)
        let address = "@mission-control-\(UUID().uuidString)"
        let listener = DatagramListener(address: address)
        site.environment["NOTIFY_SOCKET"] = address
        let run = try site.start(drains ? ["run", "--drain"] : ["run"])
        try await site.untilJobIsJournaled()
        run.signal(SIGTERM)
        #expect(try await site.end(run).code == (drains ? 0 : 75))
        let lines = listener.lines
        #expect(lines.contains("STOPPING=1"))
        #expect(lines.contains("EXTEND_TIMEOUT_USEC=60000000") == drains)
      }
    }

    @Test("a second run, which finds the journal taken, ends well in the eyes of the service manager")
    func taken() async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "20s"))
      try site.addMissions(days: 1)
      let first = try site.start(["run", "--metrics", "m.prom"])
      try await site.untilJobIsJournaled()
      let listener = DatagramListener(address: site.temporary.path + "/notify")
      site.environment["NOTIFY_SOCKET"] = site.temporary.path + "/notify"
      #expect(try await site.run("run", "--metrics", "m.prom").code == 75)
      #expect(listener.lines.prefix(2) == ["READY=1", "STOPPING=1"])
      #expect(try metrics(site)["mission_control_last_exit_code"] == "75")
      first.signal(SIGTERM)
      #expect(try await site.end(first).code == 75)
    }

    @Test("the metrics file tells the run, and stays when the configuration breaks")
    func metricsFile() async throws {
      let site = try await Installation(
        Setup(
          script:
            #"{"match": {"request": "POST /scrape", "date": "2025-01-02"}, "do": {"job_status": "failed"}}"#)
      )
      try site.addMissions(days: 3)
      #expect(try await site.run("run", "--metrics", "m.prom").code == 1)
      try expectValid(site)
      let failed = try metrics(site)
      #expect(failed[#"mission_control_missions{status="done"}"#] == "2")
      #expect(failed[#"mission_control_failed_missions{code="ERROR203"}"#] == "1")
      #expect(failed[#"mission_control_last_run_missions{outcome="failed"}"#] == "1")
      #expect(failed[#"mission_control_runs_total{exit_code="1"}"#] == "1")
      #expect(failed["mission_control_last_exit_code"] == "1")
      #expect(failed["mission_control_last_success_timestamp_seconds"] == nil)
      let report = try site.report()
      #expect(failed["mission_control_last_run_ads"] == "\(report["ads"].int ?? -1)")
      try site.script("")
      #expect(try await site.run("run", "--retry-failed", "--metrics", "m.prom").code == 0)
      let mended = try metrics(site)
      let success = try #require(mended["mission_control_last_success_timestamp_seconds"])
      #expect(mended["mission_control_last_run_end_timestamp_seconds"] == success)
      #expect(mended[#"mission_control_failed_missions{code="ERROR203"}"#] == nil)

      try site.configure("version: 1", "version: 9")
      #expect(try await site.run("run", "--metrics", "m.prom").code == 78)
      try expectValid(site)
      let broken = try metrics(site)
      #expect(broken["mission_control_last_exit_code"] == "78")
      #expect(broken["mission_control_last_success_timestamp_seconds"] == success)
      #expect(broken[#"mission_control_missions{status="done"}"#] == "3")
    }

    @Test("a metrics file that cannot be written is told with 73 before any request")
    func unwritable() async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      let ended = try await site.run("run", "--metrics", "no/such/folder/m.prom")
      #expect(ended.code == 73)
      #expect(ended.errors.contains("no/such/folder/m.prom"), "\(ended.errors)")
      #expect(try site.stats()["requests_total"].int == 0)
    }
  }
}
