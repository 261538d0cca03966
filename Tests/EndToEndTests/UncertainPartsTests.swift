import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Parts of a mission that are there and not as they were written, or not this machine's.
  @Suite struct UncertainParts {
    private func finished(_ setup: Setup = Setup(ads: "5..9"), days: Int = 12) async throws -> Installation {
      let site = try await Installation(setup)
      try site.addMissions(days: days)
      try site.keepObjectsInFolder()
      #expect(try await site.run("run").way == .exit(0))
      return site
    }

    private func loseJournal(_ site: Installation) throws {
      for name in try FileManager.default.contentsOfDirectory(atPath: site.folder + "/state")
      where !name.hasPrefix("ads.sqlite") {
        try FileManager.default.removeItem(atPath: "\(site.folder)/state/\(name)")
      }
    }

    /// Missions whose array had no spaces between its elements and no repeated ids: it can be made of the rows.
    private func whole(_ site: Installation) throws -> [String] {
      try site.journal("SELECT id, date_start FROM mission_list ORDER BY date_start").compactMap {
        let parts = $0.split(separator: "|").map(String.init)
        let text = String(decoding: try site.ads(day: parts[1]), as: UTF8.self)
        let rows = try site.destination(
          "SELECT data FROM ads WHERE mission_id = '\(parts[0])' ORDER BY position")
        return text == "[" + rows.joined(separator: ",") + "]" ? parts[0] : nil
      }
    }

    private func removeObject(of mission: String, _ site: Installation, metadataOnly: Bool = false) throws {
      let key = try #require(site.objects.first { $0.contains(mission) })
      for name in metadataOnly ? [key + ".meta.json"] : [key, key + ".meta.json"] {
        // The simulator keeps an object's metadata elsewhere.
        try? FileManager.default.removeItem(atPath: "\(site.storeFolder)/\(name)")
      }
    }

    @Test(
      "rows that prove not to be what was loaded are replaced by the scrape that follows, also when it brings the same",
      arguments: [
        "UPDATE ads SET data = '{}' WHERE position = 1 AND mission_id = ",
        "DELETE FROM ads WHERE position = 1 AND mission_id = ",
      ])
    func alteredRows(change: String) async throws {
      let site = try await finished()
      let (rows, objects) = (try site.loadedRows(), site.objects)
      let mission = try #require(try whole(site).first)
      try site.changeDestination(change + "'\(mission)'")
      try removeObject(of: mission, site)
      try loseJournal(site)
      let before = try site.requests("POST /scrape")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.requests("POST /scrape") == before + 1)
      #expect(try site.loadedRows() == rows)
      #expect(site.objects == objects)
      let verified = try await site.run("verify")
      #expect(verified.way == .exit(0), "\(verified.output)")
    }

    @Test("rows that another machine has on their way to their object stay its own, whatever they look like")
    func rowsOnTheirWay() async throws {
      let there = try await Installation(Setup(ads: "3..4", seed: 3))
      let here = try await Installation(Setup(ads: "5..9", seed: 7))
      // Of an array with spaces between its records the rows cannot prove to be whole.
      let day = try #require(
        try (0..<20).map(Installation.day).first {
          String(decoding: try there.ads(day: $0), as: UTF8.self).contains("},\n  {")
        })
      for site in [here, there] {
        try site.write(
          "date_start,date_end,media_type,languages\n\(day),\(day),video,pt\n", to: "missions/a.csv")
        try site.keepObjectsInFolder()
      }
      try here.configure("path: ../store/mission-audit", "path: \(there.storeFolder)")
      try here.configure("sqlite:state/ads.sqlite", "sqlite:\(there.destinationPath)")
      func die(_ site: Installation, _ point: String) async throws {
        site.environment["MISSION_CONTROL_FAILPOINT"] = point
        #expect(try await site.run("run").way == .signal(SIGKILL))
        site.environment["MISSION_CONTROL_FAILPOINT"] = nil
      }
      try await die(there, "store.put.before:1")
      let theirs = try there.destination("SELECT sha256 FROM missions")
      try await die(here, "destination.commit.before:1")
      #expect(try there.destination("SELECT sha256 FROM missions") == theirs)
      #expect(try here.journal("SELECT replaced_rows FROM missions") == theirs, "they were looked at")
      #expect(try await there.run("run").way == .exit(0))
      #expect(try await here.run("run").way == .exit(0))
      #expect(try here.count(of: "RECOVERED") == 1)
      #expect(try there.destination("SELECT sha256 FROM missions") == theirs)
      for site in [here, there] { #expect(try await site.run("verify").way == .exit(0)) }
    }

    @Test("an object that lost its metadata is made of the rows once more, where they are whole")
    func withoutMetadata() async throws {
      let site = try await finished()
      let whole = try whole(site)
      #expect(whole.count > 1)
      let bytes = try site.objects.map { try TemporaryFolder.bytes("\(site.storeFolder)/\($0)") }
      for mission in whole { try removeObject(of: mission, site, metadataOnly: true) }
      try loseJournal(site)
      let before = try site.requests("POST /scrape")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.requests("POST /scrape") == before)
      #expect(try site.count(of: "RECOVERED") == 12)
      #expect(try site.objects.map { try TemporaryFolder.bytes("\(site.storeFolder)/\($0)") } == bytes)
      #expect(try await site.run("verify").way == .exit(0))
    }

    @Test("a store that takes no object is not told as one that cannot be asked: only what it lacks is left")
    func storeTakesNothing() async throws {
      let site = try await Installation(Setup(ads: "5..9"))
      try site.addMissions(days: 12)
      #expect(try await site.run("run").way == .exit(0))
      let mission = try #require(try whole(site).first)
      try removeObject(of: mission, site)
      try loseJournal(site)
      try site.script(#"{"match": {"request": "PUT object"}, "do": {"s3_error": "AccessDenied"}}"#)
      let before = try site.requests("POST /scrape")
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)")
      #expect(run.errors.contains("could not be made of what is there: "), "\(run.errors)")
      #expect(
        !run.errors.contains("look at objects") && !run.errors.contains("was not asked"), "\(run.errors)")
      #expect(try site.requests("POST /scrape") == before)
      #expect(try site.statuses() == ["DONE|11", "QUEUED|1"])
      try site.script("[]")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == before)
      #expect(try site.statuses() == ["DONE|12"])
    }

    @Test("objects whose bytes may not be read are left with the reason, and nothing is scraped for them")
    func unreadableObjects() async throws {
      let site = try await Installation()
      try site.addMissions(days: 3)
      #expect(try await site.run("run").way == .exit(0))
      let before = try site.requests("POST /scrape")
      try loseJournal(site)
      try site.changeDestination("DELETE FROM missions")
      try site.script(#"{"match": {"request": "GET object"}, "do": {"s3_error": "AccessDenied"}}"#)
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)")
      #expect(run.errors.contains("could not be made of what is there: "), "\(run.errors)")
      #expect(!run.errors.contains("are scraped"), "\(run.errors)")
      try site.script("[]")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == before)
    }

    @Test(
      "where objects may not be listed, rows come back from those of sources that keep no files beside them")
    func unlisted() async throws {
      let denied = #"{"match": {"request": "GET bucket"}, "do": {"s3_error": "AccessDenied"}}"#
      let site = try await Installation(Setup(script: denied))
      try site.addMissions(days: 3)
      #expect(try await site.run("run").way == .exit(0))
      let before = try site.requests("POST /scrape")
      try loseJournal(site)
      try site.changeDestination("DELETE FROM missions")
      try site.changeDestination("DELETE FROM ads")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.count(of: "RECOVERED") == 3)
      #expect(try site.requests("POST /scrape") == before)
      try site.script("[]")
      #expect(try await site.run("verify").way == .exit(0))
    }

    @Test(
      "a mission that failed because another scrape's object is there is put back by rerun, which replaces it"
    )
    func foreignObject() async throws {
      let there = try await finished(Setup(ads: "1..4", seed: 3), days: 1)
      let site = try await Installation(Setup(ads: "5..9", seed: 7))
      try site.addMissions(days: 1)
      try site.keepObjectsInFolder()
      site.environment["MISSION_CONTROL_FAILPOINT"] = "store.put.before:1"
      #expect(try await site.run("run").way == .signal(SIGKILL))
      site.environment["MISSION_CONTROL_FAILPOINT"] = nil
      try FileManager.default.copyItem(atPath: there.storeFolder, toPath: site.storeFolder)
      #expect(try await site.run("run").way == .exit(1))
      #expect(try site.journal("SELECT error_code FROM mission_list") == ["ERROR405"])
      let id = try #require(try site.journal("SELECT id FROM mission_list").first)
      #expect(try await site.json("why", id)["command"].string == "mission-control rerun \(id)")
      // The same bytes meet the same object.
      #expect(try await site.run("retry", id).way == .exit(0))
      #expect(try await site.run("run").way == .exit(1))
      let object = try TemporaryFolder.bytes("\(site.storeFolder)/\(site.objects[0])")
      #expect(try await site.run("rerun", "--from", "2025-01-01", "--yes").output.contains("0 missions"))
      let rerun = try await site.run("rerun", id, "--yes")
      #expect(rerun.way == .exit(0), "\(rerun.output)\(rerun.errors)")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|1"])
      #expect(try TemporaryFolder.bytes("\(site.storeFolder)/\(site.objects[0])") != object)
      #expect(try await site.run("verify").way == .exit(0))
      #expect(site.state.filter { $0.hasPrefix("spool/") } == [])
    }

    @Test("rerun replaces an object whose ETag the store does not tell")
    func withoutETag() async throws {
      let site = try await Installation(Setup(ads: "5..9"))
      try site.addMissions(days: 1)
      #expect(try await site.run("run").way == .exit(0))
      try site.script(
        #"""
        {"match": {"request": "HEAD object"}, "do": {"no_etag": true}}
        {"match": {"request": "POST /scrape"}, "do": {"ads": 2}}
        """#)
      #expect(try await site.run("rerun", "--from", "2025-01-01", "--yes").way == .exit(0))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      try site.script("[]")
      #expect(try await site.run("verify").way == .exit(0))
    }
  }
}
