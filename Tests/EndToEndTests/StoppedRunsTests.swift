import Foundation
import Testing

extension EndToEnd {
  /// Signals and time limits.
  @Suite struct StoppedRuns {
    private func startOne(jobTime: String, days: Int = 1, _ arguments: [String] = ["run"]) async throws
      -> (Installation, Program)
    {
      let site = try await Installation(Setup(workers: 1, jobTime: jobTime))
      try site.addMissions(days: days)
      let run = try site.start(arguments)
      try await site.untilJobIsJournaled()
      return (site, run)
    }

    @Test("SIGTERM with a job running ends with 75 within 5 s, and the next run adopts the job")
    func adoption() async throws {
      let (site, run) = try await startOne(jobTime: "1500ms")
      let began = ContinuousClock.now
      run.signal(SIGTERM)
      let stopped = try await site.end(run)
      let took = ContinuousClock.now - began
      #expect(stopped.way == .exit(75), "\(stopped.errors)")
      #expect(took < .seconds(5), "took \(took)")
      #expect(try site.statuses() == ["QUEUED|1"])
      let report = try site.report()
      #expect(report["exit_code"].int == 75)
      #expect(report["counts"]["left"].int == 1)
      #expect(report["ended"].string == "stopped")
      #expect(stopped.output.contains(", exit 75, stopped\n"))
      #expect(try site.requests("POST /scrape/{job_id}/cancel") == 0)
      #expect(try site.requests("DELETE /session") == 0)
      try await site.expectInvariants()

      let resumed = try await site.run("run")
      #expect(resumed.way == .exit(0), "\(resumed.errors)")
      #expect(try site.statuses() == ["DONE|1"])
      #expect(try site.count(of: "JOB_ADOPTED") == 1)
      let starts = try await site.log().filter {
        $0["method"].string == "POST" && $0["path"].string == "/worker-1/scrape"
      }
      #expect(starts.count == 1)
      #expect(try site.report()["missions"][0]["attempts"].int == 1)
      try await site.expectInvariants()
    }

    @Test("kill -9 with a job running loses nothing: the next run adopts it as well")
    func adoptionAfterKill() async throws {
      let (site, run) = try await startOne(jobTime: "800ms")
      run.signal(SIGKILL)
      #expect(try await site.end(run).way == .signal(SIGKILL))
      let killed = try await site.run("report", "--output", "json")
      let resumed = try await site.run("run")
      #expect(resumed.way == .exit(0), "\(resumed.errors)")
      #expect(try site.requests("POST /scrape") == 1)
      #expect(try site.count(of: "JOB_ADOPTED") == 1)
      try await site.expectInvariants()
      // The mission is the later run's now; the report of the one that was killed tells of it as it was.
      let report = try JSON(text: killed.output)
      let id = try #require(report["run_id"].string)
      let told = try JSON(text: try await site.run("report", id, "--output", "json").output)
      #expect(told["ended"].string == "killed" && told["missions"][0]["status"].string == "RUNNING")
      #expect(told["finished_at"].string == report["finished_at"].string)
      #expect(told["counts"]["left"].int == 1)
    }

    @Test("a job that the worker has forgotten meanwhile starts again, not counted as a retry")
    func forgottenJob() async throws {
      let (site, run) = try await startOne(jobTime: "300ms")
      run.signal(SIGTERM)
      #expect(try await site.end(run).code == 75)
      // A restarted worker knows neither session nor job.
      try site.control.post("/control/reset", "")
      let resumed = try await site.run("run")
      #expect(resumed.way == .exit(0), "\(resumed.errors)")
      #expect(try site.requests("POST /scrape") == 1)
      #expect(try site.report()["missions"][0]["retry_count"].int == 0)
      try await site.expectInvariants()
    }

    @Test("--drain waits for the running mission and leaves the others", arguments: [SIGTERM, SIGINT])
    func drain(signal: Int32) async throws {
      let (site, run) = try await startOne(jobTime: "500ms", days: 3, ["run", "--drain"])
      run.signal(signal)
      let ended = try await site.end(run)
      #expect(ended.way == .exit(75), "\(ended.errors)")
      #expect(try site.statuses() == ["DONE|1", "QUEUED|2"])
      try await site.expectInvariants()
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == 3)
    }

    @Test(
      "the second signal ends the program at once",
      arguments: [(SIGTERM, Int32(143)), (SIGINT, Int32(130))])
    func secondSignal(signal: Int32, code: Int32) async throws {
      let (site, run) = try await startOne(jobTime: "20s", ["run", "--drain"])
      run.signal(signal)
      #expect(try await run.untilTaken(signal))
      run.signal(signal)
      let began = ContinuousClock.now
      let ended = try await site.end(run)
      #expect(ended.way == .exit(code), "\(ended.errors)")
      #expect(ContinuousClock.now - began < .seconds(2))
      #expect(try site.journal("PRAGMA integrity_check") == ["ok"])
    }

    @Test("--exit-with-parent stops the run when what started it was killed; without it the run goes on")
    func exitWithParent() async throws {
      for (options, stops) in [("--exit-with-parent", true), ("", false)] {
        let site = try await Installation(Setup(jobTime: stops ? "20s" : "1500ms"))
        try site.addMissions(days: 1)
        let command = "\(Binaries.missionControl) run --no-progress \(options) & wait"
        let parent = try site.start(["-c", command], program: "/bin/sh")
        #expect(try await Wait.until { try site.requests("POST /scrape") == 1 })
        parent.signal(SIGKILL)
        _ = try await site.end(parent)
        let hasEnded = try await Wait.until(seconds: 10) {
          site.journalSoFar("SELECT 1 FROM runs WHERE exit_code IS NOT NULL") != []
            && site.processes.isEmpty
        }
        #expect(hasEnded)
        let report = try site.report()
        #expect(report["exit_code"].int == (stops ? 75 : 0))
        #expect(report["ended"].string == (stops ? "stopped" : "finished"))
      }
    }

    @Test("--max-duration stops like a signal, and the next run goes on with the job")
    func maxDuration() async throws {
      let (site, run) = try await startOne(jobTime: "1200ms", ["run", "--max-duration", "300ms"])
      let ended = try await site.end(run)
      #expect(ended.way == .exit(75), "\(ended.errors)")
      #expect(ended.seconds < 5)
      #expect(
        ended.errors.contains(
          "stopping, --max-duration (300 ms) is reached: bringing what runs to a safe point"))
      #expect(try site.report()["ended"].string == "time_up")
      #expect(ended.output.contains(", exit 75, stopped by --max-duration\n"))
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == 1)
      try await site.expectInvariants()
    }

    @Test(
      "SIGTERM ends with 75 within 5 s while a server hangs, and the next run does what was left",
      arguments: ["PUT object", "GET /scrape/*", "POST /session"])
    func hangingServer(request: String) async throws {
      let rule = #"{"match": {"request": "\#(request)"}, "do": {"delay": "60s"}}"#
      let site = try await Installation(Setup(workers: 1, script: rule))
      try site.configure("response: 2s, stalled: 2s", "response: 90s, stalled: 90s")
      try site.addMissions(days: 2)
      let run = try site.start(["run"])
      let kind = request.replacing("*", with: "{job_id}")
      #expect(try await Wait.until { try site.requests(kind) > 0 })
      let began = ContinuousClock.now
      run.signal(SIGTERM)
      let stopped = try await site.end(run)
      #expect(stopped.way == .exit(75), "\(stopped.errors)")
      #expect(ContinuousClock.now - began < .seconds(5))
      #expect(try site.report()["counts"]["left"].int == 2)
      try site.script("")
      let resumed = try await site.run("run")
      #expect(resumed.way == .exit(0), "\(resumed.errors)")
      #expect(try site.requests("POST /scrape") == 2)
      #expect(try site.count(of: "DB_COMPLETED") == 2)
      #expect(try site.journal("SELECT sum(retry_count) FROM missions") == ["0"])
      try await site.expectInvariants()
    }

    @Test("closed standard output does not stop the work: the report file is written")
    func closedOutput() async throws {
      let site = try await Installation()
      try site.addMissions(days: 6)
      let script = "\"$0\" run | exec true"
      let shell = try Program(
        "/bin/sh", ["-c", script, Binaries.missionControl], in: site.folder, outputs: site.temporary.path,
        environment: site.environment)
      _ = try await site.end(shell)
      #expect(try site.statuses() == ["DONE|6"])
      #expect(try site.report()["counts"]["done"].int == 6)
    }
  }
}

extension Installation {
  /// Waits until the journal holds a job's id.
  func untilJobIsJournaled(_ count: Int = 1, _ place: SourceLocation = #_sourceLocation) async throws {
    let isThere = try await Wait.until {
      Int(journalSoFar("SELECT count(*) FROM mission_events WHERE event = 'SCRAPE_STARTED'").first ?? "") ?? 0
        >= count
    }
    try #require(isThere, sourceLocation: place)
  }
}
