import Foundation
import Testing

extension EndToEnd {
  /// Answers that no worker should give (FAULTS, Worker), beside those of `WorkerFaults`.
  @Suite struct HostileAnswers {
    /// A fault, and what it must cost two missions on one worker.
    struct Hostility: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let rule: String
      var changes: [(String, String)] = []
      /// Counted retries of both missions together.
      var retries = 0
      /// `POST /scrape` altogether.
      var starts = 2
      /// The codes of the `SCRAPE_ERROR`s.
      var codes: [String] = []
      var words = ""
    }

    private static let result = #"{"request": "GET /scrape/*", "job_status": "completed"}"#
    private static func once(_ match: String, _ action: String) -> String {
      #"{"match": \#(match), "do": \#(action), "times": 1}"#
    }
    private static func every(_ match: String, _ action: String) -> String {
      #"{"match": \#(match), "do": \#(action)}"#
    }
    private static let patience = [("stalled: 2s", "stalled: 300ms")]

    static let passing: [Hostility] = [
      Hostility(
        testDescription: "a stalled result is given up and fetched again",
        rule: once(result, #"{"stall": true}"#), changes: patience),
      Hostility(
        testDescription: "a length that is too large is half a body and fetched again",
        rule: once(result, #"{"wrong_length": 10}"#)),
      Hostility(
        testDescription: "a length that is too small cuts the JSON: a failed scrape",
        rule: once(result, #"{"wrong_length": -10}"#), retries: 1, starts: 3, codes: ["ERROR100"],
        words: "not JSON"),
      Hostility(
        testDescription: "a result that drips longer than the job may take is fetched again",
        rule: once(result, #"{"drip": "40B/s"}"#), changes: [("timeout_job: 30s", "timeout_job: 3s")]),
      Hostility(
        testDescription: "a look at the session that drips is asked again",
        rule: once(#"{"request": "GET /session/status"}"#, #"{"drip": "1B/s"}"#),
        changes: [("timeout_session: 2s", "timeout_session: 20s")]),
      Hostility(
        testDescription: "a head without end is cut off and asked again",
        rule: once(result, #"{"fill_head": "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"}"#)),
      Hostility(
        testDescription: "one field without end as well",
        rule: once(result, #"{"fill_head": "X-FillerX"}"#)),
      Hostility(
        testDescription: "bad UTF-8 is a failed scrape",
        rule: once(
          result,
          #"{"body_hex": "7b22737461747573223a22636f6d706c65746564222c2264617461223a5b22ff225d7d"}"#),
        retries: 1, starts: 3, codes: ["ERROR100"], words: "UTF-8"),
      Hostility(
        testDescription: "513 levels are a failed scrape",
        rule: once(
          result, #"{"body": "{\"status\":\"completed\",\"data\":", "filler": "[", "fill": 513}"#),
        retries: 1, starts: 3, codes: ["ERROR100"], words: "deeper than 512"),
      Hostility(
        testDescription: "a result that is an array is a failed scrape",
        rule: once(result, #"{"body": "[]"}"#), retries: 1, starts: 3, codes: ["ERROR100"],
        words: "not an object"),
      Hostility(
        testDescription: "an empty answer is a failed scrape",
        rule: once(result, #"{"body": ""}"#), retries: 1, starts: 3, codes: ["ERROR100"]),
      Hostility(
        testDescription: "data that is no array is a failed scrape",
        rule: once(result, #"{"body": "{\"status\":\"completed\",\"data\":{}}"}"#), retries: 1, starts: 3,
        codes: ["ERROR100"], words: "not an array"),
      Hostility(
        testDescription: "409 for a start is waited on, no earlier than asked",
        rule: once(#"{"request": "POST /scrape"}"#, #"{"status": 409, "retry_after": 1}"#), starts: 3),
      Hostility(
        testDescription: "429 for a session is waited on",
        rule: once(#"{"request": "POST /session"}"#, #"{"status": 429, "retry_after": 1}"#)),
      Hostility(
        testDescription: "503 with a date of no sense is waited on as without one",
        rule: once(
          #"{"request": "GET /scrape/*"}"#,
          #"{"status": 503, "retry_after": "Sun, 06 Nov 1994 9223372036854775807:0:0 GMT"}"#)),
      Hostility(
        testDescription:
          "a start that is answered with 500 but was not taken is sent again, the session asked first",
        rule: once(#"{"request": "POST /scrape"}"#, #"{"status": 500}"#), starts: 3),
      Hostility(
        testDescription:
          "a start that is answered with 500 and runs is never sent again: the session ends first",
        rule: once(#"{"request": "POST /scrape"}"#, #"{"status": 500, "perform": true, "job_time": "20s"}"#),
        retries: 1, starts: 3, codes: ["ERROR100"], words: "nobody knows"),
      Hostility(
        testDescription: "a start whose answer is reset as well",
        rule: once(#"{"request": "POST /scrape"}"#, #"{"reset": true, "job_time": "20s"}"#),
        retries: 1, starts: 3, codes: ["ERROR100"], words: "nobody knows"),
      Hostility(
        testDescription: "a start whose answer never ends as well",
        rule: once(#"{"request": "POST /scrape"}"#, #"{"fill": "endless", "job_time": "20s"}"#),
        retries: 1, starts: 3, codes: ["ERROR100"], words: "65536"),
      Hostility(
        testDescription: "a session whose answer is no JSON is tried through another",
        rule: once(#"{"request": "POST /session"}"#, #"{"body": "<html>"}"#), retries: 1, starts: 2,
        codes: ["ERROR100"], words: "no session_id"),
      Hostility(
        testDescription: "a terminated session is a disconnected one",
        rule: once(#"{"request": "POST /session"}"#, #"{"session_status": "terminated"}"#), retries: 1,
        codes: ["ERROR103"]),
    ]

    @Test("a hostile answer that passes costs what it should, and all missions are DONE", arguments: passing)
    func passes(_ hostility: Hostility) async throws {
      let site = try await Installation(Setup(workers: 1, proxies: 2, script: hostility.rule))
      for (old, new) in hostility.changes { try site.configure(old, new) }
      try site.addMissions(days: 2)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|2"])
      #expect(try site.stats()["faults"].int ?? 0 >= 1, "the fault has come")
      let errors = try site.events().filter { $0.name == "SCRAPE_ERROR" }
      #expect(errors.map { $0.details["error_code"].string } == hostility.codes, "\(errors)")
      if !hostility.words.isEmpty {
        let message = errors.first?.details["message"].string ?? run.errors
        #expect(message.contains(hostility.words), "\(message)")
      }
      #expect(try site.journal("SELECT sum(retry_count) FROM missions") == ["\(hostility.retries)"])
      #expect(try site.requests("POST /scrape") == hostility.starts)
      #expect(run.peakBytes < 100 << 20)
      try await site.expectInvariants()
    }

    /// A fault that stays: the final code, its cause, and cancels on the worker.
    static let lasting: [Hostility] = [
      Hostility(
        testDescription: "a stalled result", rule: every(result, #"{"stall": true}"#),
        changes: [("stalled: 2s", "stalled: 100ms")], retries: 3, codes: ["ERROR203", "ERROR100"]),
      Hostility(
        testDescription: "a paused job",
        rule: every(#"{"request": "POST /scrape"}"#, #"{"job_status": "paused"}"#),
        retries: 3, codes: ["ERROR203", "ERROR200"]),
      Hostility(
        testDescription: "a job that never ends",
        rule: every(#"{"request": "POST /scrape"}"#, #"{"job_status": "running"}"#),
        changes: [("timeout_job: 30s", "timeout_job: 200ms")], retries: 3, codes: ["ERROR203", "ERROR202"]),
      Hostility(
        testDescription: "a job that fails",
        rule: every(#"{"request": "POST /scrape"}"#, #"{"job_status": "failed"}"#),
        codes: ["ERROR203", "ERROR200"],
        words: "net::ERR_TUNNEL_CONNECTION_FAILED"),
      Hostility(
        testDescription: "a terminated session",
        rule: every(#"{"request": "POST /session"}"#, #"{"session_status": "terminated"}"#),
        codes: ["ERROR104", "ERROR103"]),
      Hostility(
        testDescription: "a stuck session",
        rule: every(#"{"request": "POST /session"}"#, #"{"session_status": "stuck"}"#),
        codes: ["ERROR104", "ERROR102"]),
    ]

    @Test("a hostile answer that stays uses the retries up; what may run is cancelled", arguments: lasting)
    func stays(_ hostility: Hostility) async throws {
      let site = try await Installation(Setup(workers: 1, proxies: 3, script: hostility.rule))
      for (old, new) in hostility.changes { try site.configure(old, new) }
      try site.addMissions(days: 1)
      let run = try await site.run("run")
      #expect(run.way == .exit(1), "\(run.errors)")
      let codes = hostility.codes.joined(separator: "|")
      #expect(
        try site.journal("SELECT status, error_code, error_cause, retry_count FROM mission_list") == [
          "FAILED|\(codes)|2"
        ])
      let message = try site.journal("SELECT error_message FROM mission_list")[0]
      #expect(hostility.words.isEmpty || message.contains(hostility.words), "\(message)")
      // Here `retries` counts the cancels.
      #expect(try site.requests("POST /scrape/{job_id}/cancel") == hostility.retries)
      #expect(try site.stats()["sessions_by_proxy"].members.count == 3, "each try through another proxy")
      try await site.expectInvariants()
    }
  }
}
