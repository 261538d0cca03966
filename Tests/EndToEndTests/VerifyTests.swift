import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// `verify` and its `--repair`.
  @Suite struct Verify {
    /// Ten finished missions, none of them without ads.
    private func finished(_ setup: Setup = Setup()) async throws -> Installation {
      let site = try await Installation(setup)
      try site.addMissions(days: 10)
      #expect(try await site.run("run").way == .exit(0))
      return site
    }

    private func differences(_ site: Installation, _ arguments: String...) async throws -> JSON {
      let ended = try await site.end(try site.start(["verify", "--output", "json"] + arguments))
      #expect(ended.way == .exit(1), "\(ended.output)\(ended.errors)")
      let json = try JSON(text: ended.output)
      #expect(Shape.verify.problems(json) == [])
      return json
    }

    /// `part kind date_start`, sorted.
    private func brief(_ json: JSON) -> [String] {
      json["differences"].elements.map {
        "\($0["part"].string!) \($0["kind"].string!) \($0["date_start"].string ?? "-")"
      }.sorted()
    }

    private func key(_ site: Installation, day: Int) throws -> String {
      let path = site.objects.first { $0.contains(Installation.day(day)) }
      return try #require(path)
    }

    private func change(_ path: String, _ body: (inout [UInt8]) -> Void) throws {
      var bytes = try TemporaryFolder.bytes(path)
      body(&bytes)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Rows that came back from an object have lost the white space between their tokens.
    private func tokens(_ rows: [String]) -> [String] { rows.map { $0.filter { !$0.isWhitespace } } }

    private func mission(_ site: Installation, day: Int) throws -> String {
      try site.journal("SELECT id FROM mission_list WHERE date_start = '\(Installation.day(day))'")[0]
    }

    @Test("nothing differs after a run; a journal that does not exist is a name that leads nowhere")
    func clean() async throws {
      let site = try await finished()
      for arguments in [
        ["verify"], ["verify", "--quick"], ["verify", "--shard", "0/2", "--max-requests", "1"],
      ] {
        let ended = try await site.end(try site.start(arguments))
        #expect(ended.way == .exit(0), "\(ended.output)\(ended.errors)")
        #expect(ended.output.contains("nothing differs"))
      }
      let json = try await site.json("verify", "--from", Installation.day(8))
      #expect(Shape.verify.problems(json) == [])
      #expect(json["counts"]["missions"].int == 2)
      #expect(try await site.run("verify", "0000").way == .exit(66))
      try FileManager.default.removeItem(atPath: site.journalPath)
      #expect(try await site.run("verify").way == .exit(66))
      try site.expectNoSecrets()
    }

    @Test(
      "an object deleted, another altered, a row removed and a stray object are found exactly, and mended")
    func repair() async throws {
      let site = try await finished()
      let rows = try site.loadedRows()
      let objects = try site.objects.map { try TemporaryFolder.bytes("\(site.storeFolder)/\($0)") }
      try FileManager.default.removeItem(atPath: "\(site.storeFolder)/\(key(site, day: 1))")
      try change("\(site.storeFolder)/\(key(site, day: 2))") { $0[$0.count / 2] ^= 1 }
      let lost = try mission(site, day: 3)
      try site.changeDestination("DELETE FROM ads WHERE mission_id = '\(lost)' AND position = 1")
      let stray = "scrapes/2025-01-01/not-ours.json"
      // The simulator keeps an object's metadata in a folder beside.
      for folder in [site.storeFolder, site.temporary.path + "/store/.metadata/mission-audit"] {
        let suffix = folder == site.storeFolder ? "" : ".json"
        try FileManager.default.copyItem(
          atPath: "\(folder)/\(key(site, day: 4))\(suffix)", toPath: "\(folder)/\(stray)\(suffix)")
      }

      let found = try await differences(site)
      #expect(
        brief(found) == [
          "destination missing 2025-01-04", "store altered 2025-01-03", "store extra -",
          "store missing 2025-01-02",
        ])
      #expect(found["differences"].elements.contains { $0["key"].string == stray })
      let counts = found["counts"]
      #expect(counts["missions"].int == 10)
      #expect(["missing", "altered", "extra"].map { counts[$0].int } == [2, 1, 1])

      #expect(try await site.run("verify", "--repair").way == .exit(64), "asks, and nobody is there")
      let repaired = try await differences(site, "--repair", "--yes")
      #expect(repaired["repair"]["mended"].int == 3)
      #expect(repaired["repair"]["put_back"].int == 0)
      #expect(try site.statuses() == ["DONE|10"])
      try FileManager.default.removeItem(atPath: "\(site.storeFolder)/\(stray)")
      let after = try await site.run("verify")
      #expect(after.way == .exit(0), "\(after.output)")
      #expect(try tokens(site.loadedRows()) == tokens(rows))
      #expect(try site.objects.map { try TemporaryFolder.bytes("\(site.storeFolder)/\($0)") } == objects)
      try await site.expectInvariants()
    }

    @Test(
      "altered rows, a changed ledger and a mission of nobody are found; bytes that are nowhere are scraped anew"
    )
    func rows() async throws {
      let site = try await finished()
      let rows = try site.loadedRows()
      // Where ids are repeated in a result the destination has fewer rows than ads, and rows only have a number.
      let sound = try site.destination(
        "SELECT mission_id, date_start FROM missions WHERE rows_count = ads_count AND ads_count > 1 ORDER BY date_start"
      ).prefix(4).map { $0.split(separator: "|").map(String.init) }
      let missions = sound.map { $0[0] }
      let days = sound.map { $0[1] }
      try site.changeDestination(
        "UPDATE ads SET data = replace(data, '1', '2') WHERE mission_id = '\(missions[0])' AND position = 0")
      try site.changeDestination("UPDATE missions SET sha256 = 'x' WHERE mission_id = '\(missions[1])'")
      try site.changeDestination("DELETE FROM missions WHERE mission_id = '\(missions[2])'")
      try site.changeDestination("DELETE FROM ads WHERE mission_id = '\(missions[3])'")
      try site.changeDestination("INSERT INTO ads VALUES ('stray', 'a', 0, '{}')")
      try FileManager.default.removeItem(
        atPath: "\(site.storeFolder)/scrapes/\(days[3])/\(missions[3]).json")

      let found = try await differences(site)
      #expect(
        brief(found) == [
          "destination altered \(days[0])", "destination altered \(days[1])", "destination extra -",
          "destination missing \(days[2])", "destination missing \(days[3])", "store missing \(days[3])",
        ])
      let repaired = try await site.run("verify", "--repair", "--yes")
      #expect(repaired.way == .exit(1))
      #expect(
        repaired.errors.contains("load the ads of 3 missions again"))
      #expect(repaired.errors.contains("put 1 mission back to SCRAPE"))
      #expect(try site.statuses() == ["DONE|9", "PENDING|1"])
      #expect(try await site.run("run").way == .exit(0))
      try site.changeDestination("DELETE FROM ads WHERE mission_id = 'stray'")
      #expect(try await site.run("verify").way == .exit(0))
      #expect(try tokens(site.loadedRows()) == tokens(rows), "the simulator gives the same ads again")
      let events = try site.events().filter { $0.mission == missions[3] }.map(\.name)
      #expect(events.contains("RETRY_QUEUED"))
      let mended = try site.events().filter { $0.mission == missions[0] }.map(\.name)
      #expect(mended.suffix(4) == ["COMPLETED", "RESUMED", "DB_COMPLETED", "COMPLETED"])
      try await site.expectInvariants()
    }

    @Test(
      "a quick look sees what is missing and what the store says; other bytes under the same ETag it cannot see"
    )
    func quick() async throws {
      let site = try await finished()
      try FileManager.default.removeItem(atPath: "\(site.storeFolder)/\(key(site, day: 1))")
      try change("\(site.storeFolder)/\(key(site, day: 2))") { $0[$0.count / 2] ^= 1 }
      let quick = try await differences(site, "--quick")
      #expect(brief(quick) == ["store missing 2025-01-02"])
      #expect(try brief(await differences(site, "--from", "2025-01-03")) == ["store altered 2025-01-03"])
    }

    @Test("a store that refuses is no difference: the command ends with 69")
    func unusable() async throws {
      let site = try await finished()
      site.environment["S3_SECRET"] = "wrong"
      let ended = try await site.run("verify")
      #expect(ended.way == .exit(69), "\(ended.output)\(ended.errors)")
      #expect(ended.errors.contains("ERROR401"))
    }

    @Test("a repair needs the journal for itself, a look does not")
    func live() async throws {
      let slow = #"{"match": {"request": "POST /scrape", "date": "2025-01-11"}, "do": {"job_time": "30s"}}"#
      let site = try await finished(Setup(workers: 1, script: slow))
      try site.addMissions(days: 11)
      let run = try site.start(["run"])
      try await site.untilJobIsJournaled(11)
      #expect(try await site.run("verify").way == .exit(0))
      let repair = try await site.run("verify", "--repair", "--yes")
      #expect(repair.way == .exit(75), "\(repair.output)\(repair.errors)")
      // What a file names would stay anyway.
      try site.addMissions(days: 0)
      #expect(try await site.run("prune", "--done", "--yes").way == .exit(75))
      run.signal(SIGTERM)
      #expect(try await site.end(run).way == .exit(75))
    }
  }

  /// `prune`.
  @Suite struct Prune {
    @Test("done missions go with their events, counts stay right, and importing them again is harmless")
    func done() async throws {
      let failing =
        #"{"match": {"request": "POST /scrape", "date": "2025-01-05"}, "do": {"job_status": "failed"}}"#
      let site = try await Installation(Setup(script: failing))
      try site.configure("max_retries: 2", "max_retries: 0")
      try site.addMissions(days: 6)
      #expect(try await site.run("run").way == .exit(1))
      let rows = try site.loadedRows()
      // What files name now stays, by whatever it is chosen.
      let kept = try await site.json("prune", "--done", "--yes")
      #expect(kept["removed"]["missions"].int == 0 && kept["named"].int == 5)
      #expect(try await site.json("prune", "--to", "2025-01-05", "--yes")["named"].int == 5)
      let listed = try site.journal("SELECT id FROM mission_list ORDER BY date_start")[0]
      let asked = try await site.run("prune", listed, "--yes")
      #expect(asked.way == .exit(1) && asked.output.contains("\(listed) is named by"), "\(asked.output)")
      try site.write("a file without a header\n", to: "missions/b.csv")
      let unknown = try await site.run("prune", "--done", "--yes")
      #expect(unknown.way == .exit(65) && unknown.errors.contains("none is removed"), "\(unknown.errors)")
      unlink("\(site.folder)/missions/b.csv")
      #expect(try site.statuses() == ["DONE|5", "FAILED|1"])
      try site.addMissions(days: 0)
      let refused = try await site.run("prune", "--done")
      #expect(refused.way == .exit(64))
      #expect(refused.errors.contains("5 missions and"), "\(refused.errors)")
      #expect(try await site.json("prune", "--older-than", "1d", "--yes")["removed"]["missions"].int == 0)
      let removed = try await site.json("prune", "--done", "--yes")
      #expect(removed["removed"]["missions"].int == 5)
      #expect(removed["removed"]["events"].int! > 20)
      #expect(try site.statuses() == ["FAILED|1"])
      #expect(
        try site.journal("SELECT count(*) FROM events WHERE mission NOT IN (SELECT number FROM missions)")
          == ["0"])
      let status = try await site.json("status")
      #expect(["total", "done", "failed"].map { status["counts"][$0].int } == [1, 0, 1])
      #expect(["done", "failed"].map { status["today"][$0].int } == [0, 1])
      try site.script("")
      try site.addMissions(days: 6)
      let again = try await site.run("run", "--retry-failed")
      #expect(
        again.way == .exit(0) && again.errors.contains("5 missions are done already"), "\(again.errors)")
      #expect(try site.statuses() == ["DONE|6"])
      #expect(try rows.allSatisfy(site.loadedRows().contains))
      try await site.expectInvariants()
    }

    @Test("by id what waits goes, what is queued is refused; retention removes old events of what stays")
    func ids() async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "10s"))
      try site.addMissions(days: 2)
      #expect(try await site.run("prune", "--yes").way == .exit(64), "nothing says what")
      let run = try site.start(["run"])
      try await site.untilJobIsJournaled()
      run.signal(SIGTERM)
      #expect(try await site.end(run).way == .exit(75))
      let ids = try site.journal("SELECT id FROM mission_list ORDER BY date_start")
      let refused = try await site.run("prune", "--yes", ids[0], "--output", "json")
      #expect(refused.way == .exit(1))
      #expect(try JSON(text: refused.output)["refused"][0]["id"].string == ids[0])
      #expect(try await site.run("cancel", ids[0], ids[1]).way == .exit(0))
      try site.addMissions(days: 0)
      #expect(try await site.json("prune", "--yes", ids[0])["removed"]["missions"].int == 1)
      try site.write(
        TemporaryFolder.text(site.folder + "/config.yaml") + "retention: {missions: 30d, events: 1ms}\n",
        to: "config.yaml")
      let old = try await site.json("prune", "--yes")
      #expect(old["removed"]["missions"].int == 0)
      #expect(old["removed"]["events"].int! > 2)
      #expect(try site.journal("SELECT count(*) FROM events") == ["0"])
      #expect(try site.statuses() == ["CANCELLED|1"])
    }
  }
}
