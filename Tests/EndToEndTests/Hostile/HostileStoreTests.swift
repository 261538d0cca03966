import Foundation
import Testing

extension EndToEnd {
  /// The rows of FAULTS, Store, each with the built program.
  @Suite struct HostileStore {
    /// What the store does to the mission of one day, and what must come of it.
    struct Refusal: Sendable {
      let action: String
      let code: String
      let words: [String]
      /// Uploads of this mission.
      let tries: ClosedRange<Int>
    }

    /// None of these opens a breaker, so that one run shows all, each on a day of its own.
    static let refusals: [Refusal] = [
      Refusal(
        action: #"{"s3_error": "SlowDown"}"#, code: "ERROR400", words: ["503", "SlowDown"], tries: 3...3),
      Refusal(action: #"{"s3_error": "InternalError"}"#, code: "ERROR400", words: ["500"], tries: 3...3),
      Refusal(action: #"{"s3_error": "TooManyRequests"}"#, code: "ERROR400", words: ["429"], tries: 3...3),
      Refusal(
        action: #"{"s3_error": "InternalError", "status": 200}"#, code: "ERROR400", words: ["InternalError"],
        tries: 3...3),
      Refusal(action: #"{"s3_error": "BadDigest"}"#, code: "ERROR400", words: ["BadDigest"], tries: 3...3),
      Refusal(
        action: #"{"s3_error": "RequestTimeTooSkewed"}"#, code: "ERROR400", words: ["RequestTimeTooSkewed"],
        tries: 2...2),
      Refusal(action: #"{"s3_error": "AccessDenied"}"#, code: "ERROR403", words: ["403"], tries: 1...1),
      // libcurl itself sends a PUT again, up to five times, when a kept connection dies before the answer.
      Refusal(action: #"{"reset": true, "perform": false}"#, code: "ERROR400", words: ["PUT"], tries: 3...18),
      Refusal(action: #"{"delay": "20s"}"#, code: "ERROR404", words: ["PUT"], tries: 3...3),
      Refusal(
        action:
          #"{"s3_error": "PermanentRedirect", "headers": {"x-amz-bucket-region": "eu-west-3", "Location": "http://127.0.0.1:9/elsewhere"}}"#,
        code: "ERROR400", words: ["301", "eu-west-3"], tries: 1...1),
      Refusal(
        action: #"{"redirect": "http://127.0.0.1:9/elsewhere", "status": 307}"#, code: "ERROR400",
        words: ["307", "redirects are not followed"], tries: 1...1),
      Refusal(
        action:
          #"{"s3_error": "AuthorizationHeaderMalformed", "headers": {"x-amz-bucket-region": "eu-west-2"}}"#,
        code: "ERROR400", words: ["eu-west-2"], tries: 1...1),
      Refusal(
        action: #"{"status": 418, "body": "<html>teapot"}"#, code: "ERROR400", words: ["418", "teapot"],
        tries: 1...1),
      Refusal(action: #"{"status": 408}"#, code: "ERROR400", words: ["408"], tries: 3...3),
    ]

    @Test("each refusal of the store has its code and its number of tries; mended, the same bytes go on")
    func refusals() async throws {
      let rules = Self.refusals.enumerated().map {
        #"{"match": {"request": "PUT object", "date": "\#(Installation.day($0))"}, "do": \#($1.action)}"#
      }
      let days = Self.refusals.count + 1
      let site = try await Installation(Setup(capacity: 8, script: rules.joined(separator: "\n")))
      try site.configure("stalled: 2s", "stalled: 500ms")
      try site.addMissions(days: days)
      let run = try await site.run("run")
      #expect(run.way == .exit(1), "\(run.errors)")
      let found = try site.journal(
        "SELECT status, checkpoint, error_code, error_message FROM mission_list ORDER BY date_start")
      let keys = try await site.log().filter { $0["method"].string == "PUT" }.compactMap { $0["path"].string }
      for (number, refusal) in Self.refusals.enumerated() {
        #expect(found[number].hasPrefix("FAILED|S3|\(refusal.code)|"), "\(refusal.action): \(found[number])")
        for word in refusal.words { #expect(found[number].contains(word), "\(found[number])") }
        let tries = keys.filter { $0.contains(Installation.day(number)) }.count
        #expect(refusal.tries.contains(tries), "\(refusal.action): \(tries)")
      }
      #expect(found[days - 1].hasPrefix("DONE"), "a store that refuses one object takes another")
      let scrapes = try site.requests("POST /scrape")
      #expect(scrapes == days)

      try site.script("")
      #expect(try await site.run("retry", "--code", "ERROR4xx").way == .exit(0))
      let mended = try await site.run("run")
      #expect(mended.way == .exit(0), "\(mended.errors)")
      #expect(try site.requests("POST /scrape") == scrapes)
      try await site.expectInvariants()
    }

    static let breakers: [(action: String, code: String, tries: Int)] = [
      (#"{"s3_error": "InvalidAccessKeyId"}"#, "ERROR401", 1),
      (#"{"s3_error": "SignatureDoesNotMatch"}"#, "ERROR401", 1),
      (#"{"s3_error": "ExpiredToken"}"#, "ERROR401", 2),
      (#"{"s3_error": "NoSuchBucket"}"#, "ERROR402", 1),
      (#"{"status": 404, "body": "<html>nginx"}"#, "ERROR402", 3),
    ]

    @Test(
      "what would refuse every object opens a breaker; spools stay and the run goes on at S3",
      arguments: breakers)
    func breaks(action: String, code: String, tries: Int) async throws {
      let rule = #"{"match": {"request": "PUT object"}, "do": \#(action)}"#
      let site = try await Installation(Setup(workers: 1, script: rule))
      try site.addMissions(days: 3)
      let run = try await site.run("run")
      #expect(run.way == .exit(69), "\(run.errors)")
      #expect(run.output.contains(code))
      let failed = try site.journal("SELECT count(*) FROM mission_list WHERE error_code = '\(code)'")[0]
      #expect(Int(failed)! >= 1)
      #expect(try site.requests("PUT object") == Int(failed)! * tries)
      try site.script("")
      #expect(try await site.run("retry", "--failed").way == .exit(0))
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.statuses() == ["DONE|3"])
      #expect(try site.requests("POST /scrape") == 3)
      try await site.expectInvariants()
    }

    @Test("when the store says that credentials have run out, their file is read once more")
    func renewed() async throws {
      let rule = """
        {"match": {"request": "PUT object"}, "do": {"s3_error": "ExpiredToken"}, "times": 1}
        """
      let site = try await Installation(Setup(workers: 1, jobTime: "1s", script: rule))
      try site.configure("secret_key: ${S3_SECRET}", "secret_key: {file: secret}")
      try site.write("canary-secret-key-of-yesterday\n", to: "secret")
      try site.addMissions(days: 1)
      let run = try site.start(["run"])
      let isStarted = try await Wait.until { try site.requests("POST /scrape") == 1 }
      #expect(isStarted)
      try site.write("canary-secret-key\n", to: "secret")
      let ended = try await site.end(run)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try site.requests("PUT object") == 2)
      unlink(site.folder + "/secret")
      try await site.expectInvariants()
    }

    @Test(
      "an odd prefix is encoded once and reads back", arguments: ["ünï cödé/日本", "a%25b %2F+c", "x=1~/&?#'"])
    func prefixes(prefix: String) async throws {
      let site = try await Installation(Setup(workers: 1))
      try site.configure("prefix: scrapes", "prefix: \"\(prefix)\"")
      try site.addMissions(days: 1)
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      let key = try site.journal("SELECT s3_key FROM mission_list")[0]
      #expect(key.hasPrefix(prefix + "/2025-01-01/"))
      // The simulator writes what no file name should have percent-encoded.
      #expect(site.objects.map { $0.removingPercentEncoding ?? $0 } == [key])
      #expect(try await site.run("check").way == .exit(0))
    }
  }
}
