import Foundation
import Testing

extension EndToEnd {
  /// Workers that misbehave (FAULTS, Worker).
  @Suite struct WorkerFaults {
    /// A fault that passes, and what it must cost.
    struct Passing: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let rules: String
      /// Counted retries of all missions together.
      let retries: Int
      /// Jobs that are asked for altogether, for three missions.
      let starts: Int
      /// The error code of a `SCRAPE_ERROR`.
      var code: String?
      var atLeast = 0.0
      var timeoutJob = "30s"
    }

    static let passing: [Passing] = [
      Passing(
        testDescription: "half a body is fetched again",
        rules:
          #"{"match": {"request": "GET /scrape/*", "job_status": "completed"}, "do": {"half_body": true}, "times": 1}"#,
        retries: 0, starts: 3),
      Passing(
        testDescription: "a reset connection is used again",
        rules: #"{"match": {"request": "GET /scrape/*"}, "do": {"reset": true}, "times": 2}"#,
        retries: 0, starts: 3),
      Passing(
        testDescription: "a 500 for a look is asked again",
        rules: #"{"match": {"request": "GET /scrape/*"}, "do": {"status": 500}, "times": 2}"#,
        retries: 0, starts: 3),
      Passing(
        testDescription: "a wrong ads_count is a failed job",
        rules:
          #"{"match": {"request": "GET /scrape/*", "job_status": "completed"}, "do": {"ads_count": 77}, "times": 1}"#,
        retries: 1, starts: 4, code: "ERROR200"),
      Passing(
        testDescription: "garbage is a failed scrape",
        rules:
          #"{"match": {"request": "GET /scrape/*", "job_status": "completed"}, "do": {"body": "<html>oops"}, "times": 1}"#,
        retries: 1, starts: 4, code: "ERROR100"),
      Passing(
        testDescription: "truncated JSON is a failed scrape",
        rules:
          #"{"match": {"request": "GET /scrape/*", "job_status": "completed"}, "do": {"truncate_json": true}, "times": 1}"#,
        retries: 1, starts: 4, code: "ERROR100"),
      Passing(
        testDescription: "a job that the worker forgot starts again uncounted",
        rules: #"{"match": {"request": "GET /scrape/*", "nth": 2}, "do": {"forget": true}}"#,
        retries: 0, starts: 4, code: "ERROR100"),
      Passing(
        testDescription: "a job_id that is a path is refused",
        rules: #"{"match": {"request": "POST /scrape"}, "do": {"job_id": "../../session"}, "times": 1}"#,
        retries: 1, starts: 4, code: "ERROR100"),
      Passing(
        testDescription: "a paused job is cancelled and tried again",
        rules: #"{"match": {"request": "POST /scrape"}, "do": {"job_status": "paused"}, "times": 1}"#,
        retries: 1, starts: 4, code: "ERROR200"),
      Passing(
        testDescription: "a job that does not end in time is cancelled and tried again",
        rules: #"{"match": {"request": "POST /scrape"}, "do": {"job_status": "running"}, "times": 1}"#,
        retries: 1, starts: 4, code: "ERROR202", timeoutJob: "400ms"),
      Passing(
        testDescription: "503 with Retry-After is waited for",
        rules:
          #"{"match": {"request": "POST /scrape"}, "do": {"status": 503, "retry_after": 1}, "times": 1}"#,
        retries: 0, starts: 4, atLeast: 1),
      Passing(
        testDescription: "429 for a look is waited for",
        rules:
          #"{"match": {"request": "GET /scrape/*"}, "do": {"status": 429, "retry_after": 1}, "times": 1}"#,
        retries: 0, starts: 3, atLeast: 1),
      Passing(
        testDescription: "a stuck session is replaced",
        rules: #"{"match": {"request": "POST /session"}, "do": {"session_status": "stuck"}, "times": 1}"#,
        retries: 1, starts: 3, code: "ERROR102"),
      Passing(
        testDescription: "a session that gets stuck under its job is replaced without waiting for the job",
        rules: """
          {"match": {"request": "POST /scrape"}, "do": {"job_time": "3s"}, "times": 1}
          {"match": {"request": "GET /session/status", "session_status": "scraping"}, "do": {"session_status": "stuck"}, "times": 1}
          """,
        retries: 1, starts: 4, code: "ERROR102"),
      Passing(
        testDescription: "a look at the session that fails while a job runs changes nothing",
        rules: """
          {"match": {"request": "POST /scrape"}, "do": {"job_time": "200ms"}, "times": 1}
          {"match": {"request": "GET /session/status", "session_status": "scraping"}, "do": {"status": 500}}
          """,
        retries: 0, starts: 3),
      Passing(
        testDescription: "a result of a session that has ended is taken",
        rules: """
          {"match": {"request": "GET /session/status", "session_status": "scraping"}, "do": {"session_status": "terminated", "delay": "100ms"}, "times": 1}
          {"match": {"request": "POST /scrape"}, "do": {"job_time": "50ms"}, "times": 1}
          {"match": {"request": "GET /scrape/*", "nth": 1}, "do": {"delay": "150ms"}}
          """,
        retries: 0, starts: 3),
      Passing(
        testDescription: "408 for a look is asked again",
        rules: #"{"match": {"request": "GET /scrape/*"}, "do": {"status": 408}, "times": 2}"#,
        retries: 0, starts: 3),
      Passing(
        testDescription: "499 for a start is no refusal: the session is asked first",
        rules: #"{"match": {"request": "POST /scrape"}, "do": {"status": 499}, "times": 1}"#,
        retries: 0, starts: 4),
    ]

    @Test("a worker's fault that passes ends with all missions DONE", arguments: passing)
    func passes(fault: Passing) async throws {
      let site = try await Installation(Setup(workers: 1, script: fault.rules))
      try site.configure("timeout_job: 30s", "timeout_job: \(fault.timeoutJob)")
      try site.addMissions(days: 3)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|3"])
      #expect(try site.journal("SELECT sum(retry_count) FROM missions") == ["\(fault.retries)"])
      #expect(try site.requests("POST /scrape") == fault.starts)
      #expect(run.seconds >= fault.atLeast)
      if let code = fault.code {
        let codes = try site.events().filter { $0.name == "SCRAPE_ERROR" }.map {
          $0.details["error_code"].string
        }
        #expect(codes == [code])
      }
      // A listing of the bucket has its prefix encoded.
      let paths = try await site.log().compactMap { $0["path"].string }
        .filter { !$0.hasPrefix("/mission-audit") }
      #expect(!paths.contains { $0.contains("..") || $0.contains("%2") || $0.contains("%2E") })
      try await site.expectInvariants()
    }

    /// A fault that stays, and the codes it must end with.
    static let lasting: [(rule: String, code: String, cause: String, words: [String])] = [
      (
        #"{"match": {"request": "GET /scrape/*", "job_status": "completed"}, "do": {"ads_count": 77}}"#,
        "ERROR203", "ERROR200", ["77"]
      ),
      (
        #"{"match": {"request": "GET /scrape/*", "job_status": "completed"}, "do": {"body": "[1, 2"}}"#,
        "ERROR203", "ERROR100", ["[1, 2"]
      ),
      (
        #"{"match": {"request": "POST /session"}, "do": {"session_status": "never_ready"}}"#, "ERROR104",
        "ERROR101", []
      ),
      (
        #"{"match": {"request": "POST /session"}, "do": {"session_status": "disconnected"}}"#, "ERROR104",
        "ERROR103", []
      ),
      (
        #"{"match": {"request": "POST /scrape"}, "do": {"job_status": "cancelled"}}"#, "ERROR203", "ERROR201",
        []
      ),
    ]

    @Test("a worker's fault that stays uses up the retries and keeps its cause", arguments: lasting)
    func stays(rule: String, code: String, cause: String, words: [String]) async throws {
      let site = try await Installation(Setup(workers: 1, proxies: 3, script: rule))
      try site.configure("timeout_session: 2s", "timeout_session: 150ms")
      try site.addMissions(days: 1)
      let run = try await site.run("run")
      #expect(run.way == .exit(1), "\(run.errors)")
      #expect(
        try site.journal("SELECT status, error_code, error_cause, retry_count FROM mission_list") == [
          "FAILED|\(code)|\(cause)|2"
        ])
      let message = try site.journal("SELECT error_message FROM mission_list")[0]
      for word in words { #expect(message.contains(word), "\(message)") }
      let sessions = try site.stats()["sessions_by_proxy"].members
      #expect(sessions.count == 3, "each try goes through another proxy: \(sessions)")
      let last = try site.events().last { $0.name == "SESSION_CREATING" }?.details["proxy"].string
      #expect(try site.journal("SELECT proxy FROM mission_list") == [last], "the proxy of the latest attempt")
      #expect(try site.report()["missions"][0]["proxy"].string == last)
      let proxies = try await site.json("status")["proxies"].elements
      #expect(proxies.map { $0["server"].string } == (1...3).map { "proxy\($0).invalid:8080" })
      #expect(proxies.allSatisfy { $0["last_used_at"].string != nil && $0["resting"].string == nil })
      let blamed = try site.journal("SELECT count(*) FROM proxies WHERE failures > 0")
      #expect(
        blamed == [cause == "ERROR101" || cause == "ERROR103" ? "3" : "0"],
        "a job's failure is not its proxy's")
      #expect(run.output.contains(code))
      try await site.expectInvariants()
    }

    @Test("one of two workers that refuses the key is set aside; the other does everything")
    func oneRefuses() async throws {
      let site = try await Installation(
        Setup(script: #"{"match": {"worker": "worker-1"}, "do": {"status": 401}}"#))
      try site.addMissions(days: 6)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(
        try site.journal("SELECT DISTINCT status, worker, retry_count FROM mission_list") == [
          "DONE|worker-2|0"
        ])
      #expect(run.errors.contains("worker-1"))
      let asked = try await site.log().filter { $0["worker"].string == "worker-1" }
      #expect(asked.count == 1)
      try await site.expectInvariants()
    }

    @Test("a redirect is not followed and the key is not sent on")
    func redirect() async throws {
      let site = try await Installation()
      let target = "http://127.0.0.1:\(site.control.port)/worker-2/elsewhere"
      try site.script(#"{"match": {"worker": "worker-1"}, "do": {"redirect": "\#(target)"}}"#)
      try site.addMissions(days: 4)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.journal("SELECT DISTINCT status, worker FROM mission_list") == ["DONE|worker-2"])
      let paths = try await site.log().compactMap { $0["path"].string }
      #expect(!paths.contains { $0.contains("elsewhere") })
    }

    @Test("an unknown job status is waited on and told once")
    func unknownStatus() async throws {
      let rule = #"{"match": {"request": "GET /scrape/*"}, "do": {"job_status": "hibernating"}, "times": 6}"#
      let site = try await Installation(Setup(workers: 1, script: rule))
      try site.addMissions(days: 3)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(run.errors.components(separatedBy: "hibernating").count == 2, "\(run.errors)")
      #expect(try site.journal("SELECT sum(retry_count) FROM missions") == ["0"])
    }

    @Test("control characters and secrets in a worker's error reach no output, journal or report")
    func hostileText() async throws {
      let body =
        #"{"status": "failed", "error": "\u001b[31mred\u001b[0m \u0007\u202eevil =1+1 canary-worker-1 end"}"#
      let quoted = String(decoding: try JSONEncoder().encode(body), as: UTF8.self)
      let rule = #"{"match": {"request": "GET /scrape/*"}, "do": {"body": \#(quoted)}}"#
      let site = try await Installation(Setup(workers: 1, script: rule))
      try site.configure("max_retries: 2", "max_retries: 0")
      try site.addMissions(days: 1)
      let run = try await site.run("run", "--verbose")
      #expect(run.way == .exit(1), "\(run.errors)")
      let id = try site.journal("SELECT id FROM mission_list")[0]
      let show = try await site.run("show", id)
      #expect(show.output.contains("evil"))
      _ = try await site.run("list")
      _ = try await site.run("list", "--output", "csv")
      _ = try await site.run("list", "--output", "json")
      _ = try await site.run("status")
      let report = try site.report()["missions"][0]["error_message"].string ?? ""
      for text in [
        site.written.filter { $0 != "\0" }, report, try site.journal("SELECT error_message FROM missions")[0],
      ] {
        let hostile = text.unicodeScalars.filter {
          $0.value < 32 && $0 != "\n" && $0 != "\r" || $0 == "\u{202E}"
        }
        #expect(hostile.isEmpty, "\(text)")
      }
      try await site.expectInvariants()
    }
  }
}
