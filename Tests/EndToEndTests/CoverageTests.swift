import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `coverage`, and that what it offers brings what it misses.
  @Suite struct Coverage {
    private func coverage(_ site: Installation, _ arguments: String..., code: Int32) async throws -> JSON {
      let ended = try await site.end(try site.start(["coverage", "--output", "json"] + arguments))
      #expect(ended.way == .exit(code), "\(ended.output)\(ended.errors)")
      let json = try JSON(text: ended.output)
      #expect(Shape.coverage.problems(json) == [])
      return json
    }

    /// The commands of a text answer that begin so, as arguments, without what explains them.
    private func offered(_ output: String, _ beginning: String) throws -> [String] {
      let line = try #require(
        output.split(separator: "\n").first { $0.hasPrefix("mission-control \(beginning)") })
      return line.split(separator: " ", omittingEmptySubsequences: false).dropFirst().prefix { !$0.isEmpty }
        .map(String.init)
    }

    @Test(
      "what failed, was never run, lost its rows or its object is told, and the offered commands mend exactly that"
    )
    func mended() async throws {
      let failing = """
        {"match": {"request": "POST /scrape", "date": "\(Installation.day(2))"}, "do": {"job_status": "failed"}}
        """
      let site = try await Installation(Setup(script: failing))
      try site.addMissions(days: 8)
      #expect(try await coverage(site, code: 1)["counts"]["pending"].int == 8)
      #expect(try await site.run("run", "--to", Installation.day(5)).way == .exit(1))
      try site.script("")
      let clean = try await coverage(site, code: 1)
      #expect(clean["counts"]["done"].int == 5 && clean["counts"]["failed"].int == 1)
      #expect(clean["counts"]["pending"].int == 2 && clean["counts"]["lost"].int == 0)

      // A row of the ledger with its ads, and an object.
      let lost = try site.journal("SELECT id FROM mission_list WHERE date_start = '\(Installation.day(0))'")[
        0]
      try site.changeDestination("DELETE FROM ads WHERE mission_id = '\(lost)'")
      try site.changeDestination("DELETE FROM missions WHERE mission_id = '\(lost)'")
      let object = try #require(site.objects.first { $0.contains(Installation.day(4)) })
      try FileManager.default.removeItem(atPath: "\(site.storeFolder)/\(object)")
      #expect(try await coverage(site, code: 1)["counts"]["lost"].int == 0, "nobody asked")
      let found = try await coverage(site, "--data", code: 1)
      #expect(found["counts"]["lost"].int == 2 && found["counts"]["done"].int == 3)

      let text = try await site.run("coverage", "--data", "--write", "repair.csv")
      #expect(text.way == .exit(1))
      #expect(text.errors.contains("5 missions written to repair.csv"))
      let rows = try TemporaryFolder.text(site.folder + "/repair.csv").split(separator: "\n").dropFirst()
      #expect(
        rows.map { String($0.prefix(10)) } == [0, 2, 4, 6, 7].map(Installation.day))
      let verify = try offered(text.output, "verify") + ["--yes"]
      #expect(try await site.end(try site.start(verify)).way == .exit(1))
      let run = try offered(text.output, "run")
      #expect(run == ["run", "repair.csv", "--retry-failed"])
      #expect(try await site.end(try site.start(run)).way == .exit(0))
      let whole = try await coverage(site, "--data", code: 0)
      #expect(whole["counts"]["done"].int == 8)
      try await site.expectInvariants()
    }

    @Test(
      "rerun --lost puts back exactly what lost its rows or its object, and nothing while that cannot be told"
    )
    func rerunLost() async throws {
      let site = try await Installation()
      try site.addMissions(days: 6)
      #expect(try await site.run("run").way == .exit(0))
      #expect(try await site.run("rerun", "--lost", "--yes").output.contains("0 missions"))
      let ids = try site.journal("SELECT id FROM mission_list ORDER BY date_start")
      try site.changeDestination("DELETE FROM ads WHERE mission_id = '\(ids[0])'")
      try site.changeDestination("DELETE FROM missions WHERE mission_id = '\(ids[0])'")
      for day in [2, 4] {
        let object = try #require(site.objects.first { $0.contains(Installation.day(day)) })
        try FileManager.default.removeItem(atPath: "\(site.storeFolder)/\(object)")
      }
      try site.configure("sqlite:state/ads.sqlite", "sqlite:missions/a.csv")
      let unknown = try await site.run("rerun", "--lost", "--yes")
      #expect(unknown.way == .exit(69), "\(unknown.errors)")
      try site.configure("sqlite:missions/a.csv", "sqlite:state/ads.sqlite")
      #expect(try site.statuses() == ["DONE|6"])
      let some = try await site.json("rerun", "--lost", "--to", Installation.day(3), "--yes")
      #expect(some["changed"].int == 2, "\(some)")
      #expect(
        try site.journal("SELECT id FROM mission_list WHERE status = 'PENDING' ORDER BY date_start")
          == [ids[0], ids[2]])
      #expect(try await site.run("rerun", "--lost", "--yes").way == .exit(0))
      #expect(try await site.run("run").way == .exit(0))
      #expect(try await coverage(site, "--data", code: 0)["counts"]["done"].int == 6)
      try await site.expectInvariants()
    }

    @Test("a day that --like wants and no file names is missing, and the offered run brings it")
    func like() async throws {
      let site = try await Installation()
      try site.addMissions(days: 2)
      try site.addMissions(days: 4, file: "like.csv")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try await coverage(site, code: 0)["counts"]["done"].int == 2)
      let wanted = try await coverage(site, "--like", "like.csv", "--write", "repair.csv", code: 1)
      #expect(wanted["counts"]["missing"].int == 2)
      #expect(try await site.run("run", "repair.csv", "--retry-failed").way == .exit(0))
      #expect(try await coverage(site, "--like", "like.csv", code: 0)["counts"]["done"].int == 4)
    }
  }
}
