import Foundation
import SQLite
import Testing

extension EndToEnd {
  /// State that an earlier version of the program left.
  @Suite struct Takeover {
    private func put(_ fixture: String, _ path: String) throws {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Fixtures/\(fixture)")
      let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
      try connection.execute(String(contentsOf: file, encoding: .utf8))
      connection.close()
      chmod(path, 0o600)
    }

    @Test(
      "a journal and a destination of an earlier version, killed in the middle, are taken over and finished")
    func killed() async throws {
      let site = try await Installation(Setup(ads: "1..4"))
      mkdir(site.folder + "/state", 0o700)
      try put("journal-v2-killed.sql", site.journalPath)
      try put("destination-v1-killed.sql", site.destinationPath)
      try site.addMissions(days: 10)
      let before = try site.destination("SELECT mission_id, ad_id, data FROM ads ORDER BY 1, 2")
      #expect(before.count == 7)
      // Until somebody writes it, the older journal is not touched.
      let list = try await site.run("list")
      #expect(list.way == .exit(74), "\(list.errors)")
      let run = try await site.run("run")
      #expect(run.way == .exit(0), "\(run.errors)")
      #expect(try site.statuses() == ["DONE|10"])
      let after = try site.destination("SELECT mission_id, ad_id, data FROM ads ORDER BY 1, 2")
      #expect(Set(before).isSubset(of: after) && after.count > before.count)
      #expect(try site.destination("SELECT count(*) FROM missions WHERE parameters = '{}'") == ["10"])
      #expect(site.state.contains("journal.sqlite.v2.backup"))
      // The four that were done before are not scraped again.
      #expect(try site.requests("POST /scrape") == 6)
    }
  }
}
