import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// A machine that is not as it should be (FAULTS, Process and Journal): told before the first request where it
  /// can be known, and nothing doubled where it cannot.
  @Suite struct FaultyPlaces {
    /// Some user who is not root; for root no folder is read-only.
    private static let nobody: uid_t = 65_534

    @Test("73 for a folder that cannot be written, before anything is asked of a worker")
    func readOnlyFolder() async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      var words = [Binaries.missionControl, "run"]
      if geteuid() == 0 {
        // Where nobody can reach it, and all of it nobody's own.
        let program = site.folder + "/mission-control"
        try FileManager.default.copyItem(atPath: Binaries.missionControl, toPath: program)
        for name in ["", "/site"] + TemporaryFolder.files(in: site.folder).map({ "/site/" + $0 }) + [
          "/site/missions"
        ] {
          #expect(chown(site.temporary.path + name, Self.nobody, Self.nobody) == 0)
        }
        words = [
          "/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", program, "run",
        ]
      }
      chmod(site.folder, 0o500)
      defer { chmod(site.folder, 0o700) }
      let ended = try await run(words, site)
      #expect(ended.way == .exit(73), "\(ended.errors)")
      #expect(ended.errors.contains("cannot write"), "\(ended.errors)")
      #expect(try site.stats()["requests"].members.values.allSatisfy { $0.int == 0 })
    }

    @Test("73 for too few file descriptors, with how many are needed, before anything is asked or written")
    func fewDescriptors() async throws {
      let site = try await Installation()
      try site.addMissions(days: 1)
      let ended = try await run(
        ["/bin/sh", "-c", "ulimit -n 40; exec \"$0\" run", Binaries.missionControl], site)
      #expect(ended.way == .exit(73), "\(ended.errors)")
      #expect(ended.errors.contains("file descriptors, the limit is 40"), "\(ended.errors)")
      #expect(site.state == [])
      #expect(try site.stats()["requests"].members.values.allSatisfy { $0.int == 0 })
    }

    private func run(_ words: [String], _ site: Installation) async throws -> Ended {
      let program = try Program(
        words[0], Array(words.dropFirst()), in: site.folder, outputs: site.outputs,
        environment: site.environment)
      return try await site.end(program)
    }

    @Test("an older copy of the journal that was put back leads to the same rows and objects, none twice")
    func olderJournal() async throws {
      let site = try await Installation()
      try site.addMissions(days: 5)
      #expect(try await site.run("run", "--limit", "2").way == .exit(0))
      let copy = try TemporaryFolder.bytes(site.journalPath)
      #expect(try await site.run("run").way == .exit(0))
      let (rows, objects) = try content(site)
      try Data(copy).write(to: URL(fileURLWithPath: site.journalPath))
      chmod(site.journalPath, 0o600)
      let again = try await site.run("run")
      #expect(again.way == .exit(0), "\(again.errors)")
      #expect(try content(site) == (rows, objects))
      try await site.expectInvariants()
    }

    @Test("a journal that was deleted is begun anew: the same rows and objects, none twice")
    func deletedJournal() async throws {
      let site = try await Installation()
      try site.addMissions(days: 3)
      #expect(try await site.run("run").way == .exit(0))
      let (rows, objects) = try content(site)
      unlink(site.journalPath)
      let again = try await site.run("run")
      #expect(again.way == .exit(0), "\(again.errors)")
      #expect(try content(site) == (rows, objects))
      try await site.expectInvariants()
    }

    private func content(_ site: Installation) throws -> (rows: [String], objects: [[UInt8]]) {
      (try site.loadedRows(), try site.objects.map { try TemporaryFolder.bytes("\(site.storeFolder)/\($0)") })
    }
  }
}
