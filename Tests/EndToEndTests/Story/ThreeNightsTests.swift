import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// A year of three slices over three nights: a proxy behind which a week comes back empty, Ctrl-C in the first night,
  /// `kill -9` in the second, an outage of the store in the third. In the morning everything that an operator may look
  /// at says the same, names the days, and offers one command which mends what it names.
  @Suite(
    .timeLimit(.minutes(5)),
    .enabled(if: NotificationServer.isWanted, "\(NotificationServer.reason)"))
  struct ThreeNights {
    private static let days = 365
    private static let slices = ["video,pt", "image,pt", "all,\"pt,eng\""]
    /// A week of spring, after enough history of its like.
    private static let walledDays = (100..<107).map(Installation.day)
    private static let walledProxy = "proxy2.invalid:8080"

    private static let wall = walledDays.map {
      #"{"match": {"request": "POST /scrape", "proxy": "\#(walledProxy)", "date": "\#($0)"}, "do": {"ads": 0}}"#
    }
    private static let outage =
      #"{"match": {"request": "PUT object"}, "do": {"s3_error": "SlowDown"}, "times": 30}"#

    private func site(_ servers: NotificationServer) async throws -> Installation {
      let site = try await Installation(
        Setup(workers: 4, capacity: 2, proxies: 3, ads: "12..24", adSize: 200, jobTime: "5ms..20ms", seed: 7))
      let rows = (0..<Self.days).flatMap { day in
        Self.slices.map { "\(Installation.day(day)),\(Installation.day(day)),\($0)\n" }
      }
      try site.write("date_start,date_end,media_type,languages\n" + rows.joined(), to: "missions/a.csv")
      site.environment["MAIL_PASSWORD"] = NotificationServer.password
      let programs = URL(fileURLWithPath: Binaries.missionControl).deletingLastPathComponent().path
      site.environment["PATH"] = "\(programs):/usr/bin:/bin"
      try site.configure(
        "workers:\n",
        """
        notify:
        \(servers.emailSection)
        workers:

        """)
      try site.script(Self.wall.joined(separator: "\n"))
      return site
    }

    /// A night that `signal` ends once `count` more missions are finished.
    private func night(_ site: Installation, _ number: Int, endedBy signal: Int32, after count: Int)
      async throws
      -> Ended
    {
      func finished() -> Int {
        site.journalSoFar("SELECT count(*) FROM mission_list WHERE status IN ('DONE', 'FAILED')").first
          .flatMap { Int($0) } ?? 0
      }
      let before = finished()
      let run = try site.start(["run", "--metrics", "night-\(number).prom"])
      let isThere = try await Wait.until(seconds: 60) { finished() >= before + count || !run.isRunning() }
      #expect(isThere)
      run.signal(signal)
      return try await site.end(run)
    }

    @Test("three bad nights are told the same everywhere, and the commands that are offered mend them")
    func story() async throws {
      let servers = try NotificationServer()
      let site = try await site(servers)
      let third = Self.days * Self.slices.count / 3

      let first = try await night(site, 1, endedBy: SIGINT, after: third)
      #expect(first.way == .exit(75))
      var morning = try await Morning(site, page: "night-1.html", metrics: "night-1.prom")
      try morning.expectSameFigures(mail: servers.mails().last?.text)
      #expect(morning.told.suspicious > 0)

      #expect(try await night(site, 2, endedBy: SIGKILL, after: third).way == .signal(SIGKILL))
      morning = try await Morning(site, page: "night-2.html", metrics: nil)
      try morning.expectSameFigures(mail: nil)

      try site.script((Self.wall + [Self.outage]).joined(separator: "\n"))
      let last = try await site.run("run", "--metrics", "night-3.prom")
      #expect(last.way == .exit(1), "\(last.errors)")
      morning = try await Morning(site, page: "night-3.html", metrics: "night-3.prom")
      let mail = try #require(try servers.mails().last).text
      #expect(mail == last.output)
      #expect(try servers.mails().count == 2, "nobody was there to tell of the second night")
      try morning.expectSameFigures(mail: mail)
      #expect(morning.told.failed > 0 && morning.told.left == 0)

      // What came back empty is exactly what came through that proxy, and nothing of it passes for a success.
      let walled = try site.journal(
        """
        SELECT date_start FROM mission_list WHERE proxy = '\(Self.walledProxy)' AND status = 'DONE'
          AND date_start BETWEEN '\(Self.walledDays[0])' AND '\(Self.walledDays[6])'
        """)
      #expect(morning.told.suspicious == walled.count)
      #expect(morning.told.suspiciousDays == Set(walled))

      try site.script("")
      try await mend(site, morning)
    }

    /// First as `coverage` says, then as status, report, page and mail say.
    private func mend(_ site: Installation, _ bad: Morning) async throws {
      try await type(Self.command(in: bad.coverageText), site)
      try await type(Self.command(in: site.run("coverage", "--write", "repair.csv").output), site)
      var morning = try await Morning(site, page: "mended.html", metrics: nil)
      try morning.expectSameFigures(mail: nil)
      #expect(morning.told.failed == 0 && morning.told.left == 0)
      #expect(morning.told.suspicious == bad.told.suspicious, "nobody has looked at them yet")
      #expect(morning.told.command == Self.command(in: morning.coverageText), "all offer the same")
      try await type(morning.told.command, site)
      morning = try await Morning(site, page: "whole.html", metrics: nil)
      try morning.expectSameFigures(mail: nil)
      #expect(morning.told.suspicious == 0 && morning.told.done == Self.days * Self.slices.count)
      #expect(morning.told.command == nil && Self.command(in: morning.coverageText) == nil)
      #expect(try await site.run("coverage").way == .exit(0))
      #expect(try await site.run("coverage", "--data").way == .exit(0))
      try await site.expectInvariants()
    }

    /// As a person does, in a shell.
    private func type(_ command: String?, _ site: Installation) async throws {
      let command = try #require(command)
      let ended = try await site.end(site.start(["-c", command], program: "/bin/sh"))
      #expect(ended.code == 0 || command.contains(" coverage "), "\(command): \(ended.errors)\(ended.output)")
    }

    /// The first command that stands at the beginning of a line.
    static func command(in text: String) -> String? {
      text.split(separator: "\n").first { $0.hasPrefix("mission-control ") }
        .flatMap { $0.components(separatedBy: "  ").first }
    }
  }
}
