import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// A worker, an HTTP API, one whose starts are sent once, and a program, all in one run that is killed again and again.
  @Suite(.timeLimit(.minutes(15))) struct KilledSources {
    private static let kills = 20
    private static let days = 45
    private static let capacity = 4
    private static let sources = ["default", "jobs", "once", "shop"]

    /// Says so when another program of its mission is alive, and leaves something behind in a session of its own.
    private static let script = """
      old=$(cat pids/$MISSION_ID 2>/dev/null) && grep -qsz "^MISSION_ID=$MISSION_ID" /proc/$old/environ \\
        && echo $MISSION_ID >> doubles
      echo $$ > pids/$MISSION_ID
      setsid sleep 1000 &
      sleep 0.03
      printf '[{"id":"%s"}]' "$1"
      """

    private struct Moments: RandomNumberGenerator {
      var state: UInt64
      mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
      }
    }

    private func make() async throws -> Installation {
      let lines = [HTTPSite.start, HTTPSite.look, HTTPSite.result, HTTPSite.cancel]
        .map { $0.replacingOccurrences(of: #", tipo: "{tipo}""#, with: "") }
      let site = try await Installation(
        Setup(workers: 1, capacity: 2, ads: "0..12", sessionTime: "10ms", jobTime: "10ms..80ms", seed: 11))
      try site.keepObjectsInFolder()
      site.environment["JOBS_TOKEN"] = "canary-worker-jobs"
      func http(_ name: String, _ lines: [String]) -> String {
        let head = [
          "kind: http", "url: http://127.0.0.1:\(site.control.port)/api/admin",
          #"headers: {Authorization: "Bearer ${JOBS_TOKEN}"}"#, "capacity: \(Self.capacity)",
          "retry_delay: 10ms",
        ]
        return "  \(name):\n" + (head + lines).map { "    \($0)\n" }.joined()
      }
      let sections =
        "sources:\n  default: {kind: worker}\n" + http("jobs", lines + [HTTPSite.find]) + http("once", lines)
        + "  shop:\n    kind: command\n    command: [sh, program.sh, \"{date_start}\"]\n    capacity: 2\n"
      try site.configure("version: 1\n", "version: 1\n\(sections)")
      mkdir("\(site.folder)/pids", 0o700)
      try site.write(Self.script, to: "program.sh")
      // Each source has days of its own, so that the simulator's log tells them apart.
      let rows = Self.sources.enumerated().flatMap { number, source in
        (0..<Self.days).map { day in
          let date = Installation.day(100 * number + day)
          return "\(date),\(date),all,pt,\(source)\n"
        }
      }
      try site.write(
        "date_start,date_end,media_type,languages,source\n" + rows.joined(), to: "missions/a.csv")
      return site
    }

    private static func events(_ site: Installation) -> Int {
      site.journalSoFar("SELECT count(*) FROM mission_events").first.flatMap { Int($0) } ?? 0
    }

    @Test(
      "killed twenty times: rows and objects once, no known job twice, nothing left alive, nothing sent twice"
    )
    func killedTwentyTimes() async throws {
      let site = try await make()
      let seed = ProcessInfo.processInfo.environment["END_TO_END_SEED"].flatMap { UInt64($0) }
      var moments = Moments(state: seed ?? 20_250_301)
      for kill in 1...Self.kills {
        let before = Self.events(site)
        let more = kill == 1 ? Self.sources.count * Self.days + 20 : Int.random(in: 1...25, using: &moments)
        let run = try site.start(["run"])
        _ = try await Wait.until { Self.events(site) >= before + more || !run.isRunning() }
        run.signal(SIGKILL)
        let ended = try await site.end(run)
        #expect(ended.way == .signal(SIGKILL), "kill \(kill) came too late: \(ended.errors)")
      }
      try await expectEnd(try await finish(site), site)
      try expectOnce(site)
      try expectKnownJobsOnce(site)
      try await expectStarts(site)
      #expect(ProgramPlace.programs(in: site.folder).isEmpty)
      #expect(access("\(site.folder)/doubles", F_OK) != 0, "two programs of a mission at once")
      #expect(try await site.run("verify").way == .exit(0))
    }

    /// One run that nobody kills. Where runs were short, a result may have been under way in ten of them in a row: such
    /// a mission is FAILED and keeps what it has (SPEC 6, Recovery), and a person's word takes it on from there.
    private func finish(_ site: Installation) async throws -> Ended {
      let last = try await site.run("run")
      let given = try site.journal("SELECT count(*) FROM mission_list WHERE error_code = 'ERROR500'")
      if given == ["0"] { return last }
      #expect(last.way == .exit(1), "\(last.errors)\(last.output)")
      #expect(try await site.run("retry", "--code", "ERROR500").way == .exit(0))
      return try await site.run("run")
    }

    /// All are DONE but starts of `once` of which nobody knows whether they were taken: a few for each kill at the most.
    private func expectEnd(_ last: Ended, _ site: Installation) async throws {
      let failed = try site.journal(
        "SELECT source, error_code, count(*) FROM mission_list WHERE status <> 'DONE' GROUP BY source, error_code"
      )
      #expect(failed.allSatisfy { $0.hasPrefix("once|ERROR204|") } && failed.count <= 1, "\(failed)")
      let lost = failed.first.flatMap { Int($0.split(separator: "|")[2]) } ?? 0
      #expect(lost <= Self.kills * Self.capacity)
      #expect(last.way == .exit(lost == 0 ? 0 : 1), "\(last.errors)\(last.output)")
    }

    private func expectOnce(_ site: Installation) throws {
      let done = try site.journal(
        "SELECT id, ads_count, sha256 FROM mission_list WHERE status = 'DONE' ORDER BY id")
      #expect(
        try site.destination("SELECT mission_id, ads_count, sha256 FROM missions ORDER BY mission_id") == done
      )
      let uneven = try site.destination(
        """
        SELECT mission_id FROM missions m
        WHERE rows_count <> (SELECT count(*) FROM ads WHERE ads.mission_id = m.mission_id)
        """)
      #expect(uneven == [])
      let keys = try site.journal("SELECT s3_key FROM mission_list WHERE status = 'DONE' ORDER BY s3_key")
      #expect(site.objects == keys)
    }

    /// A job whose id the journal holds is started again only once the journal says that it failed.
    private func expectKnownJobsOnce(_ site: Installation) throws {
      let programs = Set(try site.journal("SELECT id FROM mission_list WHERE source = 'shop'"))
      var open: Set<String> = []
      for event in try site.events() where !programs.contains(event.mission) {
        switch event.name {
        case "SCRAPE_STARTED": #expect(open.insert(event.mission).inserted, "\(event.mission)")
        case "SCRAPE_ERROR": open.remove(event.mission)
        default: break
        }
      }
    }

    /// What the simulator saw: of `jobs` one start for each mission, of `once` one at the most.
    private func expectStarts(_ site: Installation) async throws {
      var starts: [String: Int] = [:]
      for line in try await site.log()
      where line["method"].string == "POST" && line["path"].string == "/api/admin/jobs" {
        starts[line["mission"].string ?? "", default: 0] += 1
      }
      func count(_ number: Int) -> [Int] {
        (0..<Self.days).map { day in
          let date = Installation.day(100 * number + day)
          return starts.filter { $0.key.contains(date) }.map(\.value).reduce(0, +)
        }
      }
      #expect(count(1).allSatisfy { $0 == 1 }, "\(starts)")
      #expect(count(2).allSatisfy { $0 <= 1 }, "\(starts)")
      let done = try site.journal(
        "SELECT count(*) FROM mission_list WHERE source = 'once' AND status = 'DONE'")
      #expect(count(2).reduce(0, +) >= Int(done[0])!)
    }
  }
}
