import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Further columns of mission files: declared in the configuration, they need no code (SOURCES 1).
  @Suite struct Parameters {
    /// The configuration with two sources whose rows have two further columns.
    private func site(_ setup: Setup = Setup()) async throws -> Installation {
      let site = try await Installation(setup)
      try site.configure(
        "version: 1\n",
        """
        version: 1
        sources:
          default: {kind: worker, workers: [worker-2], parameters: {conta: integer, rede: [busca, vitrine]}}
          loja: {kind: worker, workers: [worker-1], parameters: {conta: {type: integer, required: true}}}

        """)
      return site
    }

    private static let header = "date_start,date_end,media_type,languages,source,conta,rede\n"

    @Test("two declared columns reach the worker, the rows, the object, the ledger and every answer")
    func wholeWay() async throws {
      let site = try await site()
      let rows = """
        2025-01-01,2025-01-01,video,pt,,42,vitrine
        2025-01-01,2025-01-01,video,pt,,43,
        2025-01-01,2025-01-01,video,pt,,,
        2025-01-02,2025-01-02,video,pt,loja,-0,
        2025-01-03,2025-01-03,video,pt,loja,,
        2025-01-03,2025-01-03,video,pt,loja,7,busca
        2025-01-03,2025-01-03,video,pt,outra,7,
        """
      try site.write(Self.header + rows + "\n", to: "missions/a.csv")
      let plan = try await site.end(try site.start(["plan"]))
      #expect(plan.output.contains("selected") && plan.output.contains("4"), "\(plan.output)")
      let run = try await site.run("run")
      #expect(run.way == .exit(65), "\(run.errors)")
      for error in [
        "a.csv:6:37: conta is empty", "a.csv:7:39: rede is no parameter of the source loja",
        "a.csv:8:32: source is outra; accepted: default, loja",
      ] {
        #expect(run.errors.contains(error), "\(error): \(run.errors)")
      }
      let list = try await site.json("list")
      #expect(Shape.list.problems(list) == [])
      let missions = list["missions"].elements
      #expect(missions.count == 4 && missions.allSatisfy { $0["status"].string == "DONE" })
      for mission in missions {
        #expect(mission["worker"].string == (mission["source"].string == "loja" ? "worker-1" : "worker-2"))
      }
      let first = try #require(missions.first { $0["parameters"]["rede"].string == "vitrine" })
      #expect(first["parameters"]["conta"].int == 42)
      // The row without a parameter is the mission that it was before there were any.
      #expect(missions.contains { $0["id"].string == "b1e85fe5-dfd0-8190-939d-81ab86135696" })
      try await expectMission(first, site)
      #expect(
        try site.destination("SELECT parameters, table_name, kept_files FROM missions ORDER BY parameters")
          == [
            #"{"conta":0}|ads|[]"#, #"{"conta":42,"rede":"vitrine"}|ads|[]"#, #"{"conta":43}|ads|[]"#,
            "{}|ads|[]",
          ])
      let text = try await site.run("list").output
      #expect(text.contains("pt conta=42, rede=vitrine"), "\(text)")
      let csv = try await site.run("list", "--output", "csv").output
      #expect(csv.contains("parameters\r\n"))
      #expect(try await site.run("verify").way == .exit(0))
      try await site.expectInvariants()
    }

    /// One mission, everywhere: what was asked for, what is stored, what `show` says.
    private func expectMission(_ mission: JSON, _ site: Installation) async throws {
      let id = mission["id"].string!
      let data = try site.control.get(
        "/control/ads?start=2025-01-01&end=2025-01-01&format=video&languages=pt&conta=42&rede=vitrine")
      let key = "scrapes/2025-01-01/\(id).json"
      #expect(try TemporaryFolder.bytes("\(site.storeFolder)/\(key)") == Stringified.layout(data))
      let stored = try JSON(
        text: TemporaryFolder.text("\(site.temporary.path)/store/.metadata/mission-audit/\(key).json"))
      let header = stored["metadata"].members.first { $0.key.hasSuffix("parameters") }?.value.string
      #expect(header == "%7B%22conta%22%3A42%2C%22rede%22%3A%22vitrine%22%7D")
      let shown = try await site.run("show", String(id.prefix(13))).output
      #expect(shown.contains("conta=42, rede=vitrine"), "\(shown)")
      let report = try site.report()["missions"].elements.first { $0["id"].string == id }
      #expect(report?["parameters"]["rede"].string == "vitrine")
    }

    @Test("missions with parameters are retried, mended and pruned as others are")
    func laterCommands() async throws {
      let failing =
        #"{"match": {"request": "POST /scrape", "date": "2025-01-02"}, "do": {"job_status": "failed"}}"#
      let site = try await site(Setup(script: failing))
      try site.configure("max_retries: 2", "max_retries: 0")
      let rows = (1...3).map { "2025-01-0\($0),2025-01-0\($0),video,pt,,4\($0),busca" }
      try site.write(Self.header + rows.joined(separator: "\n") + "\n", to: "missions/a.csv")
      #expect(try await site.run("run").way == .exit(1))
      try site.script("")
      #expect(try await site.run("retry", "--failed").way == .exit(0))
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.statuses() == ["DONE|3"])
      // One of them: where none is left, verify takes it for another database.
      let second = "mission_id IN (SELECT mission_id FROM missions WHERE date_start = '2025-01-02')"
      try site.changeDestination("DELETE FROM ads WHERE \(second); DELETE FROM missions WHERE \(second)")
      let repair = try await site.run("verify", "--repair", "--yes")
      #expect(repair.code <= 1, "\(repair.output)\(repair.errors)")
      #expect(try await site.run("verify").way == .exit(0))
      #expect(
        try site.destination("SELECT parameters FROM missions ORDER BY 1")
          == (1...3).map { #"{"conta":4\#($0),"rede":"busca"}"# })
      let pruned = try await site.run("prune", "--done", "--yes")
      #expect(pruned.way == .exit(0) && pruned.output.contains("3 more stay"), "\(pruned.output)")
      try site.write(Self.header + rows[0] + "\n", to: "missions/a.csv")
      #expect(try await site.run("prune", "--done", "--yes").way == .exit(0))
      #expect(try site.journal("SELECT count(*) FROM missions") == ["1"])
    }

    @Test("a source that is not there is a configuration error that names those that are")
    func unknownKind() async throws {
      let site = try await site()
      try site.configure("loja: {kind: worker,", "loja: {kind: ftp,")
      let run = try await site.run("run")
      #expect(run.way == .exit(78))
      #expect(
        run.errors.contains("sources.loja.kind must be worker, http or command, got ftp"), "\(run.errors)")
    }
  }
}
