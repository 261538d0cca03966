import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// `examples/prefect` with the real server of Prefect 3: tasks that are shards.
  @Suite(
    .timeLimit(.minutes(15)),
    .enabled(if: ServerTools.reasonToSkipPrefect == nil, "\(ServerTools.reasonToSkipPrefect ?? "")"))
  struct PrefectEngine {
    private static let shards = 2
    private static let first = 10
    private static let more = 30

    private func start(_ prefect: RecipeServer) throws -> String {
      let path = "/api/deployments/\(prefect.deployment)/create_flow_run"
      let wanted = #"{"parameters": {"shards": \#(Self.shards)}, "state": {"type": "SCHEDULED"}}"#
      for _ in 0..<20 {
        do {
          return try #require(try JSON(text: prefect.post(path, wanted))["id"].string)
        } catch let failure as ControlClient.Failure where failure.reason.contains(" 503 ") {
          // Its database is locked: nothing was made.
          usleep(200_000)
        }
      }
      throw ControlClient.Failure(reason: "Prefect is not available")
    }

    private func state(_ run: String, _ prefect: RecipeServer) throws -> String {
      try JSON(text: prefect.get("/api/flow_runs/\(run)"))["state_type"].string ?? ""
    }

    private func done(_ site: Installation) -> Int {
      (try? site.destination("SELECT count(*) FROM missions")).flatMap { $0.first }.flatMap { Int($0) } ?? 0
    }

    @Test("a killed shard goes on, a cancelled flow run leaves nothing running, each job is started once")
    func whole() async throws {
      let site = try await Installation(Setup(workers: Self.shards, jobTime: "1s"))
      try site.addMissions(days: Self.first)
      let place = URL(fileURLWithPath: "\(Recipe.all)/../prefect").standardizedFileURL.path
      var variables = site.environment.filter { $0.key != "PATH" && $0.key != "HOME" }
      variables["FOLDER"] = site.folder
      variables["MISSION_CONTROL"] = Binaries.missionControl
      variables["RETRY_DELAY"] = "0.5"
      let prefect = try RecipeServer(
        "prefect_server.py", [place, "missions/missions"] + variables.map { "\($0)=\($1)" },
        python: "\(ServerTools.prefect)/bin/python")
      defer { prefect.stop() }
      // One shard is killed, and goes on by its task's next try.
      let whole = try start(prefect)
      #expect(try await Wait.until(seconds: 120) { done(site) >= 2 && site.processes.count == Self.shards })
      kill(try #require(site.processes.first), SIGKILL)
      #expect(try await Wait.until(seconds: 120) { try state(whole, prefect) == "COMPLETED" })
      #expect(done(site) == Self.first)

      // Cancelled with jobs under way.
      let days = (Self.first..<Self.first + Self.more).map {
        "\(Installation.day($0)),\(Installation.day($0)),video,pt\n"
      }
      try site.write("date_start,date_end,media_type,languages\n" + days.joined(), to: "missions/b.csv")
      let cancelled = try start(prefect)
      #expect(try await Wait.until(seconds: 120) { done(site) >= Self.first + 2 })
      _ = try prefect.post("/api/flow_runs/\(cancelled)/set_state", #"{"state": {"type": "CANCELLING"}}"#)
      #expect(try await Wait.until(seconds: 10) { site.processes.isEmpty }, "\(site.processes)")
      #expect(try await Wait.until(seconds: 60) { try state(cancelled, prefect) == "CANCELLED" })
      #expect(done(site) < Self.first + Self.more)

      let last = try start(prefect)
      #expect(try await Wait.until(seconds: 180) { try state(last, prefect) == "COMPLETED" })
      #expect(done(site) == Self.first + Self.more)
      // The shard that was killed may have died between a start and its answer; that one is started once more.
      let starts = try site.requests("POST /scrape")
      #expect([0, 1].contains(starts - Self.first - Self.more), "\(starts)")
      let report = try await site.run("report", "--merge", "state")
      #expect(report.way == .exit(0), "\(report.output)\(report.errors)")
    }
  }
}
