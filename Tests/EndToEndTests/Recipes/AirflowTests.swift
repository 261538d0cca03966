import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// The recipe with the real Airflow 3 and the recipe's DAG.
  @Suite(
    .timeLimit(.minutes(20)),
    .enabled(if: ServerTools.reasonToSkipAirflow == nil, "\(ServerTools.reasonToSkipAirflow ?? "")"))
  struct AirflowRecipe {
    @Test("runs of a DAG are triggered once, found by their key, taken over after kill -9 and cancelled")
    func whole() async throws {
      // Its tasks wait so long that a run can be killed and cancelled meanwhile.
      let airflow = try RecipeServer(
        "airflow_server.py", ["\(Recipe.all)/airflow", "ads", "ADS_DELAY=5"],
        python: "\(ServerTools.airflow)/bin/python")
      defer { airflow.stop() }
      func runs() throws -> [JSON] {
        try JSON(text: airflow.get("/api/v2/dags/ads/dagRuns?limit=100"))["dag_runs"].elements
      }
      /// Each run of the DAG was asked for once; where Airflow itself failed one, as it does on a busy machine, another
      /// attempt has a run of its own.
      func expectOnce(_ missions: Int, _ place: SourceLocation = #_sourceLocation) throws {
        let runs = try runs().map { (id: $0["dag_run_id"].string ?? "", state: $0["state"].string ?? "") }
        #expect(Set(runs.map(\.id)).count == runs.count, "\(runs)", sourceLocation: place)
        #expect(runs.filter { $0.state != "failed" }.count == missions, "\(runs)", sourceLocation: place)
      }
      let recipe = try Recipe(
        "airflow",
        [
          (old: "http://127.0.0.1:8080", new: "http://127.0.0.1:\(airflow.port)"),
          (old: "every: 10s", new: "every: 500ms"),
        ], ["AIRFLOW_TOKEN": airflow.token])
      try recipe.list(days: 2, source: "airflow")
      #expect(try await recipe.command("check").way == .exit(0))

      // The answer is lost: the run is found by its id, so that there are two in the end.
      #expect(try await recipe.die(at: "http.start.answered:1") == .signal(SIGKILL))
      try await recipe.kill(after: 2, of: "SCRAPE_STARTED")
      try expectOnce(2)
      let run = try await recipe.command("run", "--no-progress", seconds: 300)
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(recipe.count(of: "JOB_ADOPTED") >= 1)
      try await recipe.expectDone(missions: 2, rows: 6)
      try expectOnce(2)

      // Cancelled while it is under way.
      try recipe.list(days: 3, source: "airflow")
      let live = try recipe.start("run", "--no-progress")
      let isRunning = "SELECT id, job_id FROM mission_list WHERE status = 'RUNNING' AND job_id IS NOT NULL"
      #expect(try await Wait.until(seconds: 60) { try !recipe.journal(isRunning).isEmpty })
      let mission = try #require(try recipe.journal(isRunning).first).split(separator: "|").map(String.init)
      #expect(try await recipe.command("cancel", mission[0]).way == .exit(0))
      #expect(try await live.end(within: 120).way == .exit(0))
      #expect(
        try recipe.journal("SELECT status FROM mission_list WHERE id = '\(mission[0])'") == ["CANCELLED"])
      let cancelled = try runs().first { $0["dag_run_id"].string == mission[1] }
      #expect(cancelled?["state"].string == "failed")
      try expectOnce(2)
      #expect(!(run.output + run.errors).contains(airflow.token))
    }
  }
}
