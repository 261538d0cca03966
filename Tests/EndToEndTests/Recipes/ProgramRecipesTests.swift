import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// The recipes whose sources are programs of this machine.
  @Suite(.timeLimit(.minutes(10))) struct ProgramRecipes {
    /// Two ads of the first day that is asked for; who has no token is refused when one is wanted.
    private static func portal(token: String? = nil) -> LoopbackServer {
      LoopbackServer.answering { request in
        func answer(_ status: String, _ body: String) -> String {
          "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        if let token, request.field("Authorization") != "Bearer \(token)" {
          return answer("401 Unauthorized", "{}")
        }
        guard let from = request.line.firstMatch(of: /from=([0-9-]+)/)?.1 else {
          return answer("404 Not Found", "{}")
        }
        let ads = (0..<2).map { "{\"id\":\"\(from)-\($0)\",\"day\":\"\(from)\",\"title\":\"ad\"}" }
        return answer("200 OK", "{\"ads\":[\(ads.joined(separator: ","))]}")
      }
    }

    @Test("a plain curl", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl")))
    func curl() async throws {
      let portal = Self.portal()
      let recipe = try Recipe(
        "curl", [(old: "http://127.0.0.1:8700", new: "http://127.0.0.1:\(portal.port)")])
      #expect(try await recipe.command("check").way == .exit(0))
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      try await recipe.expectDone(missions: 3, rows: 6)
      // A refusal is a failure with curl's own words.
      let broken = try Recipe(
        "curl", [(old: "http://127.0.0.1:8700/ads?from=", new: "http://127.0.0.1:\(portal.port)/ads?day=")])
      #expect(try await broken.command("run", "--no-progress").way == .exit(1))
      let failed = try broken.journal("SELECT error_cause, error_message FROM mission_list")
      #expect(failed.allSatisfy { $0.hasPrefix("ERROR200|") && $0.contains("404") }, "\(failed)")
    }

    @Test("a shell script, as it stands: latin-1 and semicolons, a table and an id of its own, kept files")
    func shell() async throws {
      let recipe = try Recipe("shell", [(old: "retry_delay: 1m", new: "retry_delay: 50ms")])
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(try recipe.rows("precos") == 3)
      let rows = try Installation.rows(
        "\(recipe.folder)/state/ads.sqlite", "SELECT record_id, data FROM precos ORDER BY record_id")
      #expect(rows[0] == #"1|{"codigo":"1","produto":"açúcar","preço":"4,99"}"#)
      // Three objects, and what was kept of the two that had a file.
      #expect(recipe.objects == 5)
      #expect(try await recipe.command("verify").way == .exit(0))

      // A file that comes later is waited for.
      try recipe.write(
        "date_start,date_end,source,loja\n2025-01-03,2025-01-03,shell,norte\n", "missions/2025-01.csv")
      let waiting = try recipe.start("run", "--no-progress")
      #expect(try await Wait.until { recipe.count(of: "SCRAPE_STARTED") >= 5 })
      try recipe.write("codigo;produto;preco\n8;mel;9,00\n", "drop/norte-2025-01-03.csv")
      let ended = try await waiting.end(within: 60)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try recipe.rows("precos") == 4)
      #expect(try recipe.journal("SELECT max(retry_count) FROM mission_list") == ["0"])
    }

    private static let singerIsMissing = ServerTools.reasonToSkip(module: "singer_sdk")

    @Test(
      "a Singer tap made with singer-sdk", .enabled(if: singerIsMissing == nil, "\(singerIsMissing ?? "")"))
    func singer() async throws {
      let portal = Self.portal(token: "canary-token")
      let recipe = try Recipe(
        "singer",
        [
          (old: "http://127.0.0.1:8700", new: "http://127.0.0.1:\(portal.port)"),
          (old: "env/bin/python", new: ServerTools.path("python")),
        ], ["TAP_TOKEN": "canary-token"])
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      try await recipe.expectDone(missions: 2, rows: 6)
      #expect(!(run.output + run.errors).contains("canary-token"))
      // What a tap says when it is refused is the mission's message, without the token.
      let refused = try Recipe(
        "singer",
        [
          (old: "http://127.0.0.1:8700", new: "http://127.0.0.1:\(portal.port)"),
          (old: "env/bin/python", new: ServerTools.path("python")),
          (old: "capacity: 2", new: "max_retries: 0\n    capacity: 2"),
        ], ["TAP_TOKEN": "wrong-token-1"])
      let failed = try await refused.command("run", "--no-progress")
      #expect(failed.way == .exit(1), "\(failed.errors)")
      #expect(!(failed.output + failed.errors).contains("wrong-token-1"))
    }
  }
}
