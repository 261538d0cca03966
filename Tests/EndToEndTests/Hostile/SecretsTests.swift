import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Secrets of every kind, through every command, failure and verbosity (I8).
  @Suite struct Secrets {
    private func installation() async throws -> Installation {
      let site = try await Installation(
        Setup(
          workers: 1, proxies: 2,
          options: [
            "--api-key-prefix", Canaries.workerPrefix, "--access-key", Canaries.access, "--secret-key",
            Canaries.secret,
          ]))
      site.environment["WORKER_KEY_1"] = Canaries.worker
      site.environment["PROXY_PASSWORD"] = Canaries.proxy
      site.environment["S3_ACCESS"] = Canaries.access
      site.environment["S3_TOKEN"] = Canaries.token
      // One from a file of systemd's, the others from variables.
      try FileManager.default.createDirectory(
        atPath: site.temporary.path + "/credentials", withIntermediateDirectories: true)
      try Data(Canaries.secret.utf8).write(
        to: URL(fileURLWithPath: site.temporary.path + "/credentials/s3-secret"))
      site.environment["CREDENTIALS_DIRECTORY"] = site.temporary.path + "/credentials"
      try site.configure(
        "secret_key: ${S3_SECRET}", "secret_key: {file: s3-secret}\n  session_token: ${S3_TOKEN}")
      try site.configure("max_retries: 2", "max_retries: 1")
      try site.configure("session_initial: 5ms", "session_initial: 1ms")
      return site
    }

    /// Outputs, command lines, and every file of the installation, the write-ahead log included.
    private func expectNothing(_ site: Installation, _ place: SourceLocation = #_sourceLocation) throws {
      #expect(Canaries.found(in: Data(site.written.utf8)) == [], "I8: outputs", sourceLocation: place)
      for name in TemporaryFolder.files(in: site.folder) {
        let bytes = Data((try? TemporaryFolder.bytes("\(site.folder)/\(name)")) ?? [])
        #expect(Canaries.found(in: bytes) == [], "I8: \(name)", sourceLocation: place)
      }
    }

    /// Every command that only looks, in every form; those that do not exist yet end with 64.
    private func look(_ site: Installation) async throws {
      let id = site.journalSoFar("SELECT id FROM mission_list").first ?? "0"
      let commands = [
        ["plan"], ["status"], ["list"], ["show", id], ["check"], ["config"], ["report"], ["verify"],
        ["retry", "--failed"],
      ]
      for command in commands {
        _ = try await site.end(site.start(command + ["--verbose"]))
        _ = try await site.end(
          site.start(command + ["--output", "json", "--verbose", "--log-format", "json"]))
      }
      _ = try await site.run("list", "--output", "csv")
      _ = try await site.run("config", "schema")
      _ = try await site.run("cancel", id)
      _ = try await site.run("retry", id)
    }

    private static var quotedEcho: String {
      String(decoding: try! JSONEncoder().encode(Canaries.echo), as: UTF8.self)  // a string is always encoded
    }
    private static var failedJob: String {
      let text = #"{"status": "failed", "error": \#(quotedEcho)}"#
      return String(decoding: try! JSONEncoder().encode(text), as: UTF8.self)
    }
    private static var refusal: String {
      let xml =
        "<Error><Code>SignatureDoesNotMatch</Code><Message>\(Canaries.echo)</Message><AWSAccessKeyId>"
        + "\(Canaries.access)</AWSAccessKeyId><StringToSign>\(Canaries.echo)</StringToSign></Error>"
      return String(decoding: try! JSONEncoder().encode(xml), as: UTF8.self)
    }

    /// What the worker or the store says, and how the run speaks of it.
    static let scripts: [(rule: String, options: [String])] = [
      (
        #"{"match": {"request": "POST /session"}, "do": {"status": 500, "body": \#(quotedEcho)}}"#,
        ["--verbose"]
      ),
      (
        #"{"match": {"request": "POST /session"}, "do": {"status": 400, "body": \#(quotedEcho)}}"#,
        ["--output", "json"]
      ),
      (#"{"match": {"request": "POST /session"}, "do": {"session_id": \#(quotedEcho)}}"#, ["--verbose"]),
      (
        #"{"match": {"request": "GET /session/status"}, "do": {"session_status": \#(quotedEcho)}, "times": 2}"#,
        ["--verbose", "--log-format", "json"]
      ),
      (
        #"{"match": {"request": "POST /scrape"}, "do": {"status": 422, "body": \#(quotedEcho)}}"#, ["--quiet"]
      ),
      (#"{"match": {"request": "POST /scrape"}, "do": {"job_id": \#(quotedEcho)}}"#, []),
      (#"{"match": {"request": "GET /scrape/*"}, "do": {"body": \#(failedJob)}}"#, ["--log-format", "json"]),
      (#"{"match": {"request": "GET /scrape/*"}, "do": {"body": \#(quotedEcho)}}"#, ["--verbose"]),
      (
        #"{"match": {"request": "GET /scrape/*"}, "do": {"job_status": \#(quotedEcho)}, "times": 2}"#,
        ["--verbose"]
      ),
      (
        #"{"match": {"request": "POST /session"}, "do": {"redirect": "http://127.0.0.1:9/?k=\#(Canaries.percent(Canaries.worker))", "body": \#(quotedEcho)}}"#,
        []
      ),
      (#"{"match": {"request": "PUT object"}, "do": {"status": 403, "body": \#(refusal)}}"#, ["--verbose"]),
      (
        #"{"match": {"request": "PUT object"}, "do": {"status": 418, "body": \#(refusal)}}"#,
        ["--log-format", "json"]
      ),
      (
        #"{"match": {"request": "PUT object"}, "do": {"redirect": "http://127.0.0.1:9/?k=\#(Canaries.percent(Canaries.secret))", "status": 301}}"#,
        ["--output", "json"]
      ),
    ]

    @Test("no command, failure or verbosity shows a secret that a server echoes, in any form")
    func echoes() async throws {
      let site = try await installation()
      for (number, script) in Self.scripts.enumerated() {
        try site.script(script.rule)
        try site.addMissions(days: number + 1)
        let run = try await site.end(site.start(["run", "--limit", "1"] + script.options))
        #expect(run.code != 70 && run.code != 78 && run.code != 64, "\(run.errors)")
        try expectNothing(site)
      }
      #expect(try site.stats()["faults"].int ?? 0 >= Self.scripts.count)
      try await look(site)
      try site.script("")
      _ = try await site.run("retry", "--failed")
      let mended = try await site.run("run", "--report", "report.txt", "--report", "report.html")
      #expect(mended.code == 0 || mended.code == 64, "\(mended.errors)")
      try await look(site)
      try expectNothing(site)
    }

    @Test("a run that is killed leaves no secret in its journal, its log or its spool")
    func killed() async throws {
      let site = try await installation()
      try site.script(
        #"{"match": {"request": "PUT object"}, "do": {"status": 500, "body": \#(Self.quotedEcho)}, "times": 2}"#
      )
      try site.addMissions(days: 3)
      let run = try site.start(["run", "--verbose"])
      let isUploading = try await Wait.until { try site.requests("PUT object") >= 2 }
      #expect(isUploading && run.isRunning())
      #expect(site.state.contains("journal.sqlite-wal"))
      run.signal(SIGKILL)
      #expect(try await site.end(run).way == .signal(SIGKILL))
      try expectNothing(site)
      let resumed = try await site.run("run")
      #expect(try site.statuses() == ["DONE|3"], "\(resumed.way) \(resumed.errors) \(resumed.output)")
      try expectNothing(site)
    }

    /// Mistakes in lines that hold secrets.
    static let mistakes = [
      ("api_key: ${WORKER_KEY_1}", "api_key: [\"\(Canaries.worker)\"]"),
      ("api_key: ${WORKER_KEY_1}", "api_keyy: \(Canaries.worker)"),
      ("api_key: ${WORKER_KEY_1}", "api_key: \"\(Canaries.worker)"),
      ("api_key: ${WORKER_KEY_1}", "api_key: \(Canaries.worker)\n    api_key: \(Canaries.worker)"),
      ("api_key: ${WORKER_KEY_1}", "api_key: ${\(Canaries.worker)"),
      ("access_key: ${S3_ACCESS}", "access_key: {file: /nowhere, key: \"\(Canaries.access)\"}"),
      ("sqlite:state/ads.sqlite", "postgresql://u:\(Canaries.percent(Canaries.database))@127.0.0.1:1/d"),
      ("sqlite:state/ads.sqlite", "postgresql://u:\(Canaries.database)@127.0.0.1:1/d"),
      ("sqlite:state/ads.sqlite", "host=127.0.0.1 port=1 password='\(Canaries.database)' connect_timeout=1"),
      ("sqlite:state/ads.sqlite", "host=127.0.0.1 port=1 password='\(Canaries.database)"),
      ("sqlite:state/ads.sqlite", "mysql://u:\(Canaries.database)@h/d"),
      ("http://127.0.0.1", "http://someone:\(Canaries.percent(Canaries.worker))@127.0.0.1"),
    ]

    @Test("a mistake in a line with a secret is shown without it", arguments: mistakes)
    func mistake(old: String, new: String) async throws {
      let site = try await installation()
      try site.configure(old, new)
      try site.addMissions(days: 1)
      for command in [
        ["run", "--verbose"], ["check"], ["config"], ["config", "--output", "json"], ["plan"],
      ] {
        let ended = try await site.end(site.start(command))
        #expect(ended.code != 70, "\(ended.errors)")
      }
      // The configuration itself holds it; what was written must not.
      unlink(site.folder + "/config.yaml")
      try expectNothing(site)
    }
  }
}
