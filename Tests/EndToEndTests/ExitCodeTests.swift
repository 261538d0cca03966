import Foundation
import SQLite
import TestSupport
import Testing

extension EndToEnd {
  /// The exit codes of SPEC 4 that are cheap to provoke, each with what it says and leaves alone.
  @Suite struct ExitCodes {
    private func expectNothingAsked(_ site: Installation, _ place: SourceLocation = #_sourceLocation) throws {
      #expect(try site.stats()["requests_total"].int == 0, sourceLocation: place)
    }

    @Test("0 when there is nothing to do, also the second time")
    func nothingToDo() async throws {
      let site = try await Installation()
      try site.addMissions(days: 0)
      #expect(try await site.run("run").way == .exit(0))
      try site.addMissions(days: 2)
      #expect(try await site.run("run").way == .exit(0))
      let asked = try site.stats()["requests_total"].int
      let again = try await site.run("run")
      #expect(again.way == .exit(0))
      #expect(try site.stats()["requests_total"].int == asked)
      #expect(Shape.report.problems(try site.report()) == [])
    }

    @Test("64 for wrong usage, with the option that was meant")
    func usage() async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      let unknown = try await site.run("run", "--max-concurency", "2")
      #expect(unknown.way == .exit(64))
      #expect(unknown.errors.contains("--max-concurrency"))
      #expect(try await site.run("run", "--worker", "nobody").way == .exit(64))
      #expect(try await site.run("run", "--shard", "4/4").way == .exit(64))
      #expect(try await site.run("fly").way == .exit(64))
      #expect(site.state == [])
      try expectNothingAsked(site)
    }

    @Test("65 for a bad row: the others are DONE; with --strict nothing begins")
    func badRows() async throws {
      let site = try await Installation()
      try site.write(
        "date_start,date_end,media_type,languages\n2025-01-01,2025-01-01,video,pt\n2025-01-02,2025-01-02,sound,pt\n",
        to: "missions/a.csv")
      let strict = try await site.run("run", "--strict")
      #expect(strict.way == .exit(65))
      #expect(site.state == [])
      try expectNothingAsked(site)
      let run = try await site.run("run")
      #expect(run.way == .exit(65))
      #expect(run.errors.contains("missions/a.csv:3:23: "), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|1"])
      #expect(try site.report()["counts"]["rejected_rows"].int == 1)
      try await site.expectInvariants()
    }

    @Test("65 for a file with an unknown column: nothing of it is taken, the other file is")
    func badFile() async throws {
      let site = try await Installation()
      try site.addMissions(days: 2)
      try site.write(
        "date_start,date_end,media_type,languages,colour\n2025-03-01,2025-03-01,video,pt,red\n",
        to: "missions/z.csv")
      let run = try await site.run("run")
      #expect(run.way == .exit(65))
      #expect(run.errors.contains("missions/z.csv:1:"))
      #expect(try site.statuses() == ["DONE|2"])
    }

    @Test("66 for a file or mission that does not exist")
    func notFound() async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      #expect(try await site.run("run", "elsewhere.csv").way == .exit(66))
      #expect(try await site.run("plan", "elsewhere.csv").way == .exit(66))
      #expect(try await site.run("list", "--config", "elsewhere.yaml").way == .exit(66))
      #expect(try await site.run("show", "12345678").way == .exit(66))
      #expect(try await site.run("retry", "12345678").way == .exit(66))
      #expect(site.state == [])
      try expectNothingAsked(site)
    }

    @Test("69 when every worker refuses the key; the missions wait for a mended one")
    func allWorkersRefuse() async throws {
      let site = try await Installation()
      site.environment["WORKER_KEY_1"] = "canary-worker-wrong"
      site.environment["WORKER_KEY_2"] = "canary-worker-wrong"
      try site.addMissions(days: 3)
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)\(run.output)")
      #expect(run.output.contains("ERROR502") || run.errors.contains("ERROR502"))
      #expect(try site.report()["exit_code"].int == 69)
      try await site.expectInvariants()
      site.environment["WORKER_KEY_1"] = "canary-worker-1"
      let mended = try await site.run("run", "--retry-failed")
      #expect(mended.way == .exit(0), "\(mended.errors)")
      #expect(try site.statuses() == ["DONE|3"])
    }

    @Test("69 when the bucket is missing; what is scraped stays spooled and is not scraped again")
    func missingBucket() async throws {
      let site = try await Installation()
      try site.configure("bucket: mission-audit", "bucket: no-such-bucket")
      try site.addMissions(days: 4)
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)")
      #expect(run.output.contains("ERROR402"))
      try site.configure("bucket: no-such-bucket", "bucket: mission-audit")
      #expect(try await site.run("run", "--retry-failed").way == .exit(0))
      #expect(try site.statuses() == ["DONE|4"])
      #expect(try site.requests("POST /scrape") == 4)
      try await site.expectInvariants()
    }

    @Test("69 when no proxy is active")
    func noProxy() async throws {
      let site = try await Installation(Setup(proxies: 1))
      try site.configure("username: someone", "active: false")
      try site.addMissions(days: 2)
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)\(run.output)")
      #expect(try site.requests("POST /session") == 0)
      #expect(run.output.contains("ERROR501"))
    }

    @Test("73 when the journal is a symbolic link, which is left alone")
    func linkedJournal() async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      mkdir(site.folder + "/state", 0o700)
      try site.write("theirs", to: "elsewhere")
      symlink("../elsewhere", site.journalPath)
      let run = try await site.run("run")
      #expect(run.way == .exit(73), "\(run.errors)")
      #expect(run.errors.contains("symbolic link"))
      #expect(try TemporaryFolder.text(site.folder + "/elsewhere") == "theirs")
      try expectNothingAsked(site)
    }

    @Test("73 when the spool cannot be a folder", arguments: [true, false])
    func unusableSpool(isLink: Bool) async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      mkdir(site.folder + "/state", 0o700)
      if isLink {
        mkdir(site.folder + "/elsewhere", 0o700)
        symlink("../elsewhere", site.folder + "/state/spool")
      } else {
        try site.write("no folder", to: "state/spool")
      }
      let run = try await site.run("run")
      #expect(run.way == .exit(73), "\(run.errors)")
      #expect(run.errors.contains("spool"))
      try expectNothingAsked(site)
    }

    @Test(
      "74 when the journal is damaged or of a newer version: it is not touched", arguments: [true, false])
    func brokenJournal(isDamaged: Bool) async throws {
      let site = try await Installation()
      try site.addMissions(days: 3)
      #expect(try await site.run("run").way == .exit(0))
      let asked = try site.stats()["requests_total"].int
      if isDamaged {
        let file = try #require(FileHandle(forUpdatingAtPath: site.journalPath))
        for page in 1...8 {
          try file.seek(toOffset: UInt64(page) * 4096)
          try file.write(contentsOf: Data(repeating: 0xA5, count: 512))
        }
        try file.close()
      } else {
        let journal = try SQLiteConnection(path: site.journalPath, mode: .readWrite)
        try journal.execute("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)")
        journal.close()
      }
      let before = try TemporaryFolder.bytes(site.journalPath)
      try site.addMissions(days: 5)
      let run = try await site.run("run")
      #expect(run.way == .exit(74), "\(run.errors)")
      #expect(run.errors.contains("state/journal.sqlite"))
      #expect(try TemporaryFolder.bytes(site.journalPath) == before)
      if !isDamaged { #expect(try await site.run("status").way == .exit(74)) }
      #expect(try site.stats()["requests_total"].int == asked)
    }

    @Test("75 for a second run on the same journal, which has written nothing")
    func secondRun() async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "10s"))
      try site.addMissions(days: 1)
      let first = try site.start(["run"])
      try await site.untilJobIsJournaled()
      try site.addMissions(days: 9, file: "missions/more.csv")
      let files = site.state
      let began = ContinuousClock.now
      let second = try await site.run("run")
      #expect(second.way == .exit(75), "\(second.errors)")
      #expect(ContinuousClock.now - began < .seconds(3))
      #expect(second.errors.contains("another run"))
      #expect(try site.journal("SELECT count(*) FROM runs") == ["1"])
      #expect(try site.journal("SELECT count(*) FROM missions") == ["1"])
      #expect(site.state == files)
      first.signal(SIGTERM)
      #expect(try await site.end(first).way == .exit(75))
    }

    @Test("78 for an unknown key, with the nearest known one, and for a missing variable, by its name")
    func configuration() async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      try site.configure("max_retries: 2", "max_retris: 2")
      let unknown = try await site.run("run")
      #expect(unknown.way == .exit(78))
      #expect(unknown.errors.contains("config.yaml:6:3: "), "\(unknown.errors)")
      #expect(unknown.errors.contains("max_retries"))
      try site.configure("max_retris: 2", "max_retries: 2")
      site.environment["WORKER_KEY_2"] = nil
      let missing = try await site.run("run")
      #expect(missing.way == .exit(78))
      #expect(missing.errors.contains("WORKER_KEY_2"))
      site.environment["WORKER_KEY_2"] = ""
      #expect(try await site.run("run").way == .exit(78))
      #expect(site.state == [])
      try expectNothingAsked(site)
      try site.expectNoSecrets()
    }
  }
}
