import Foundation
import TestServers
import Testing

extension EndToEnd {
  /// The recipes of services on the network, against small servers that keep to what those publish.
  @Suite(.timeLimit(.minutes(5))) struct PublishedRecipes {
    private struct Description: Decodable { let port: UInt16 }

    private static let addresses = [
      "apify": "https://api.apify.com", "bright-data": "https://api.brightdata.com",
      "zyte": "https://api.zyte.com",
    ]
    private static let polling = ["apify": "every: 30s", "bright-data": "every: 1m"]
    private static let secrets = [
      "APIFY_TOKEN": "canary-token", "BRIGHTDATA_TOKEN": "canary-token",
      "ZYTE_AUTHORIZATION": Data("canary-token:".utf8).base64EncodedString(),
    ]

    /// A service, and its recipe.
    private final class Service {
      let name: String
      private let server: ScriptServer
      let control: ControlClient

      init(_ name: String) throws {
        self.name = name
        server = try ScriptServer("published_apis.py", [name], python: "/usr/bin/python3")
        let description = try JSONDecoder().decode(Description.self, from: Data(server.description.utf8))
        control = ControlClient(port: description.port)
      }

      func recipe(_ variables: [String: String] = secrets) throws -> Recipe {
        var changes = [(old: addresses[name]!, new: "http://127.0.0.1:\(control.port)")]
        if let polling = polling[name] { changes.append((old: polling, new: "every: 50ms")) }
        return try Recipe(name, changes, variables)
      }

      /// What each run was started with.
      func started() throws -> [String] {
        String(decoding: try control.get("/control/started"), as: UTF8.self).split(separator: "\n").map(
          String.init)
      }
    }

    @Test(
      "each carries its missions through, as often as the service makes it ask",
      arguments: addresses.keys.sorted())
    func whole(name: String) async throws {
      let service = try Service(name)
      let recipe = try service.recipe()
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      try await recipe.expectDone(missions: 3, rows: 9)
      let started = try service.started()
      // Of Zyte the third request comes back with a page that could not be had.
      #expect(started.count == (name == "zyte" ? 4 : 3))
      for day in 1...3 { #expect(started.contains { $0.contains("2025-01-0\(day)") }, "\(started)") }
      #expect(!(run.output + run.errors).contains("canary"))
    }

    @Test(
      "a run that was started is taken over after a crash, and none is started twice",
      arguments: ["apify", "bright-data"])
    func takenOver(name: String) async throws {
      let service = try Service(name)
      let recipe = try service.recipe()
      #expect(try await recipe.die(at: "http.look.answered:2") == .signal(SIGKILL))
      let known = recipe.count(of: "SCRAPE_STARTED")
      #expect(known >= 1)
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(recipe.count(of: "JOB_ADOPTED") == known)
      // A start whose answer was lost is sent again, which is what `send: again` means; one whose job is known is not.
      let repeated = try service.started().count - 3
      #expect(repeated >= 0 && repeated <= 3 - known)
      try await recipe.expectDone(missions: 3, rows: 9)
    }

    @Test("a token that is not taken sets the service aside, and is told", arguments: addresses.keys.sorted())
    func wrongToken(name: String) async throws {
      let service = try Service(name)
      let recipe = try service.recipe(Self.secrets.mapValues { _ in "wrong" })
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(69), "\(run.errors)\(run.output)")
      #expect(try service.started().isEmpty)
      #expect(run.output.contains("ERROR502"), "\(run.output)")
    }

    @Test("check asks Apify who we are")
    func check() async throws {
      let recipe = try Service("apify").recipe()
      #expect(try await recipe.command("check").way == .exit(0))
      recipe.variables["APIFY_TOKEN"] = "wrong"
      let refused = try await recipe.command("check")
      #expect(refused.way == .exit(1))
      #expect(refused.output.contains("does not take these credentials"), "\(refused.output)")
    }
  }
}
