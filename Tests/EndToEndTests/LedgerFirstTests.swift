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
