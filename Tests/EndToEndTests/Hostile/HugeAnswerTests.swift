import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Answers of any size: memory is bounded, and nothing of them stays.
  @Suite struct HugeAnswers {
    struct Huge: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let action: String
      let words: String
      let cause: String
      var maxSize = "1MiB"
    }

    static let answers: [Huge] = [
      Huge(
        testDescription: "a body without end is cut off at max_result_size, for good",
        action: #"{"body": "{\"status\":\"completed\",\"data\":[", "filler": "1,", "fill": "endless"}"#,
        words: "1048576 are allowed", cause: "-"),
      Huge(
        testDescription: "an announced length over max_result_size is refused, for good",
        action: #"{"fill": 1000000000000}"#, words: "1048576 are allowed", cause: "-"),
      Huge(
        testDescription: "200 MB of open brackets are refused at the 513th",
        action: #"{"body": "{\"status\":\"completed\",\"data\":", "filler": "[", "fill": 209715200}"#,
        words: "deeper than 512", cause: "-", maxSize: "4GiB"),
      Huge(
        testDescription: "100 MB of one ASCII string that never ends are refused",
        action: #"{"body": "{\"status\":\"completed\",\"data\":[\"", "filler": "a", "fill": 104857600}"#,
        words: "unexpected end", cause: "-", maxSize: "4GiB"),
      Huge(
        testDescription: "100 MB of one string in another script as well",
        action: #"{"body": "{\"status\":\"completed\",\"data\":[\"", "filler": "é", "fill": 104857600}"#,
        words: "unexpected end", cause: "-", maxSize: "4GiB"),
    ]

    @Test("a huge answer ends its mission in bounded memory and leaves nothing", arguments: answers)
    func huge(_ answer: Huge) async throws {
      let rule = #"""
        {"match": {"request": "GET /scrape/*", "job_status": "completed", "date": "2025-01-01"}, "do": \#(answer.action)}
        """#
      let site = try await Installation(Setup(workers: 1, script: rule))
      try site.configure("max_retries: 2", "max_retries: 0\n  max_result_size: \(answer.maxSize)")
      try site.addMissions(days: 2)
      let run = try await site.run("run")
      #expect(run.way == .exit(1), "\(run.errors)")
      #expect(
        try site.journal(
          "SELECT status, error_code, error_cause, retry_count FROM mission_list ORDER BY date_start") == [
            "FAILED|ERROR100|\(answer.cause)|0", "DONE|-|-|0",
          ])
      let message = try site.journal("SELECT error_message FROM mission_list WHERE status = 'FAILED'")[0]
      #expect(message.contains(answer.words), "\(message)")
      #expect(run.peakBytes < 64 << 20, "\(run.peakBytes >> 20) MB")
      #expect(TemporaryFolder.files(in: site.folder + "/state/spool") == [])
      try await site.expectInvariants()
    }

    @Test("a result over max_result_size is not tried again, also when retries are left")
    func final() async throws {
      let rule =
        #"{"match": {"request": "GET /scrape/*", "job_status": "completed"}, "do": {"fill": "endless"}}"#
      let site = try await Installation(Setup(workers: 1, script: rule))
      try site.configure("max_retries: 2", "max_retries: 2\n  max_result_size: 1MiB")
      try site.addMissions(days: 1)
      #expect(try await site.run("run").way == .exit(1))
      #expect(
        try site.journal("SELECT status, error_code, retry_count FROM mission_list") == ["FAILED|ERROR100|0"])
      #expect(try site.requests("POST /scrape") == 1)
    }

    @Test("of ids that repeat inside a result the last is kept, and they are counted")
    func repeatedIDs() async throws {
      let data =
        #"[{\"id\":\"a\",\"v\":1},{\"id\":\"b\",\"v\":2},{\"id\":\"a\",\"v\":3},{\"id\":\"a\",\"v\":4}]"#
      let rule = #"{"match": {"request": "POST /scrape"}, "do": {"data": "\#(data)"}}"#
      let site = try await Installation(Setup(workers: 1, script: rule))
      try site.addMissions(days: 1)
      #expect(try await site.run("run").way == .exit(0))
      #expect(
        try site.destination("SELECT ad_id, position, data FROM ads ORDER BY position") == [
          #"b|1|{"id":"b","v":2}"#, #"a|3|{"id":"a","v":4}"#,
        ])
      #expect(try site.destination("SELECT ads_count, rows_count FROM missions") == ["4|2"])
      let loaded = try site.events().first { $0.name == "DB_COMPLETED" }
      #expect(loaded?.details["repeated_ids"].int == 2, "\(String(describing: loaded))")
      try await site.expectInvariants()
    }
  }
}
