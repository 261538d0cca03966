import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// The ledger and the store are asked before any source: what is there is not scraped again.
  @Suite struct LedgerFirst {
    enum Store: CaseIterable { case bucket, folder }

    private func finished(_ store: Store, days: Int = 20) async throws -> Installation {
      let site = try await Installation(Setup(workers: 2, ads: "0..9"))
      try site.addMissions(days: days)
      if store == .folder { try site.keepObjectsInFolder() }
      #expect(try await site.run("run").way == .exit(0))
      return site
    }

    /// What a lost disk takes: everything but destination and store.
    private func loseJournal(_ site: Installation) throws {
      for name in try FileManager.default.contentsOfDirectory(atPath: site.folder + "/state")
      where !name.hasPrefix("ads.sqlite") {
        try FileManager.default.removeItem(atPath: "\(site.folder)/state/\(name)")
      }
    }

    private func loseDestination(_ site: Installation) throws {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: site.destinationPath + suffix)
      }
    }

    private func asked(_ site: Installation) throws -> [Int] {
      try ["POST /session", "POST /scrape", "GET /scrape"].map(site.requests)
    }

    @Test(
      "with a new journal nothing is asked of a source, and everything is done", arguments: Store.allCases)
    func lostJournal(store: Store) async throws {
      let site = try await finished(store)
      let (rows, objects, before) = (try site.loadedRows(), site.objects, try asked(site))
      let finishedAt = try site.destination("SELECT loaded_at FROM missions ORDER BY mission_id")
      try loseJournal(site)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(run.errors.contains("20 missions are done already: destination and store have them"))
      #expect(try asked(site) == before)
      #expect(try site.statuses() == ["DONE|20"])
      #expect(try site.count(of: "RECOVERED") == 20)
      let counts = try site.report()["counts"]
      #expect(["selected", "done", "recovered", "left"].map { counts[$0].int } == [20, 20, 20, 0])
      #expect(try site.journal("SELECT finished_at FROM mission_list ORDER BY id") == finishedAt)
      #expect(
        try site.journal("SELECT count(*) FROM mission_list WHERE worker IS NULL AND job_id IS NULL") == [
          "20"
        ])
      #expect(try site.loadedRows() == rows)
      #expect(site.objects == objects)
      let verified = try await site.run("verify")
      #expect(verified.way == .exit(0), "\(verified.output)\(verified.errors)")
      #expect(try await site.run("run").way == .exit(0))
    }

    @Test("what is there is found among very many missions, by its rows and by its objects")
    func amongMany() async throws {
      let site = try await finished(.bucket)
      try loseJournal(site)
      let half = "(SELECT mission_id FROM missions ORDER BY mission_id LIMIT 10)"
      try site.changeDestination("DELETE FROM ads WHERE mission_id IN \(half)")
      try site.changeDestination("DELETE FROM missions WHERE mission_id IN \(half)")
      let scraped = try site.requests("POST /scrape")
      try site.addMissions(days: 20_100)
      let run = try site.start(["run"])
      let works = try await Wait.until(seconds: 120) { try site.requests("POST /scrape") > scraped }
      #expect(works)
      run.signal(SIGTERM)
      #expect(try await site.end(run).way == .exit(75))
      #expect(try site.count(of: "RECOVERED") == 20)
    }

    @Test("killed while it recovers, the next run goes on")
    func killed() async throws {
      let site = try await finished(.bucket)
      let before = try asked(site)
      try loseJournal(site)
      for point in ["ledger.recovered.before", "journal.commit.before", "ledger.recovered.after"] {
        site.environment["MISSION_CONTROL_FAILPOINT"] = point + ":1"
        #expect(try await site.run("run").way == .signal(SIGKILL), "\(point)")
      }
      site.environment["MISSION_CONTROL_FAILPOINT"] = nil
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.statuses() == ["DONE|20"])
      #expect(try site.count(of: "RECOVERED") == 20)
      #expect(try asked(site) == before)
    }

    @Test("rows come back from the objects, without a scrape", arguments: Store.allCases)
    func lostDestination(store: Store) async throws {
      let site = try await finished(store)
      let (rows, before) = (try site.loadedRows(), try asked(site))
      try loseJournal(site)
      try loseDestination(site)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try asked(site) == before)
      // As the object lays them out: every token as it was, other spaces between them.
      func tokens(_ rows: [String]) -> [String] { rows.map { $0.filter { !$0.isWhitespace } } }
      #expect(try tokens(site.loadedRows()) == tokens(rows))
      #expect(try site.statuses() == ["DONE|20"])
      #expect(try await site.run("verify").way == .exit(0))
      #expect(!site.state.contains { $0.hasPrefix("spool/") && $0.hasSuffix(".part") })
    }

    @Test("an object whose bytes are not the ones that were written is no proof: its mission is scraped")
    func alteredObject() async throws {
      let site = try await finished(.folder)
      let before = try site.requests("POST /scrape")
      let path = "\(site.storeFolder)/\(site.objects[4])"
      let bytes = try TemporaryFolder.bytes(path)
      try Data("[]\n".utf8).write(to: URL(fileURLWithPath: path))
      try loseJournal(site)
      try loseDestination(site)
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == before + 1)
      #expect(try TemporaryFolder.bytes(path) == bytes)
      #expect(try await site.run("verify").way == .exit(0))
    }

    @Test(
      "objects come back from rows that prove to be whole; the others are scraped", arguments: Store.allCases)
    func lostStore(store: Store) async throws {
      let site = try await finished(store)
      let (objects, before) = (site.objects, try site.requests("POST /scrape"))
      let repeating = try site.destination("SELECT count(*) FROM missions WHERE rows_count < ads_count")
      try loseJournal(site)
      for key in objects {
        for name in [key, key + ".meta.json"] {
          try? FileManager.default.removeItem(atPath: "\(site.storeFolder)/\(name)")
        }
      }
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      let scraped = try site.requests("POST /scrape") - before
      // Also those whose array had spaces between its elements, which the rows do not tell.
      #expect(scraped >= Int(repeating[0])! && scraped < 20, "\(scraped) of \(repeating)")
      #expect(site.objects == objects)
      #expect(try site.statuses() == ["DONE|20"])
      #expect(try await site.run("verify").way == .exit(0))
    }

    @Test("different digests in ledger and store are told, and both are replaced by a new scrape")
    func differing() async throws {
      let site = try await finished(.bucket, days: 5)
      let before = try site.requests("POST /scrape")
      let rows = try site.loadedRows()
      try loseJournal(site)
      try site.changeDestination("UPDATE missions SET sha256 = 'x' WHERE date_start = '2025-01-03'")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(run.errors.contains("does not fit together"))
      #expect(try site.requests("POST /scrape") == before + 1)
      #expect(try site.loadedRows() == rows)
      #expect(try await site.run("verify").way == .exit(0))
    }

    @Test("with the ledger out of reach nothing is scraped, and missions are left")
    func noLedger() async throws {
      let site = try await Installation()
      try site.addMissions(days: 3)
      try FileManager.default.createDirectory(
        atPath: site.destinationPath, withIntermediateDirectories: true)
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)")
      #expect(run.errors.contains("the destination cannot be asked, nothing is scraped: ERROR301"))
      #expect(try asked(site) == [0, 0, 0])
      #expect(try site.report()["counts"]["left"].int == 3)
      try FileManager.default.removeItem(atPath: site.destinationPath)
      #expect(try await site.run("run").way == .exit(0))
    }

    @Test(
      "plan --data tells what would be recovered, asks no source and changes nothing",
      arguments: Store.allCases)
    func planned(store: Store) async throws {
      let site = try await finished(store, days: 6)
      #expect(try await site.json("plan")["recovered"] == .null)
      try loseJournal(site)
      try site.addMissions(days: 8)
      let (before, objects) = (try asked(site), site.objects)
      func plan(_ options: String...) async throws -> [Int?] {
        let ended = try await site.end(try site.start(["plan", "--data", "--output", "json"] + options))
        #expect(ended.way == .exit(0), "\(ended.errors)")
        let plan = try JSON(text: ended.output)
        return [plan["selected"].int, plan["recovered"].int, plan["sessions"].int]
      }
      #expect(try await plan() == [8, 6, 1])
      #expect(try await plan("--limit", "3") == [3, 3, 0])
      #expect(try await plan("--from", "2025-01-06") == [3, 1, 1])
      let text = try await site.run("plan", "--data")
      #expect(text.output.contains("done already, as destination and store say"))
      // Rows of which the object can be made, an object of which rows can be, and what does not fit together.
      try FileManager.default.removeItem(atPath: "\(site.storeFolder)/\(objects[0])")
      try? FileManager.default.removeItem(atPath: "\(site.storeFolder)/\(objects[0]).meta.json")
      try site.changeDestination("DELETE FROM missions WHERE date_start = '2025-01-02'")
      try site.changeDestination("UPDATE missions SET sha256 = 'x' WHERE date_start = '2025-01-03'")
      let whole = try site.destination(
        "SELECT count(*) FROM missions WHERE rows_count = ads_count AND date_start = '2025-01-01'")
      #expect(try await plan() == [8, 4 + Int(whole[0])!, 1])
      #expect(try asked(site) == before)
      #expect(!FileManager.default.fileExists(atPath: site.journalPath))
    }

    @Test("what another machine finished meanwhile is done there: our bytes are dropped")
    func doneMeanwhile() async throws {
      let here = try await Installation(Setup(jobTime: "2s", seed: 7))
      let there = try await Installation(Setup(seed: 3))
      for site in [here, there] { try site.addMissions(days: 2) }
      try there.keepObjectsInFolder()
      let text = try TemporaryFolder.text(there.folder + "/config.yaml")
      #expect(text.contains("path: ../store/mission-audit"))
      try here.keepObjectsInFolder()
      try here.configure("path: ../store/mission-audit", "path: \(there.storeFolder)")
      try here.configure("sqlite:state/ads.sqlite", "sqlite:\(there.destinationPath)")
      let run = try here.start(["run"])
      #expect(try await Wait.until { (try? here.requests("POST /scrape")) == 2 })
      #expect(try await there.run("run").way == .exit(0))
      let (rows, objects) = (try there.loadedRows(), there.objects)
      let ended = try await here.end(run)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try here.statuses() == ["DONE|2"])
      #expect(try here.count(of: "RECOVERED") == 2)
      #expect(try here.report()["counts"]["recovered"].int == 2)
      #expect(try there.loadedRows() == rows)
      #expect(there.objects == objects)
      #expect(here.state.filter { $0.hasPrefix("spool/") } == [])
      for site in [here, there] { #expect(try await site.run("verify").way == .exit(0)) }
    }

    @Test("rows that another machine left without their object are replaced")
    func leftMeanwhile() async throws {
      let here = try await Installation(Setup(jobTime: "2s", seed: 7))
      let there = try await Installation(
        Setup(seed: 3, script: #"{"match": {"request": "PUT object"}, "do": {"s3_error": "AccessDenied"}}"#))
      for site in [here, there] { try site.addMissions(days: 1) }
      try here.configure("sqlite:state/ads.sqlite", "sqlite:\(there.destinationPath)")
      let run = try here.start(["run"])
      #expect(try await Wait.until { (try? here.requests("POST /scrape")) == 1 })
      #expect(try await there.run("run").way == .exit(1))
      let ended = try await here.end(run)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try here.count(of: "RECOVERED") == 0)
      #expect(try await here.run("verify").way == .exit(0))
    }

    @Test("two machines with the same missions: no mission has rows of one scrape and the object of another")
    func sameMissions() async throws {
      let there = try await Installation(Setup(ads: "1..4", jobTime: "20ms", seed: 3))
      let here = try await Installation(Setup(ads: "5..9", jobTime: "20ms", seed: 7))
      for site in [here, there] {
        try site.addMissions(days: 40)
        try site.keepObjectsInFolder()
      }
      try here.configure("path: ../store/mission-audit", "path: \(there.storeFolder)")
      try here.configure("sqlite:state/ads.sqlite", "sqlite:\(there.destinationPath)")
      let runs = [try here.start(["run"]), try there.start(["run"])]
      let ends = [try await here.end(runs[0]), try await there.end(runs[1])]
      #expect(
        ends.allSatisfy { [.exit(0), .exit(1)].contains($0.way) }, "\(ends[0].errors)\n\(ends[1].errors)")
      // Who loses is done elsewhere; one that loses three times in a row waits for a person.
      for site in [here, there] {
        let failed = try site.journal("SELECT DISTINCT error_code FROM mission_list WHERE status <> 'DONE'")
        #expect(Set(failed).isSubset(of: ["ERROR300"]), "\(failed)")
        let ended = try await site.run("verify", "--output", "json")
        #expect(ended.way == .exit(0), "\(ended.output)")
      }
      let ledger = try there.destination("SELECT mission_id, sha256 FROM missions ORDER BY mission_id")
      #expect(ledger.count == 40)
      for row in ledger {
        let parts = row.split(separator: "|").map(String.init)
        let key = try #require(there.objects.first { $0.contains(parts[0]) })
        let metadata = try TemporaryFolder.text("\(there.storeFolder)/\(key).meta.json")
        #expect(metadata.contains(parts[1]), "\(row)")
      }
    }

    private func die(_ site: Installation, at point: String) async throws {
      site.environment["MISSION_CONTROL_FAILPOINT"] = point
      let killed = try await site.run("run")
      site.environment["MISSION_CONTROL_FAILPOINT"] = nil
      #expect(killed.way == .signal(SIGKILL), "\(point): \(killed.errors)")
    }

    /// Two journals, one destination and one store. Rows of `there` are in the destination, and `here`, which had its own
    /// bytes already, has replaced them and died. `there` had asked the ledger before and writes its object only now.
    private func overtaken(dying point: String) async throws -> (here: Installation, there: Installation) {
      let there = try await Installation(Setup(ads: "1..4", seed: 3))
      let here = try await Installation(Setup(ads: "5..9", seed: 7))
      for site in [here, there] {
        try site.addMissions(days: 1)
        try site.keepObjectsInFolder()
      }
      try here.configure("path: ../store/mission-audit", "path: \(there.storeFolder)")
      try here.configure("sqlite:state/ads.sqlite", "sqlite:\(there.destinationPath)")
      try await die(here, at: "destination.commit.before:1")
      try await die(there, at: "store.put.before:1")
      let theirs = try there.destination("SELECT sha256 FROM missions")
      // What `there` saw when it asked.
      for suffix in ["", "-wal", "-shm"]
      where FileManager.default.fileExists(atPath: there.destinationPath + suffix) {
        try FileManager.default.copyItem(
          atPath: there.destinationPath + suffix, toPath: there.folder + "/state/asked.sqlite" + suffix)
      }
      try await die(here, at: point)
      #expect(try there.destination("SELECT sha256 FROM missions") != theirs)
      #expect(there.objects == [])
      try there.configure("sqlite:state/ads.sqlite", "sqlite:state/asked.sqlite")
      #expect(try await there.run("run").way == .exit(0))
      try there.configure("sqlite:state/asked.sqlite", "sqlite:state/ads.sqlite")
      #expect(there.objects.count == 1)
      return (here, there)
    }

    @Test(
      "killed after its rows have replaced another machine's, whose object comes then: done there, and so are the rows",
      arguments: ["destination.commit.after:1", "store.put.before:1"])
    func overtakenAndKilled(point: String) async throws {
      let (here, there) = try await overtaken(dying: point)
      let run = try await here.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try here.statuses() == ["DONE|1"])
      #expect(try here.count(of: "RECOVERED") == 1)
      #expect(
        try there.destination("SELECT sha256 FROM missions")
          == there.journal("SELECT sha256 FROM mission_list"))
      #expect(try here.requests("POST /scrape") == 1)
      for site in [here, there] {
        let ended = try await site.run("verify")
        #expect(ended.way == .exit(0), "\(ended.output)\(ended.errors)")
      }
    }

    @Test("neither ledger nor store is asked before a run that scrapes nothing")
    func nothingToScrape() async throws {
      let site = try await Installation()
      try site.addMissions(days: 3)
      try site.script(#"{"match": {"request": "PUT object"}, "do": {"s3_error": "AccessDenied"}}"#)
      #expect(try await site.run("run").way == .exit(1))
      try site.script("[]")
      #expect(try await site.run("retry", "--failed").way == .exit(0))
      let before = try site.requests("GET bucket")
      #expect(before > 0, "the first run did ask")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("GET bucket") == before)
    }

    @Test("with the store out of reach missions that the ledger has are left, the others go on")
    func noStore() async throws {
      let site = try await finished(.bucket, days: 4)
      let before = try site.requests("POST /scrape")
      try loseJournal(site)
      try site.addMissions(days: 6)
      try site.script(#"{"match": {"bucket": "mission-audit"}, "do": {"status": 500}}"#)
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)")
      #expect(try site.requests("POST /scrape") == before + 2)
      #expect(try site.report()["counts"]["left"].int == 4)
      try site.script("[]")
      #expect(try await site.run("run", "--retry-failed").way == .exit(0))
      #expect(try site.requests("POST /scrape") == before + 2)
      #expect(try site.statuses() == ["DONE|6"])
    }
  }
}
