import Foundation
import TestServers
import Testing

extension EndToEnd {
  /// The recipes of services on the network, against small servers that keep to what those publish.
  @Suite(.timeLimit(.minutes(5))) struct PublishedRecipes {
    private static let addresses = [
      "apify": "https://api.apify.com", "bright-data": "https://api.brightdata.com",
      "zyte": "https://api.zyte.com",
    ]
    private static let polling = ["apify": "every: 30s", "bright-data": "every: 1m"]
    private static let secrets = [
      "APIFY_TOKEN": "canary-token", "BRIGHTDATA_TOKEN": "canary-token",
      "ZYTE_AUTHORIZATION": Data("canary-token:".utf8).base64EncodedString(),
    ]

    private static func service(_ name: String) throws -> RecipeServer {
      try RecipeServer("published_apis.py", needsFolder: false, [name], python: "/usr/bin/python3")
    }

    private func recipe(_ name: String, _ service: RecipeServer, _ variables: [String: String] = secrets)
      throws
      -> Recipe
    {
      var changes = [(old: Self.addresses[name]!, new: "http://127.0.0.1:\(service.port)")]
      if let polling = Self.polling[name] { changes.append((old: polling, new: "every: 50ms")) }
      return try Recipe(name, changes, variables)
    }

    /// What each run was started with.
    private func started(_ service: RecipeServer) throws -> [String] {
      try service.get("/control/started").split(separator: "\n").map(String.init)
    }

    @Test(
      "each carries its missions through, as often as the service makes it ask",
      arguments: addresses.keys.sorted())
    func whole(name: String) async throws {
      let service = try Self.service(name)
      defer { service.stop() }
      let recipe = try self.recipe(name, service)
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      let missions = try recipe.missions
      try await recipe.expectDone(missions: missions, rows: 3 * missions)
      // Of Zyte the second request comes back with a page that could not be had.
      let all = try started(service)
      #expect(all.count == missions + (name == "zyte" ? 1 : 0))
      #expect(Set(all).count == missions, "\(all)")
      #expect(!(run.output + run.errors).contains("canary"))
    }

    @Test(
      "a run that was started is taken over after a crash, and none is started twice",
      arguments: ["apify", "bright-data"])
    func takenOver(name: String) async throws {
      let service = try Self.service(name)
      defer { service.stop() }
      let recipe = try self.recipe(name, service)
      #expect(try await recipe.die(at: "http.look.answered:2") == .signal(SIGKILL))
      let known = recipe.count(of: "SCRAPE_STARTED")
      #expect(known >= 1)
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(recipe.count(of: "JOB_ADOPTED") == known)
      // A start whose answer was lost is sent again, which is what `send: again` means; one whose job is known is not.
      let missions = try recipe.missions
      let repeated = try started(service).count - missions
      #expect(repeated >= 0 && repeated <= missions - known)
      try await recipe.expectDone(missions: missions, rows: 3 * missions)
    }

    @Test("a token that is not taken sets the service aside, and is told", arguments: addresses.keys.sorted())
    func wrongToken(name: String) async throws {
      let service = try Self.service(name)
      defer { service.stop() }
      let recipe = try self.recipe(name, service, Self.secrets.mapValues { _ in "wrong" })
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(69), "\(run.errors)\(run.output)")
      #expect(try started(service).isEmpty)
      #expect(run.output.contains("ERROR502"), "\(run.output)")
    }

    @Test("check asks Apify who we are")
    func check() async throws {
      let service = try Self.service("apify")
      defer { service.stop() }
      let recipe = try self.recipe("apify", service)
      #expect(try await recipe.command("check").way == .exit(0))
      recipe.variables["APIFY_TOKEN"] = "wrong"
      let refused = try await recipe.command("check")
      #expect(refused.way == .exit(1))
      #expect(refused.output.contains("does not take these credentials"), "\(refused.output)")
    }
  }
}
