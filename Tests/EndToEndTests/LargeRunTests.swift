import Foundation
import TestSupport
import Testing

extension EndToEnd {
  /// More missions than a report lists one by one (SPEC 4: 5 s, whatever the size).
  @Suite struct LargeRuns {
    private static let missions = 20_500

    @Test(
      "a stopped run of many missions writes what was begun and counts the others; its journal's log stays small"
    )
    func stopped() async throws {
      let site = try await Installation(Setup(workers: 1, jobTime: "20ms"))
      try site.addMissions(days: Self.missions)
      let run = try site.start(["run", "--report", "page.html"])
      var largestLog = 0
      let hasWorked = try await Wait.until(seconds: 120) {
        largestLog = max(largestLog, Self.size(site.journalPath + "-wal"))
        return site.journalSoFar("SELECT count(*) > 2 FROM mission_events WHERE event = 'COMPLETED'") == ["1"]
      }
      #expect(hasWorked)
      run.signal(SIGTERM)
      let stopped = try await site.end(run)
      #expect(stopped.way == .exit(75), "\(stopped.errors)")
      let report = try site.report()
      let listed = report["missions"].elements.count
      #expect(report["counts"]["selected"].int == Self.missions)
      #expect(listed + (report["missions_omitted"].int ?? 0) == Self.missions)
      #expect(listed < 1000, "only what was begun is listed")
      #expect(largestLog < 64 << 20, "\(largestLog)")
      let page = try TemporaryFolder.text(site.folder + "/page.html")
      #expect(page.utf8.count < 12 << 20 && page.contains("</html>"), "\(page.utf8.count)")
    }

    private static func size(_ path: String) -> Int {
      var status = stat()
      return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
  }
}
