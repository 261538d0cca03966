import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// The recipe with Selenium and Debian's Chromium, against a portal of the test's own.
  @Suite(
    .timeLimit(.minutes(5)),
    .enabled(
      if: ServerTools.reasonToSkipSelenium == nil, "\(ServerTools.reasonToSkipSelenium ?? "")"))
  struct SeleniumRecipe {
    private static let csv = "codigo;produto;preço\r\n1;açúcar;4,99\r\n2;café;17,50\r\n"
    private static let pdf = "%PDF-1.4\n%%EOF\n"

    /// A login, then a page for each day with a CSV in latin-1 and a PDF; on 2025-01-03 there is nothing.
    private static func portal() -> LoopbackServer {
      LoopbackServer { connection in
        while let request = connection.readRequest() { connection.send(bytes: answer(request)) }
      }
    }

    private static func answer(_ request: LoopbackServer.Request) -> [UInt8] {
      let path = request.line.split(separator: " ")[1]
      if request.line.hasPrefix("POST /entrar") {
        return String(decoding: request.body, as: UTF8.self) == "usuario=ana&senha=canary-senha"
          ? reply("303 See Other", "", ["Set-Cookie: sessao=aberta; Path=/", "Location: /inicio"])
          : reply("200 OK", "<p class=\"erro\">Senha incorreta</p>")
      }
      if path == "/entrar" {
        return reply(
          "200 OK",
          "<form method=\"post\"><input name=\"usuario\"><input name=\"senha\" type=\"password\"><button>Entrar</button></form>"
        )
      }
      guard request.field("Cookie") == "sessao=aberta" else {
        return reply("303 See Other", "", ["Location: /entrar"])
      }
      if let file = path.firstMatch(of: /^\/posicoes\?tipo=([a-z]+)&dia=([0-9-]+)$/) {
        if file.2 == "2025-01-03" { return reply("200 OK", "<p class=\"vazio\">Nenhuma posição</p>") }
        let links = ["csv", "pdf"].map { "<a class=\"\($0)\" href=\"/\(file.1)-\(file.2).\($0)\">\($0)</a>" }
        return reply("200 OK", links.joined())
      }
      if path.hasSuffix(".csv") {
        let fields = ["Content-Type: text/csv", "Content-Disposition: attachment"]
        return reply("200 OK", bytes: Array(csv.data(using: .isoLatin1)!), fields)  // has nothing else
      }
      if path.hasSuffix(".pdf") { return reply("200 OK", pdf, ["Content-Type: application/pdf"]) }
      return reply("404 Not Found", "")
    }

    private static func reply(_ status: String, _ body: String, _ fields: [String] = []) -> [UInt8] {
      let isPage = !fields.contains { $0.hasPrefix("Content-Type") }
      let type = isPage ? ["Content-Type: text/html; charset=utf-8"] : []
      return reply(status, bytes: Array(body.utf8), fields + type)
    }

    private static func reply(_ status: String, bytes: [UInt8], _ fields: [String]) -> [UInt8] {
      let head = ["HTTP/1.1 \(status)", "Content-Length: \(bytes.count)"] + fields
      return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + bytes
    }

    private static func recipe(_ portal: LoopbackServer, password: String) throws -> Recipe {
      try Recipe(
        "selenium",
        [
          (old: "http://127.0.0.1:8700", new: portal.url),
          (old: "env/bin/python", new: ServerTools.path("python")),
          (old: "retry_delay: 60s", new: "retry_delay: 100ms"),
        ], ["PORTAL_USER": "ana", "PORTAL_PASSWORD": password])
    }

    private static func logins(_ portal: LoopbackServer) -> Int {
      portal.requests.filter { $0.line.hasPrefix("POST /entrar") }.count
    }

    @Test(
      "a browser logs in and downloads: rows, kept files, an empty day, and none that outlives a killed run")
    func whole() async throws {
      let portal = Self.portal()
      let recipe = try Self.recipe(portal, password: "canary-senha")
      #expect(try await recipe.command("check").way == .exit(0))
      let killed = try recipe.start("run", "--no-progress")
      #expect(try await Wait.until(seconds: 60) { Self.logins(portal) == 1 })
      killed.signal(SIGKILL)
      #expect(try await killed.end(within: 10).way == .signal(SIGKILL))

      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(Browsers.count(in: recipe.folder) == 0)
      let rows = try Installation.rows(
        "\(recipe.folder)/state/ads.sqlite", "SELECT record_id, data FROM posicoes ORDER BY record_id")
      #expect(rows.count == 4)
      #expect(rows[0] == #"1|{"codigo":"1","produto":"açúcar","preço":"4,99"}"#)
      #expect(
        try recipe.journal("SELECT max(retry_count) FROM mission_list") == ["0"], "\(run.errors)")
      // Three audit objects, and two files of each of the two days that have some.
      #expect(recipe.objects == 7)
      let kept = TemporaryFolder.files(in: "\(recipe.folder)/audit").filter {
        $0.hasSuffix("/reag-2025-01-02.pdf")
      }
      #expect(kept.count == 1)
      for name in kept { #expect(try TemporaryFolder.text("\(recipe.folder)/audit/\(name)") == Self.pdf) }
      let verified = try await recipe.command("verify")
      #expect(verified.way == .exit(0), "\(verified.output)\(verified.errors)")
      #expect(!(run.output + run.errors).contains("canary"))
    }

    @Test("a wrong password is tried once, and told without it")
    func wrongPassword() async throws {
      let portal = Self.portal()
      let recipe = try Self.recipe(portal, password: "canary-errada")
      let run = try await recipe.command("run", "--no-progress")
      #expect(run.way == .exit(69), "\(run.errors)\(run.output)")
      #expect(Self.logins(portal) == 1)
      #expect((run.output + run.errors).contains("Senha incorreta"))
      #expect(!(run.output + run.errors).contains("canary"))
      #expect(Browsers.count(in: recipe.folder) == 0)
    }
  }

  /// Processes that have a folder on their command line, as browsers have that of their profile.
  private enum Browsers {
    static func count(in folder: String) -> Int {
      let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return all.filter { process in
        guard Int(process) != nil, let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
        else { return false }
        return String(decoding: line, as: UTF8.self).contains("\(folder)/state/work")
      }.count + ProgramPlace.programs(in: folder).count
    }
  }
}
