import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// The recipe with the real Scrapyd and a spider against a portal of the test's own.
  @Suite(
    .timeLimit(.minutes(120)),
    .enabled(
      if: ServerTools.reasonToSkip("scrapyd", "python") == nil,
      "\(ServerTools.reasonToSkip("scrapyd", "python") ?? "")")) struct ScrapydRecipe
  {
    /// `MISSION_CONTROL_SCRAPYD_DAYS` asks for more: each is a process of Scrapy.
    private static let days =
      ProcessInfo.processInfo.environment["MISSION_CONTROL_SCRAPYD_DAYS"].flatMap { Int($0) } ?? 6

    /// Two ads a day.
    private static func page(_ request: LoopbackServer.Request) -> String {
      let path = request.line.split(separator: " ")[1]
      let day = path.split(separator: "/").last.map(String.init) ?? ""
      let ads = (0..<2).map { "<li class=\"ad\" id=\"\(day)-\($0)\">ad \($0) of \(day)</li>" }.joined()
      let body = "<html><ul>\(ads)</ul></html>"
      return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private static func scrapyd(_ portal: LoopbackServer) throws -> RecipeServer {
      try RecipeServer(
        "scrapyd_server.py", ["\(Recipe.all)/scrapyd", "http://127.0.0.1:\(portal.port)"])
    }

    private static func recipe(_ server: RecipeServer) throws -> Recipe {
      try Recipe(
        "scrapyd",
        [
          (old: "http://127.0.0.1:6800", new: "http://127.0.0.1:\(server.port)"),
          (old: "every: 2s", new: "every: 200ms"),
        ])
    }

    @Test("a backfill whose runner is killed on the way: Scrapyd saw each day once")
    func backfill() async throws {
      let portal = LoopbackServer.answering(Self.page)
      let scrapyd = try Self.scrapyd(portal)
      defer { scrapyd.stop() }
      let recipe = try Self.recipe(scrapyd)
      try recipe.list(days: Self.days, source: "scrapyd")
      #expect(try await recipe.command("check").way == .exit(0))

      // Between intent and answer, between answer and journal, and with jobs under way.
      #expect(try await recipe.die(at: "http.start.before:1") == .signal(SIGKILL))
      #expect(try await recipe.die(at: "http.start.answered:1") == .signal(SIGKILL))
      try await recipe.kill(after: Self.days / 2, of: "SCRAPE_STARTED", within: 30 * Double(Self.days))
      let run = try await recipe.command("run", "--no-progress", seconds: 60 * Double(Self.days))
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      try await recipe.expectDone(missions: Self.days, rows: 2 * Self.days)
      #expect(recipe.count(of: "JOB_ADOPTED") >= 1)

      let jobs = try JSON(text: scrapyd.get("/listjobs.json?project=ads"))
      #expect(jobs["pending"].elements.isEmpty && jobs["running"].elements.isEmpty)
      let ids = jobs["finished"].elements.compactMap { $0["id"].string }
      #expect(ids.count == Self.days && Set(ids).count == Self.days, "\(ids)")
      // The portal was asked for each day once.
      let asked = portal.requests.filter { $0.line.contains("/days/") }.map(\.line)
      #expect(asked.count == Self.days && Set(asked).count == Self.days)
    }

    @Test("a job that Scrapyd does not know any more is scheduled anew")
    func forgotten() async throws {
      let portal = LoopbackServer.answering(Self.page)
      let first = try Self.scrapyd(portal)
      defer { first.stop() }
      let recipe = try Self.recipe(first)
      try recipe.list(days: 1, source: "scrapyd")
      try await recipe.kill(after: 1, of: "SCRAPE_STARTED")
      // Another Scrapyd, which knows nothing of it.
      let second = try Self.scrapyd(portal)
      defer { second.stop() }
      let text = try TemporaryFolder.text("\(recipe.folder)/config.yaml")
      try recipe.write(
        text.replacingOccurrences(of: ":\(first.port)", with: ":\(second.port)"), "config.yaml")
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      try await recipe.expectDone(missions: 1, rows: 2)
      #expect(try recipe.journal("SELECT retry_count FROM mission_list") == ["0"])
    }
  }
}
