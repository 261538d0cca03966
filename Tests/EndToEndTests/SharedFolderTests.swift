import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// Several journals in one folder (FAULTS, Journal).
  @Suite struct SharedFolders {
    private static let denied = #"{"match": {"request": "PUT object"}, "do": {"s3_error": "AccessDenied"}}"#

    /// Names and bytes of what lies in the spool.
    private func spooled(_ site: Installation) throws -> [String: [UInt8]] {
      let folder = site.folder + "/state/spool"
      return try TemporaryFolder.files(in: folder).reduce(into: [:]) {
        $0[$1] = try TemporaryFolder.bytes("\(folder)/\($1)")
      }
    }

    /// Two missions whose results wait in the spool for the store.
    private func waiting() async throws -> Installation {
      let site = try await Installation(Setup(script: Self.denied))
      try site.addMissions(days: 2)
      #expect(try await site.run("run").way == .exit(1))
      return site
    }

    @Test("a run of another journal in the same folder takes nothing from the first, and has its own spool")
    func twoJournals() async throws {
      let site = try await waiting()
      let before = try spooled(site)
      #expect(before.keys.filter { $0.hasSuffix(".json") }.count == 2)
      let configuration = try TemporaryFolder.text(site.folder + "/config.yaml")
        .replacingOccurrences(of: "state/journal.sqlite", with: "state/other.sqlite")
        .replacingOccurrences(of: "missions/*.csv", with: "others/*.csv")
      try site.write(configuration, to: "other.yaml")
      mkdir(site.folder + "/others", 0o700)
      try site.write(
        "date_start,date_end,media_type,languages\n2025-03-01,2025-03-01,video,pt\n", to: "others/a.csv")
      let refused = try await site.run("run", "--config", "other.yaml")
      #expect(refused.way == .exit(1), "\(refused.errors)")
      #expect(try spooled(site) == before)
      #expect(site.state.contains { $0.hasPrefix("spool-") && $0.hasSuffix(".json") })
      try site.script("")
      #expect(try await site.run("retry", "--failed", "--config", "other.yaml").way == .exit(0))
      #expect(try await site.run("run", "--config", "other.yaml").way == .exit(0))
      #expect(try await site.run("retry", "--failed").way == .exit(0))
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.requests("POST /scrape") == 3)
      #expect(site.state.filter { $0.hasPrefix("spool") } == [])
    }

    @Test("a journal that was deleted and begun anew leaves the old one's results alone, and tells it")
    func begunAnew() async throws {
      let site = try await waiting()
      let before = try spooled(site)
      for suffix in ["", "-wal", "-shm"] { unlink(site.journalPath + suffix) }
      try site.script("")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(run.errors.contains("results of an earlier journal"), "\(run.errors)")
      #expect(try spooled(site) == before)
    }
  }
}
