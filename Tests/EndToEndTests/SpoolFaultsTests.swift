import Foundation
import SQLite
import TestSupport
import Testing

extension EndToEnd {
  /// Bytes in the spool that cannot be read, or are others than were written (FAULTS, Spool).
  @Suite struct SpoolFaults {
    private static let denied = #"{"match": {"request": "PUT object"}, "do": {"s3_error": "AccessDenied"}}"#
    private static var canTrace: Bool { access("/usr/bin/strace", X_OK) == 0 }

    /// A mission that is to go on at S3 from its spooled bytes, in the file that is named.
    private func waiting(ads: String = "3..12") async throws -> (site: Installation, file: String) {
      let site = try await Installation(Setup(ads: ads, script: Self.denied))
      try site.addMissions(days: 1)
      #expect(try await site.run("run").way == .exit(1))
      #expect(try await site.run("retry", "--failed").way == .exit(0))
      try site.script("")
      let name = try #require(
        TemporaryFolder.files(in: site.folder + "/state/spool").first { $0.hasSuffix(".json") })
      return (site, "state/spool/" + name)
    }

    @Test(
      "bytes that cannot be read now stop the run; nothing is deleted and nothing scraped again",
      .enabled(if: canTrace), arguments: [("EIO", 74), ("EMFILE", 73)])
    func cannotBeRead(error: String, code: Int32) async throws {
      let (site, file) = try await waiting()
      let before = try TemporaryFolder.bytes("\(site.folder)/\(file)")
      let words = [
        "-f", "--seccomp-bpf", "-qq", "-o", site.temporary.path + "/trace", "-e", "trace=openat", "-P", file,
        "-P", "\(site.folder)/\(file)", "-e", "inject=openat:error=\(error)", Binaries.missionControl, "run",
      ]
      let program = try Program(
        "/usr/bin/strace", words, in: site.folder, outputs: site.outputs, environment: site.environment)
      let stopped = try await site.end(program)
      #expect(stopped.way == .exit(code), "\(stopped.errors)")
      #expect(stopped.errors.contains(file), "\(stopped.errors)")
      #expect(try TemporaryFolder.bytes("\(site.folder)/\(file)") == before)
      let again = try await site.run("run")
      #expect(again.way == .exit(0), "\(again.errors)")
      #expect(try site.requests("POST /scrape") == 1)
      #expect(try site.statuses() == ["DONE|1"])
      try await site.expectInvariants()
    }

    @Test("a FIFO in the place of spooled bytes is refused with 73 and not waited for")
    func pipe() async throws {
      let (site, file) = try await waiting()
      let path = "\(site.folder)/\(file)"
      rename(path, path + ".kept")
      mkfifo(path, 0o600)
      let refused = try await site.run("run")
      #expect(refused.way == .exit(73), "\(refused.errors)")
      #expect(refused.errors.contains("is not a regular file"), "\(refused.errors)")
      rename(path + ".kept", path)
      #expect(try await site.run("run").way == .exit(0))
      #expect(try site.requests("POST /scrape") == 1)
      try await site.expectInvariants()
    }

    @Test("lost bytes are told and scraped again; what was there stays until the new scrape is durable")
    func lost() async throws {
      let (site, file) = try await waiting()
      let path = "\(site.folder)/\(file)"
      var bytes = try TemporaryFolder.bytes(path)
      bytes[bytes.count / 2] ^= 1
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      try site.script(#"{"match": {"request": "POST /scrape"}, "do": {"job_status": "failed"}}"#)
      let failed = try await site.run("run")
      #expect(failed.way == .exit(1), "\(failed.errors)")
      #expect(failed.errors.contains("is scraped again, its bytes are lost"), "\(failed.errors)")
      // Which start brought them is of no use any more.
      let lost = path.replacingOccurrences(of: ".1.json", with: ".json.lost")
      #expect(try TemporaryFolder.bytes(lost) == bytes)
      #expect(access(path, F_OK) != 0)
      try site.script("")
      #expect(try await site.run("run", "--retry-failed").way == .exit(0))
      try await site.expectInvariants()
    }

    @Test("a byte that changes while a large result waits for its destination is never loaded")
    func changedWhileWaiting() async throws {
      let site = try await Installation(Setup(ads: "1200..1200", jobTime: "1s"))
      try site.configure("busy: 5s", "busy: 30ms")
      try site.addMissions(days: 1)
      let run = try site.start(["run"])
      // The ledger was asked before.
      try await site.untilJobIsJournaled()
      let lock = try SQLiteConnection(
        path: site.destinationPath, mode: .readWriteCreate, busyTimeout: .seconds(2))
      try lock.execute("BEGIN IMMEDIATE")
      let hasFailed = try await Wait.until(seconds: 30) {
        site.journalSoFar("SELECT count(*) > 0 FROM mission_events WHERE event = 'DB_ERROR'") == ["1"]
      }
      #expect(hasFailed)
      let name = try #require(
        TemporaryFolder.files(in: site.folder + "/state/spool").first { $0.hasSuffix(".json") })
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: "\(site.folder)/state/spool/\(name)"))
      try file.seek(toOffset: 100_000)
      let old = try #require(try file.read(upToCount: 1)?.first)
      try file.seek(toOffset: 100_000)
      try file.write(contentsOf: Data([old ^ 1]))
      try file.close()
      try lock.execute("ROLLBACK")
      let ended = try await site.end(run)
      #expect(ended.way == .exit(0), "\(ended.errors)")
      #expect(ended.errors.contains("is scraped again, its bytes are lost"), "\(ended.errors)")
      #expect(try site.requests("POST /scrape") == 2)
      #expect(try site.statuses() == ["DONE|1"])
      try await site.expectInvariants()
    }
  }
}
