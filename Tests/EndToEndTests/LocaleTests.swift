import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// The same work in two languages.
  @Suite struct Locale {
    /// What differs from run to run, in every language.
    private static let passing: Set<String> = [
      "run_id", "started_at", "finished_at", "created_at", "queued_at", "at", "durations", "job_id",
      "journal_id", "summary",
      "seconds", "session_id", "opened_at", "last_used_at",
    ]

    private func installation() async throws -> Installation {
      let failing =
        #"{"match": {"request": "POST /scrape", "date": "2025-01-03"}, "do": {"job_status": "failed"}}"#
      let site = try await Installation(Setup(workers: 1, script: failing))
      try site.configure("max_retries: 2", "max_retries: 0")
      try site.addMissions(days: 5)
      return site
    }

    /// Without what differs from run to run, and without the numbers of jobs in messages.
    private func lasting(_ json: JSON) -> JSON {
      switch json {
      case .object(let members):
        return .object(
          members.filter { !Self.passing.contains($0.key) }.mapValues(lasting))
      case .array(let elements): return .array(elements.map(lasting))
      case .string(let text):
        return .string(text.replacingOccurrences(of: "job [^ ]+", with: "job …", options: .regularExpression))
      default: return json
      }
    }

    private func reportFile(_ site: Installation) throws -> JSON {
      let name = try #require(site.state.first { $0.hasPrefix("reports/") && $0.hasSuffix(".json") })
      return try JSON(text: TemporaryFolder.text(site.folder + "/state/" + name))
    }

    @Test("a run in Portuguese tells people in Portuguese and leaves programs the same report")
    func runInPortuguese() async throws {
      let (english, portuguese) = (try await installation(), try await installation())
      let told = try await english.run("run", "--locale", "en")
      portuguese.environment["LANG"] = "pt_BR.UTF-8"
      let said = try await portuguese.run("run")
      #expect(told.way == .exit(1), "\(told.errors)")
      #expect(said.way == told.way, "\(said.errors)")
      for text in [
        "execução run-", "  selecionadas       ", "  concluídas         ", "Tempo por etapa", "Por worker",
        "Falhas\n", "devolve estas para a próxima execução", "Próximo passo\n",
      ] { #expect(said.output.contains(text), "\(text) in \(said.output)") }
      #expect(said.errors.contains(" falhou: "), "\(said.errors)")
      #expect(told.output.contains("  selected  ") && told.errors.contains(" failed: "))
      #expect(lasting(try reportFile(english)) == lasting(try reportFile(portuguese)))
      for command in ["list", "status", "plan"] {
        let (first, second) = (try await english.json(command), try await portuguese.json(command))
        #expect(lasting(first) == lasting(second), "\(command)")
      }
      #expect(try english.rows() == portuguese.rows())
      #expect(english.objects == portuguese.objects)
      let again = try await portuguese.run(
        "run", "--retry-failed", "--log-format", "json", "--output", "json")
      #expect(try JSON(text: again.output)["schema_version"].int == 1)
      #expect(again.errors.contains("\"level\":\"error\"") && !again.errors.contains("falhou"))
    }

    @Test("words of a worker and of a store are shown as they came, also when they are a sentence of ours")
    func foreignWords() async throws {
      let worker = "wrong usage: two missions"
      let store = "the store failed: not found"
      let script = """
        {"match": {"request": "GET /scrape/*", "date": "2025-01-01"}, \
        "do": {"body": "{\\"status\\": \\"failed\\", \\"error\\": \\"\(worker)\\"}"}}
        {"match": {"request": "PUT object", "date": "2025-01-02"}, \
        "do": {"status": 403, "body": "<Error><Code>AccessDenied</Code><Message>\(store)</Message></Error>"}}
        """
      let site = try await Installation(Setup(workers: 1, script: script))
      try site.configure("max_retries: 2", "max_retries: 0")
      try site.addMissions(days: 2)
      site.environment["LANG"] = "pt_BR.UTF-8"
      let run = try await site.run("run", "--report", "report.html")
      #expect(run.way == .exit(1), "\(run.errors)")
      let listed = try await site.run("list", "--output", "csv").output
      let page = try TemporaryFolder.text(site.folder + "/report.html")
      for words in [worker, store] {
        for text in [run.errors, run.output, listed, page] {
          #expect(text.contains(words), "\(words) in \(text)")
        }
      }
      for text in [run.errors, run.output, page] {
        #expect(
          !text.contains("uso errado") && !text.contains("o armazenamento falhou: não encontrado"), "\(text)")
        #expect(!text.unicodeScalars.contains { $0 == "\u{2063}" || $0 == "\u{2064}" })
      }
      #expect(run.errors.contains("(01/01/2025) falhou: "), "\(run.errors)")
      let shown = try await site.run("show", try #require(site.journal("SELECT id FROM mission_list").first))
      #expect(shown.output.contains(worker) || shown.output.contains(store))
      let kept = try site.journal("SELECT error_message FROM mission_list ORDER BY date_start")
      #expect(kept.first?.hasSuffix(worker) == true && kept.last?.contains(store) == true, "\(kept)")
    }
  }
}

extension Installation {
  /// What the destination holds, in order.
  fileprivate func rows() throws -> [String] {
    try destination("SELECT ad_id || ' ' || data FROM ads ORDER BY mission_id, ad_id")
  }
}
