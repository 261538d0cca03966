import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// A source's own table, ids and prefix.
  @Suite struct SourcePlaces {
    private func installation(_ places: String) async throws -> Installation {
      let site = try await Installation()
      try site.configure("workers:\n", "sources:\n  default: {kind: worker\(places)}\nworkers:\n")
      try site.addMissions(days: 4)
      return site
    }

    @Test("records go to the source's table and objects under its prefix, and verify looks there")
    func ownPlaces() async throws {
      let site = try await installation(", table: documents, prefix: other/place")
      let check = try await site.run("check")
      #expect(check.way == .exit(0), "\(check.output)")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.destination("SELECT count(*) FROM ads") == ["0"])
      #expect(try site.destination("SELECT DISTINCT table_name FROM missions") == ["documents"])
      let records = try site.destination("SELECT sum(rows_count) FROM missions")
      #expect(try site.destination("SELECT count(*) FROM documents WHERE record_id <> ''") == records)
      #expect(site.objects.allSatisfy { $0.hasPrefix("other/place/2025-01-0") } && site.objects.count == 4)
      #expect(try await site.run("verify").way == .exit(0))

      try site.changeDestination("DELETE FROM documents WHERE rowid = (SELECT min(rowid) FROM documents)")
      try FileManager.default.removeItem(atPath: "\(site.storeFolder)/\(site.objects[3])")
      try Data("[]".utf8).write(to: URL(fileURLWithPath: "\(site.storeFolder)/other/place/stray.json"))
      let damaged = try await site.run("verify")
      #expect(damaged.way == .exit(1))
      #expect(damaged.output.contains("1 of"))
      try FileManager.default.removeItem(atPath: "\(site.storeFolder)/other/place/stray.json")
      _ = try await site.run("verify", "--repair", "--yes")
      #expect(try await site.run("run").way == .exit(0))
      #expect(try await site.run("verify").way == .exit(0))
      #expect(try site.destination("SELECT count(*) FROM documents") == records)
    }

    @Test("a table that somebody else made is ERROR303 and is left as it is; check tells it before")
    func foreignTable() async throws {
      let site = try await installation(", table: documents")
      #expect(try await site.run("run", "--limit", "1").way == .exit(0))
      try site.changeDestination(
        "DROP TABLE documents; DELETE FROM mission_control_tables WHERE name = 'documents'")
      try site.changeDestination("CREATE TABLE documents (name TEXT); INSERT INTO documents VALUES ('mine')")
      let check = try await site.run("check")
      #expect(check.way == .exit(1))
      #expect(check.output.contains("the table documents was not created by Mission Control"))
      let run = try await site.run("run")
      #expect(run.way == .exit(1), "\(run.errors)")
      #expect(
        try site.journal("SELECT DISTINCT error_code FROM mission_list WHERE status = 'FAILED'") == [
          "ERROR303"
        ])
      #expect(try site.destination("SELECT name FROM documents") == ["mine"])
    }

    @Test(
      "names that are taken, and what is no pointer, are configuration errors",
      arguments: [
        ("table: missions", "sources.default.table must not be missions"),
        ("table: pg_x", "sources.default.table must not begin with pg_"),
        ("table: Ads", "sources.default.table must match [a-z]"),
        ("id: key", "sources.default.id must be a JSON Pointer"),
        ("prefix: a/../b", "sources.default.prefix"),
      ])
    func refused(places: String, message: String) async throws {
      let site = try await installation(", " + places)
      let run = try await site.run("run")
      #expect(run.way == .exit(78), "\(run.errors)")
      #expect(run.errors.contains(message), "\(run.errors)")
    }
  }
}
