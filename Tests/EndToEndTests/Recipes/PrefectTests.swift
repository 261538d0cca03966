import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// The recipe with the real server of Prefect 3 and a flow that it serves.
  @Suite(
    .timeLimit(.minutes(15)),
    .enabled(if: ServerTools.reasonToSkipPrefect == nil, "\(ServerTools.reasonToSkipPrefect ?? "")"))
  struct PrefectRecipe {
    @Test("flow runs are created once, found by their key, taken over after kill -9 and cancelled")
    func whole() async throws {
      let prefect = try RecipeServer(
        "prefect_server.py", ["\(Recipe.all)/prefect", "ads/ads"], python: "\(ServerTools.prefect)/bin/python"
      )
      defer { prefect.stop() }
      func runs() throws -> [JSON] {
        try JSON(text: prefect.post("/api/flow_runs/filter", #"{"sort": "ID_DESC"}"#)).elements
      }
      let recipe = try Recipe(
        "prefect",
        [
          (old: "http://127.0.0.1:4200", new: "http://127.0.0.1:\(prefect.port)"),
          (old: "00000000-0000-4000-8000-000000000001", new: prefect.deployment),
          (old: "every: 5s", new: "every: 500ms"),
        ])
      try recipe.list(days: 2, source: "prefect")
      #expect(try await recipe.command("check").way == .exit(0))

      // The answer is lost: the same key gives back the same flow run, so that there are two in the end.
      #expect(try await recipe.die(at: "http.start.answered:1") == .signal(SIGKILL))
      try await recipe.kill(after: 2, of: "SCRAPE_STARTED")
      #expect(try runs().count == 2)
      let run = try await recipe.command("run", "--no-progress", seconds: 240)
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      // One whose answer the kill has taken is found by its key, which is no adoption.
      #expect((1...2).contains(recipe.count(of: "JOB_ADOPTED")))
      try await recipe.expectDone(missions: 2, rows: 6)
      #expect(try runs().count == 2)

      // Cancelled while it is under way.
      try recipe.list(days: 3, source: "prefect")
      let live = try recipe.start("run", "--no-progress")
      #expect(try await Wait.until(seconds: 60) { recipe.count(of: "SCRAPE_STARTED") == 3 })
      let id = try recipe.journal("SELECT id FROM mission_list WHERE status = 'RUNNING'")[0]
      #expect(try await recipe.command("cancel", id).way == .exit(0))
      #expect(try await live.end(within: 60).way == .exit(0))
      let states = try runs().compactMap { $0["state_type"].string }
      #expect(states.filter { $0.hasPrefix("CANCEL") }.count == 1, "\(states)")
    }
  }
}
