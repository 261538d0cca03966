import Foundation
import TestServers
import TestSupport
import Testing

extension EndToEnd {
  /// Objects on servers of files that others wrote.
  @Suite(.timeLimit(.minutes(10))) struct HTTPStoreRuns {
    private static let programs = FileServer.Program.allCases.filter { $0.reasonToSkip == nil }

    private func installation(_ server: FileServer) async throws -> Installation {
      let site = try await Installation(Setup(workers: 2, capacity: 2, ads: "0..12", jobTime: "5ms..30ms"))
      try site.addMissions(days: 40)
      try site.keepObjects(on: server)
      return site
    }

    @Test("a run that is killed again and again leaves each object once", arguments: programs)
    func killedAndResumed(_ program: FileServer.Program) async throws {
      let bucket = try await Installation(
        Setup(workers: 2, capacity: 2, ads: "0..12", jobTime: "5ms..30ms"))
      try bucket.addMissions(days: 40)
      #expect(try await bucket.run("run").way == .exit(0))

      let server = try FileServer(program)
      let site = try await installation(server)
      for kill in 1...4 {
        let run = try site.start(["run"])
        let isUnderWay = try await Wait.until { site.objects.count > 5 * kill }
        #expect(isUnderWay)
        run.signal(SIGKILL)
        #expect(try await site.end(run).way == .signal(SIGKILL))
      }
      let last = try await site.run("run")
      #expect(last.way == .exit(0), "\(last.errors)\(last.output)")
      try await site.expectInvariants()
      let verified = try await site.run("verify")
      #expect(verified.way == .exit(0), "\(verified.errors)\(verified.output)")
      // nginx lists nothing: what nobody knows cannot be found there.
      #expect(verified.errors.contains("objects of no mission were not looked for") == (program == .nginx))
      #expect(site.objects == bucket.objects)
      for key in site.objects {
        let bytes = try TemporaryFolder.bytes("\(site.storeFolder)/\(key)")
        #expect(try bytes == TemporaryFolder.bytes("\(bucket.storeFolder)/\(key)"))
        let metadata = try JSON(text: TemporaryFolder.text("\(site.storeFolder)/\(key).meta.json"))
        #expect(metadata["mission-id"].string.map { key.hasSuffix("/\($0).json") } == true)
      }
    }

    @Test("without its journal a run finds what is there and asks no source for it", arguments: programs)
    func journalLost(_ program: FileServer.Program) async throws {
      let server = try FileServer(program)
      let site = try await installation(server)
      #expect(try await site.run("run").way == .exit(0))
      let scrapes = try site.requests("POST /scrape")
      for name in TemporaryFolder.files(in: site.folder + "/state") where name.hasPrefix("journal.sqlite") {
        try FileManager.default.removeItem(atPath: "\(site.folder)/state/\(name)")
      }
      let second = try await site.run("run")
      #expect(second.way == .exit(0), "\(second.errors)\(second.output)")
      #expect(try site.report()["counts"]["recovered"].int == 40)
      #expect(try site.requests("POST /scrape") == scrapes)
    }

    @Test("an object that is lost or altered is found and put again", arguments: programs)
    func repaired(_ program: FileServer.Program) async throws {
      let server = try FileServer(program)
      let site = try await installation(server)
      #expect(try await site.run("run").way == .exit(0))
      let lost = "\(site.storeFolder)/\(site.objects[3])"
      let altered = "\(site.storeFolder)/\(site.objects[7])"
      let bytes = try [lost, altered].map(TemporaryFolder.bytes)
      try FileManager.default.removeItem(atPath: lost)
      try Data("[]".utf8).write(to: URL(fileURLWithPath: altered))
      #expect(try await site.run("verify").way == .exit(1))
      _ = try await site.run("verify", "--repair", "--yes")
      // What neither rows nor spool can prove is scraped anew.
      #expect(try await site.run("run").way == .exit(0))
      #expect(try await site.run("verify").way == .exit(0))
      #expect(try [lost, altered].map(TemporaryFolder.bytes) == bytes)
    }

    @Test("check says what the server keeps and lists", arguments: programs)
    func checked(_ program: FileServer.Program) async throws {
      let server = try FileServer(program)
      let site = try await installation(server)
      let check = try await site.run("check")
      #expect(check.way == .exit(0), "\(check.output)\(check.errors)")
      #expect(check.output.contains("wrote, read and removed a probe object in \(server.url)"))
      #expect(check.output.contains("it gives no list of what it holds") == (program == .nginx))
      #expect(site.objects == [])
      try site.configure("${FILES_SECRET}", "not-the-secret")
      let refused = try await site.run("check")
      #expect(refused.way == .exit(1))
      #expect(refused.output.contains(program == .rclone ? "ERROR401" : "ERROR403"), "\(refused.output)")
    }
  }
}
