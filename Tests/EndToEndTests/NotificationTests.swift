import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// Those whom `notify:` names are told, and nothing that they do changes a run.
  @Suite(.enabled(if: NotificationServer.isWanted, "\(NotificationServer.reason)"))
  struct Notifications {
    private static let failing =
      #"{"match": {"request": "POST /scrape", "date": "2025-01-02"}, "do": {"job_status": "failed"}}"#

    /// A site that tells everybody of everything; `path` says how the HTTP listener answers.
    private func site(
      _ servers: NotificationServer, _ setup: Setup = Setup(), path: String = "ok", days: Int = 3
    ) async throws -> Installation {
      let site = try await Installation(setup)
      try site.addMissions(days: days)
      site.environment["WEBHOOK"] = "http://127.0.0.1:\(servers.port("http"))/\(path)/canary-webhook-token"
      site.environment["PING"] = "http://127.0.0.1:\(servers.port("http"))/\(path)/canary-ping-token"
      site.environment["MAIL_PASSWORD"] = NotificationServer.password
      try site.configure(
        "workers:\n",
        """
        notify:
          webhook: {secret_url: "${WEBHOOK}", events: [start, success, partial, failure]}
          ping: {secret_url: "${PING}"}
        \(servers.emailSection)
        workers:

        """)
      return site
    }

    /// Nothing that the program wrote, on its outputs or to its files, holds a secret.
    private func expectSecrecy(_ site: Installation, _ place: SourceLocation = #_sourceLocation) throws {
      var all = site.written
      for file in site.state {
        all += String(decoding: try TemporaryFolder.bytes("\(site.folder)/state/\(file)"), as: UTF8.self)
      }
      for secret in site.secrets + ["canary-webhook", "canary-ping", "canary-mail"] {
        #expect(!all.contains(secret), sourceLocation: place)
      }
    }

    private func events(_ servers: NotificationServer) throws -> [String] {
      try servers.requests().filter { $0.path.contains("webhook") }.compactMap { $0.json["event"] as? String }
    }

    private func pings(_ servers: NotificationServer) throws -> [String] {
      try servers.requests().compactMap {
        $0.path.components(separatedBy: "canary-ping-token").dropFirst().first
      }
    }

    @Test("a run that goes well is told at its start and its end, with its counts")
    func success() async throws {
      let servers = try NotificationServer()
      let site = try await site(servers)
      let ended = try await site.run("run")
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(try events(servers) == ["start", "success"])
      #expect(try pings(servers) == ["/start", ""])
      let report = try site.report()
      let last = try #require(try servers.requests().last { $0.path.contains("webhook") }).json
      #expect(last["run_id"] as? String == report["run_id"].string)
      #expect(last["exit_code"] as? Int == 0)
      #expect((last["counts"] as? [String: Int])?["done"] == 3)
      #expect(last["ads"] as? Int == report["ads"].int)
      #expect((last["text"] as? String)?.contains("3 missions done") == true)
      let mail = try #require(try servers.mails().first)
      #expect(mail.tls && mail.login == "operator" && mail.to == ["night@example.com"])
      #expect(mail.text == ended.output)
      try expectSecrecy(site)
    }

    @Test(
      "a run with a FAILED mission is a partial success, one without any DONE a failure, and says what to type"
    )
    func partial() async throws {
      let servers = try NotificationServer()
      let site = try await site(servers, Setup(script: Self.failing))
      #expect(try await site.run("run").code == 1)
      #expect(try events(servers) == ["start", "partial"])
      #expect(try pings(servers) == ["/start", "/fail"])
      let last = try #require(try servers.requests().last { $0.path.contains("webhook") }).json
      let text = try #require(last["text"] as? String)
      #expect(text.contains("2 of 3 missions done, 1 failed"))
      #expect(text.contains("ERROR203") && text.contains("mission-control run --retry-failed"))
      #expect((last["failures"] as? [[String: Any]])?.first?["count"] as? Int == 1)
      #expect(try await site.run("run", "--retry-failed").code == 1)
      #expect(try events(servers).suffix(2) == ["start", "failure"])
      try expectSecrecy(site)
    }

    @Test("a run that cannot begin is a failure; one that finds the journal taken is nothing")
    func cannotBegin() async throws {
      let servers = try NotificationServer()
      let site = try await site(servers, Setup(workers: 1, jobTime: "20s"))
      #expect(try await site.run("run", "missions/none.csv").code == 66)
      #expect(try events(servers) == ["failure"])
      #expect(try servers.requests().last { $0.path.contains("webhook") }?.json["exit_code"] as? Int == 66)
      let run = try site.start(["run"])
      try await site.untilJobIsJournaled()
      let count = try servers.mails().count
      #expect(try await site.run("run").code == 75)
      #expect(try events(servers) == ["failure", "start"])
      run.signal(SIGTERM)
      #expect(try await site.end(run).code == 75)
      #expect(try events(servers) == ["failure", "start", "partial"])
      #expect(try servers.mails().count == count + 1)
    }

    @Test(
      "an endpoint that hangs, fails or drops the connection changes nothing but lines in the log",
      arguments: ["status/500", "status/404", "drop", "redirect"])
    func unhelpful(path: String) async throws {
      let servers = try NotificationServer()
      let site = try await site(servers, path: path)
      let ended = try await site.run("run")
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(ended.errors.contains("notify webhook: could not tell of success"))
      #expect(ended.errors.contains("notify ping: could not tell of success"))
      #expect(!ended.errors.contains("notify email"))
      #expect(try servers.mails().count == 1)
      try expectSecrecy(site)
    }

    @Test(
      "a mail server that refuses the password, or that is not there, changes nothing but a line in the log")
    func unhelpfulMail() async throws {
      let servers = try NotificationServer()
      let site = try await site(servers)
      site.environment["MAIL_PASSWORD"] = "canary-mail-wrong"
      let refused = try await site.run("run")
      #expect(refused.way == .exit(0) && refused.errors.contains("notify email: could not tell of success"))
      try site.configure("localhost:\(servers.port("starttls"))", "localhost:\(FreePort.next())")
      let missing = try await site.run("run")
      #expect(missing.way == .exit(0) && missing.errors.contains("notify email: could not tell of success"))
      #expect(try servers.mails().isEmpty)
      try expectSecrecy(site)
    }

    @Test("a stopped run ends within 5 seconds and tells of it, also when an endpoint hangs")
    func stopped() async throws {
      let servers = try NotificationServer()
      let site = try await site(servers, Setup(workers: 1, jobTime: "20s"), path: "hang")
      let run = try site.start(["run"])
      try await site.untilJobIsJournaled()
      let began = ContinuousClock.now
      run.signal(SIGTERM)
      let stopped = try await site.end(run)
      let took = ContinuousClock.now - began
      #expect(stopped.way == .exit(75), "\(stopped.errors)")
      #expect(took < .seconds(5), "took \(took)")
      #expect(stopped.errors.contains("notify webhook: could not tell of partial"))
      #expect(try servers.mails().count == 1)
      #expect(try site.report()["exit_code"].int == 75)
    }

    @Test("check looks without sending, check --notify sends")
    func check() async throws {
      let servers = try NotificationServer()
      let site = try await site(servers)
      let looked = try await site.run("check")
      #expect(looked.code == 0, "\(looked.output)")
      #expect(looked.output.contains("notify webhook"))
      #expect(looked.output.contains("logged in at localhost:"))
      #expect(try servers.requests().isEmpty && servers.mails().isEmpty)
      let sent = try await site.run("check", "--notify")
      #expect(sent.code == 0, "\(sent.output)")
      #expect(try servers.mails().count == 1)
      #expect(try servers.requests().count == 2)
      #expect(try pings(servers) == [""])
      site.environment["MAIL_PASSWORD"] = "canary-mail-wrong"
      let refused = try await site.run("check")
      #expect(refused.code == 1)
      #expect(
        try await site.run("config").output.contains(
          "secret_url: http://127.0.0.1:\(servers.port("http"))/***"))
      try expectSecrecy(site)
    }
  }
}
