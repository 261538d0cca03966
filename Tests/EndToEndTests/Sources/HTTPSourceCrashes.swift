import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Deaths between a start's intent, its answer and the first look, for each way of not starting twice.
  @Suite(.timeLimit(.minutes(5))) struct HTTPSourceCrashes {
    private static let add = "POST /api/admin/jobs"
    private static let slow = Setup(jobTime: "300ms")

    private static func starts(_ site: Installation) -> Int {
      site.journalSoFar("SELECT count(*) FROM mission_events WHERE event = 'SCRAPE_STARTING'").first
        .flatMap { Int($0) } ?? 0
    }

    @Test(
      "killed before or after the answer, with find: the job is adopted, or started under the same number")
    func withFind() async throws {
      for (point, sent) in [("http.start.before:1", 0), ("http.start.answered:1", 1)] {
        let site = try await HTTPSite.make(HTTPSite.whole, days: 1, Self.slow)
        try await site.die(at: point)
        #expect(try site.requests(Self.add) == sent)
        #expect(try site.count(of: "SCRAPE_STARTED") == 0)
        let run = try await site.run("run")
        #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
        #expect(try site.jobsStarted() == 1)
        #expect(try site.requests(Self.add) == 1)
        #expect(try site.count(of: "JOB_ADOPTED") == sent)
        #expect(try site.report()["missions"][0]["retry_count"].int == 0)
        #expect(try await site.run("verify").way == .exit(0))
      }
    }

    @Test(
      "killed after the answer, with an idempotency key: the same key is sent again, and it is the same job")
    func withKey() async throws {
      let lines = [HTTPSite.startWithKey, HTTPSite.look, HTTPSite.result]
      let site = try await HTTPSite.make(lines, days: 1, Self.slow)
      try await site.die(at: "http.start.answered:1")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(try site.requests(Self.add) == 2)
      #expect(try site.jobsStarted() == 1)
      #expect(try site.report()["missions"][0]["retry_count"].int == 0)
    }

    @Test("killed after the answer, sent once: nothing but a person sends it again")
    func sentOnce() async throws {
      let lines = [HTTPSite.start, HTTPSite.look, HTTPSite.result, HTTPSite.cancel]
      let site = try await HTTPSite.make(lines, days: 2, Self.slow)
      try site.configure("capacity: 4", "capacity: 1")
      try await site.die(at: "http.start.answered:1")
      let run = try await site.run("run")
      #expect(run.way == .exit(1), "\(run.errors)\(run.output)")
      #expect(try site.failures() == ["ERROR204|1"])
      #expect(run.output.contains("not known whether POST /jobs was taken"), "\(run.output)")
      #expect(try site.jobsStarted() == 2)
      #expect(try await site.run("run").way == .exit(1))
      #expect(try await site.run("run", "--retry-failed").way == .exit(1))
      #expect(try site.jobsStarted() == 2)
      #expect(try await site.run("retry", "--failed").way == .exit(0))
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.jobsStarted() == 3)
    }

    @Test("killed after the answer, sent again: it is started anew, uncounted")
    func sentAgain() async throws {
      let lines = [HTTPSite.start, HTTPSite.look, HTTPSite.result, HTTPSite.cancel, "send: again"]
      let site = try await HTTPSite.make(lines, days: 1, Self.slow)
      try await site.die(at: "http.start.answered:1")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(try site.jobsStarted() == 2)
      #expect(try site.report()["missions"][0]["retry_count"].int == 0)
    }

    @Test(
      "killed once the job's id is journaled: it is asked for and adopted, whatever the section says of finding",
      arguments: ["http.look.answered:1", "http.result.answered:1"])
    func knownJob(point: String) async throws {
      let lines = [HTTPSite.start, HTTPSite.look, HTTPSite.result]
      let site = try await HTTPSite.make(lines, days: 1, Self.slow)
      try await site.die(at: point)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)\(run.output)")
      #expect(try site.jobsStarted() == 1)
      #expect(try site.count(of: "JOB_ADOPTED") == 1)
      #expect(try await site.run("verify").way == .exit(0))
    }

    @Test("an answer that is lost while it is sent once is never repeated, and with a key the key is")
    func lostInTheRun() async throws {
      let rule = #"{"match": {"request": "POST /api/admin/jobs", "nth": 1}, "do": {"reset": true}}"#
      let once = try await HTTPSite.make(
        [HTTPSite.start, HTTPSite.look, HTTPSite.result], days: 1, Setup(script: rule))
      #expect(try await once.run("run").way == .exit(1))
      #expect(try once.failures() == ["ERROR204|1"])
      #expect(try once.requests(Self.add) == 1)
      let keyed = try await HTTPSite.make(
        [HTTPSite.startWithKey, HTTPSite.look, HTTPSite.result], days: 1, Setup(script: rule))
      #expect(try await keyed.run("run").way == .exit(0))
      #expect(try keyed.requests(Self.add) == 2)
      #expect(try keyed.jobsStarted() == 1)
    }

    @Test("sent once, a time-out and a job that is not known any more are ERROR204 as well")
    func onceToTheEnd() async throws {
      let script = [
        #"{"match": {"request": "GET /api/admin/jobs/*", "date": "2025-01-01"}, "do": {"status": 404}}"#,
        #"{"match": {"request": "POST /api/admin/jobs", "date": "2025-01-02"}, "do": {"job_time": "60s"}}"#,
        #"{"match": {"request": "POST /api/admin/jobs", "date": "2025-01-03", "nth": 1}, "do": {"job_status": "failed"}}"#,
        #"{"match": {"request": "GET /api/admin/jobs/*/result", "date": "2025-01-04"}, "do": {"truncate_json": true}}"#,
      ]
      let lines = [HTTPSite.start, HTTPSite.look, HTTPSite.result, HTTPSite.cancel, "timeout: 1s"]
      let site = try await HTTPSite.make(lines, days: 4, Setup(script: script.joined(separator: "\n")))
      let run = try await site.run("run")
      #expect(run.way == .exit(1), "\(run.errors)\(run.output)")
      #expect(try site.failures() == ["ERROR100|1", "ERROR204|2"])
      #expect(try site.requests(Self.add) == 5)
      // Three fetches of the one that is cut, and the one of the third day.
      #expect(try site.requests("GET /api/admin/jobs/{job_id}/result") == 4)
    }

    @Test("killed again and again over many missions: no job is started twice whose id was known")
    func killedOften() async throws {
      let site = try await HTTPSite.make(HTTPSite.whole, days: 60, Setup(ads: "0..12", jobTime: "10ms..80ms"))
      for _ in 1...6 {
        let before = Self.starts(site)
        let run = try site.start(["run"])
        _ = try await Wait.until(seconds: 10) {
          Self.starts(site) >= before + 5 || !run.isRunning()
        }
        run.signal(SIGKILL)
        _ = try await site.end(run)
      }
      let last = try await site.run("run")
      #expect(last.way == .exit(0), "\(last.errors)\(last.output)")
      #expect(try site.statuses() == ["DONE|60"])
      #expect(try site.jobsStarted() == 60)
      #expect(try site.stats()["duplicated_job_starts"].int == 0)
      #expect(site.objects.count == 60)
      #expect(try await site.run("verify").way == .exit(0))
    }
  }
}
