import Foundation
import SQLite
import TestSupport
import Testing

extension EndToEnd {
  /// What `verify --repair` must never lose, and when it may say "mended".
  @Suite struct Repair {
    private func finished(days: Int) async throws -> Installation {
      let site = try await Installation(Setup(workers: 1))
      try site.addMissions(days: days)
      #expect(try await site.run("run").way == .exit(0))
      return site
    }

    private func ads(_ site: Installation, _ mission: String) throws -> [String] {
      try site.destination(
        "SELECT ad_id, position, data FROM ads WHERE mission_id = '\(mission)' ORDER BY position")
    }

    private func object(_ site: Installation, _ mission: String) throws -> String {
      "\(site.storeFolder)/" + (try #require(site.objects.first { $0.contains(mission) }))
    }

    private func repair(_ site: Installation) async throws -> JSON {
      let ended = try await site.end(try site.start(["verify", "--repair", "--yes", "--output", "json"]))
      #expect(ended.way == .exit(1), "\(ended.errors)")
      return try JSON(text: ended.output)["repair"]
    }

    /// Whose ids are repeated or not.
    private func mission(_ site: Installation, repeating: Bool) throws -> String {
      let sign = repeating ? "<" : "="
      return try #require(
        site.destination(
          "SELECT mission_id FROM missions WHERE rows_count \(sign) ads_count AND rows_count > 2 ORDER BY 1"
        ).first)
    }

    @Test("killed at any step of mending the last copy, all of it is there and the next repair mends it")
    func killed() async throws {
      let site = try await finished(days: 6)
      // Laid out, these rows prove themselves: they are all that is left.
      let mission = try mission(site, repeating: false)
      let (rows, path) = (try ads(site, mission), try object(site, mission))
      let bytes = try TemporaryFolder.bytes(path)
      let points = [
        "store.put.before", "store.put.answered", "repair.object.after", "destination.delete.after",
        "destination.insert.after", "destination.commit.before", "destination.commit.after",
        "repair.rows.after", "journal.commit.before",
      ]
      for point in points {
        try FileManager.default.removeItem(atPath: path)
        try site.changeDestination("UPDATE missions SET sha256 = 'x' WHERE mission_id = '\(mission)'")
        site.environment["MISSION_CONTROL_FAILPOINT"] = point + ":1"
        let killed = try await site.run("verify", "--repair", "--yes")
        site.environment["MISSION_CONTROL_FAILPOINT"] = nil
        #expect(killed.way == .signal(SIGKILL), "\(point): \(killed.output)\(killed.errors)")
        #expect(try ads(site, mission) == rows, "\(point)")
        let looked = try await site.run("verify")
        if looked.way != .exit(0) {
          #expect(try await repair(site)["mended"].int == 1, "\(point): \(looked.output)")
        }
        #expect(try await site.run("verify").way == .exit(0), "\(point)")
        #expect(try ads(site, mission) == rows, "\(point)")
        #expect(try TemporaryFolder.bytes(path) == bytes, "\(point)")
      }
    }

    @Test(
      "what nothing can prove keeps its rows until the new scrape replaces them, also with the same bytes")
    func putBack() async throws {
      let site = try await finished(days: 6)
      let mission = try mission(site, repeating: true)
      let (rows, path) = (try ads(site, mission), try object(site, mission))
      try FileManager.default.removeItem(atPath: path)
      try site.changeDestination(
        "DELETE FROM ads WHERE rowid = (SELECT min(rowid) FROM ads WHERE mission_id = '\(mission)')")
      let damaged = try ads(site, mission)
      #expect(damaged.count == rows.count - 1)
      #expect(try await repair(site)["put_back"].int == 1)
      #expect(try ads(site, mission) == damaged)
      #expect(try await site.run("run").way == .exit(0))
      #expect(try ads(site, mission) == rows, "the simulator gives the same ads again")
      #expect(try await site.run("verify").way == .exit(0))
      try await site.expectInvariants()
    }

    @Test("rows that are as they should be keep every byte when the others are mended from the object")
    func goodRows() async throws {
      let site = try await finished(days: 6)
      for repeating in [false, true] {
        let mission = try mission(site, repeating: repeating)
        let rows = try ads(site, mission)
        try site.changeDestination(
          "UPDATE ads SET data = replace(data, '1', '2') WHERE mission_id = '\(mission)' AND position = "
            + "(SELECT min(position) FROM ads WHERE mission_id = '\(mission)')")
        #expect(try await repair(site)["mended"].int == 1)
        #expect(try ads(site, mission).dropFirst() == rows.dropFirst())
        let (mended, before) = (try ads(site, mission)[0], rows[0])
        #expect(mended.filter { !$0.isWhitespace } == before.filter { !$0.isWhitespace })
        #expect(try await site.run("verify").way == .exit(0))
      }
    }

    @Test("a store that says it has the object and has it not is no mending")
    func hollowStore() async throws {
      let site = try await finished(days: 6)
      let path = try object(site, mission(site, repeating: false))
      let bytes = try TemporaryFolder.bytes(path)
      try FileManager.default.removeItem(atPath: path)
      try site.script(
        #"{"match": {"request": "PUT object"}, "do": {"status": 200, "body": "", "headers": {"ETag": "\"x\""}, "perform": false}, "times": 1}"#
      )
      let hollow = try await repair(site)
      #expect(hollow["mended"].int == 0 && hollow["failed"].int == 1, "\(hollow)")
      #expect(try await repair(site)["mended"].int == 1)
      #expect(try TemporaryFolder.bytes(path) == bytes)
    }
  }

  /// What `verify` must see.
  @Suite struct VerifyRows {
    private func verify(_ site: Installation, _ code: Int32) async throws -> JSON {
      let ended = try await site.end(try site.start(["verify", "--output", "json"]))
      #expect(ended.way == .exit(code), "\(ended.output)\(ended.errors)")
      return try JSON(text: ended.output)
    }

    @Test("an altered row is found whatever was altered of it, also where a result repeats its ids")
    func altered() async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.addMissions(days: 6)
      #expect(try await site.run("run").way == .exit(0))
      for sign in ["=", "<"] {
        let mission = try site.destination(
          "SELECT mission_id FROM missions WHERE rows_count \(sign) ads_count AND rows_count > 2")[0]
        let (last, key) = (
          "(SELECT max(position) FROM ads WHERE mission_id = '\(mission)')", "mission_id = '\(mission)'"
        )
        let changes = [
          ("data = replace(data, '1', '2')", "data = replace(data, '2', '1')"),
          ("ad_id = 'x' || ad_id", "ad_id = substr(ad_id, 2)"),
          ("position = position + 1", "position = position - 1"),
        ]
        let data = try site.destination("SELECT data FROM ads WHERE \(key) AND position = \(last)")[0]
        for (change, back) in changes {
          try site.changeDestination("UPDATE ads SET \(change) WHERE \(key) AND position = \(last)")
          let found = try await verify(site, 1)
          #expect(found["counts"]["altered"].int == 1, "\(sign) \(change): \(found)")
          let undone =
            back.contains("data") ? "data = '\(data.replacingOccurrences(of: "'", with: "''"))'" : back
          try site.changeDestination("UPDATE ads SET \(undone) WHERE \(key) AND position = \(last)")
        }
        #expect(try await verify(site, 0)["counts"]["not_compared"].int == 0)
      }
      // With the object gone nothing is left to compare repeated ids with: counted, not passed over.
      let repeating = try site.destination(
        "SELECT mission_id FROM missions WHERE rows_count < ads_count AND rows_count > 2")[0]
      try FileManager.default.removeItem(
        atPath: "\(site.storeFolder)/" + (try #require(site.objects.first { $0.contains(repeating) })))
      #expect(try await verify(site, 1)["counts"]["not_compared"].int == 1)
      let quick = try await site.run("verify", "--quick")
      #expect(quick.output.contains("rows only counted, not compared: 6 missions"), "\(quick.output)")
      #expect(!site.state.contains { $0.contains("verify-") }, "\(site.state)")
    }

    @Test(
      "missions that were pruned are known by the ledger; strays are told in few lines, and prune keeps what is listed"
    )
    func pruned() async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.addMissions(days: 8)
      #expect(try await site.run("run").way == .exit(0))
      try site.addMissions(days: 3)
      let refused = try await site.run("prune", "--done")
      #expect(refused.errors.contains("3 more stay: mission files or windows name them"), "\(refused.errors)")
      #expect(try await site.run("prune", "--done", "--yes").way == .exit(0))
      let counts = try await verify(site, 0)["counts"]
      #expect(["missions", "extra", "pruned"].map { counts[$0].int } == [3, 0, 5], "\(counts)")
      let text = try await site.run("verify")
      #expect(text.output.contains("pruned: 5 missions"), "\(text.output)")
      let mission = try site.destination("SELECT mission_id FROM missions ORDER BY 1")[0]
      try site.changeDestination(
        "DELETE FROM ads WHERE rowid = (SELECT min(rowid) FROM ads WHERE mission_id = '\(mission)')")
      for number in 0..<30 {
        try site.changeDestination("INSERT INTO ads VALUES ('stray-\(number)', 'a', 0, '{}')")
      }
      let strays = try await site.run("verify")
      #expect(strays.way == .exit(1))
      #expect(strays.output.components(separatedBy: "which is no mission").count == 21, "\(strays.output)")
      #expect(strays.output.contains("… and 10 more extra in the destination"))
      #expect(strays.output.contains("30 extra"))
      let found = try await verify(site, 1)["counts"]
      #expect(["missing", "extra", "pruned"].map { found[$0].int } == [1, 30, 5], "\(found)")
    }

    @Test("what a killed look left beside the journal goes with the next one")
    func leftovers() async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.addMissions(days: 1)
      #expect(try await site.run("run").way == .exit(0))
      mkdir(site.folder + "/state/verify-1a", 0o700)
      try site.write("x", to: "state/verify-1a/some.part")
      #expect(try await site.run("verify").way == .exit(0))
      #expect(access(site.folder + "/state/verify-1a", F_OK) != 0)
    }
  }
}
