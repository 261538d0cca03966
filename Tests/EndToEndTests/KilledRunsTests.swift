import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// A backfill of a year with failing sessions and jobs, left alone and killed again and again.
  @Suite struct KilledRuns {
    private static let kills = 10
    private static let maxRetries = 8

    /// Seeded (by `END_TO_END_SEED` for other moments than the usual ones), so that a failure can be looked at
    /// again as far as the machine's timing allows.
    private struct Moments: RandomNumberGenerator {
      var state: UInt64
      mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
      }
    }

    private func installation() async throws -> Installation {
      let failures = ["--session-failures", "0.05", "--job-failures", "0.05"]
      let site = try await Installation(
        Setup(
          workers: 4, capacity: 2, proxies: 3, ads: "0..12", sessionTime: "20ms", jobTime: "10ms..60ms",
          seed: 7, options: failures))
      try site.configure("max_retries: 2", "max_retries: \(Self.maxRetries)")
      try site.configure("timeout_session: 2s", "timeout_session: 500ms")
      let backfill = try await site.run(
        "backfill", "--from", "2025-01-01", "--to", "2025-12-31", "--media-type", "video", "--languages",
        "pt",
        "--write", "missions/year.csv")
      #expect(backfill.way == .exit(0))
      #expect(backfill.errors.contains("365 missions"))
      return site
    }

    @Test("a year's backfill killed ten times on the way leaves the same rows and objects as one left alone")
    func killedTenTimes() async throws {
      let calm = try await installation()
      let undisturbed = try await calm.run("run")
      #expect(undisturbed.way == .exit(0), "\(undisturbed.errors)\(undisturbed.output)")
      #expect(try calm.statuses() == ["DONE|365"])
      #expect(try calm.report()["exit_code"].int == 0)
      try await calm.expectInvariants(maxRetries: Self.maxRetries)
      try await expectNoJobTwice(calm, kills: 0)

      let shaken = try await installation()
      try await killRepeatedly(shaken)
      let last = try await shaken.run("run")
      #expect(last.way == .exit(0), "\(last.errors)\(last.output)")
      #expect(try shaken.statuses() == ["DONE|365"])
      try await shaken.expectInvariants(maxRetries: Self.maxRetries)
      try await expectNoJobTwice(shaken, kills: Self.kills)
      try expectSame(calm, shaken)
    }

    private func killRepeatedly(_ site: Installation) async throws {
      let seed = ProcessInfo.processInfo.environment["END_TO_END_SEED"].flatMap { UInt64($0) }
      var moments = Moments(state: seed ?? 20_250_101)
      for kill in 1...Self.kills {
        let run = try site.start(["run"])
        try await Task.sleep(for: .milliseconds(Int.random(in: 20...280, using: &moments)))
        run.signal(SIGKILL)
        let ended = try await site.end(run)
        #expect(ended.way == .signal(SIGKILL), "kill \(kill) came too late: \(ended.output)")
      }
    }

    private func expectSame(_ calm: Installation, _ shaken: Installation) throws {
      #expect(try calm.loadedRows() == shaken.loadedRows())
      let objects = calm.objects
      #expect(objects.count == 365)
      #expect(objects == shaken.objects)
      let different = try objects.filter {
        try TemporaryFolder.bytes("\(calm.storeFolder)/\($0)")
          != TemporaryFolder.bytes("\(shaken.storeFolder)/\($0)")
      }
      #expect(different == [])
    }

    /// A job whose id the journal holds is asked for again only after the journal says that it failed.
    private func expectNoJobTwice(_ site: Installation, kills: Int) async throws {
      var journaled: Set<String> = []
      var open: [String: String] = [:]
      for event in try site.events() {
        switch event.name {
        case "SCRAPE_STARTED":
          let job = event.details["job_id"].string ?? ""
          #expect(
            open[event.mission] == nil, "\(event.mission): \(job) asked for beside \(open[event.mission]!)")
          open[event.mission] = job
          #expect(journaled.insert(job).inserted)
        case "SCRAPE_ERROR": open[event.mission] = nil
        default: break
        }
      }
      let started = try await site.log().filter {
        $0["method"].string == "POST" && $0["path"].string?.hasSuffix("/scrape") == true
          && $0["status"].int == 200
      }
      let unknown = started.compactMap { $0["job_id"].string }.filter { !journaled.contains($0) }
      #expect(unknown.count <= kills * site.setup.workers * site.setup.capacity, "\(unknown)")
      #expect(started.count == journaled.count + unknown.count)
      let stats = try site.stats()
      let repeated = (stats["repeated_job_starts"].int ?? 0) + (stats["duplicated_job_starts"].int ?? 0)
      #expect(repeated <= unknown.count, "finished or running jobs were asked for again: \(stats)")
    }

    @Test(
      "a mission that brings the process down again and again goes behind the others and is given up after ten"
    )
    func deadlyMission() async throws {
      // Its upload is never answered, so that each kill finds it there; that it was loaded is written meanwhile.
      let site = try await Installation(
        Setup(
          workers: 1,
          script:
            #"{"match": {"request": "PUT object", "date": "2025-01-01"}, "do": {"delay": "60s", "status": 503}}"#
        ))
      try site.addMissions(days: 2)
      for death in 1...10 {
        let run = try site.start(["run"])
        let isUploading = try await Wait.until {
          try site.requests("PUT object") >= death + (death >= 3 ? 1 : 0)
            && site.journalSoFar(
              "SELECT status, checkpoint FROM mission_list WHERE date_start = '2025-01-01'") == ["RUNNING|S3"]
        }
        #expect(isUploading, "death \(death)")
        run.signal(SIGKILL)
        _ = try await site.end(run)
      }
      let last = try await site.run("run")
      #expect(last.way == .exit(1), "\(last.errors)")
      #expect(
        try site.journal("SELECT status, checkpoint, error_code FROM mission_list ORDER BY date_start")
          == ["FAILED|S3|ERROR500", "DONE|S3|-"])
      #expect(try site.requests("POST /scrape") == 2)
      try await site.expectLoaded(days: 2)
      try await site.expectInvariants()
    }
  }
}

extension Installation {
  /// Each mission was loaded once.
  func expectLoaded(days: Int, _ place: SourceLocation = #_sourceLocation) async throws {
    #expect(try destination("SELECT count(*) FROM missions") == ["\(days)"], sourceLocation: place)
    #expect(try count(of: "DB_COMPLETED") == days, sourceLocation: place)
  }
}
