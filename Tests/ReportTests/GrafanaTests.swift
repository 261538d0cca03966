import Foundation
import Journal
import MissionCore
import TestServers
import TestSupport
import Testing

@testable import Report

@Suite("The dashboard and the alert rules of examples/", .timeLimit(.minutes(5)))
struct GrafanaTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("examples/grafana")

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// A run that ended, with a retry and a failure.
  private func metrics() throws -> String {
    let fixture = try JournalFixture()
    let id = JournalFixture.id(3)
    for (change, seconds) in [
      (MissionChange.started(worker: "worker-1"), 2),
      (.scrapeStarting(worker: "worker-1", proxy: "proxy1:8080"), 2),
      (.retryQueued(code: .jobFailed, message: "no"), 6),
    ] as [(MissionChange, Int64)] {
      let at = JournalFixture.time(seconds)
      let transition = MissionTransition(mission: id, change: change, events: [], at: at)
      try fixture.journal.write([.mission(transition)], runID: JournalFixture.runID)
    }
    try fixture.journal.endRun(JournalFixture.runID, exitCode: 0, at: JournalFixture.time(30))
    let path = fixture.folder + "/m.prom"
    _ = try MetricsFile.write(
      to: path, journalPath: fixture.path, exitCode: 0, version: "0.1.0", now: JournalFixture.time(60))
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("every metric that they name is written by a run", arguments: ["dashboard.json", "alerts.yaml"])
  func names(file: String) throws {
    let metrics = try metrics()
    let text = try text(file)
    let used = Set(text.matches(of: /mission_control_[a-z_0-9]+/).map { String($0.output) })
    #expect(used.count > 5)
    for name in used.sorted() { #expect(metrics.contains("# TYPE \(name) "), "\(file) names \(name)") }
  }

  @Test("the figures are those of the journal")
  func figures() throws {
    let metrics = try metrics()
    for line in [
      #"mission_control_retries_total{code="ERROR200",worker="worker-1"} 1"#,
      #"mission_control_source_last_success_timestamp_seconds{source="default"} 1769853606"#,
      #"mission_control_coverage{state="done"} 1"#, #"mission_control_coverage{state="pending"} 2"#,
      // Two of its missions ended in 30 s; a job of 1.5 s, and one of 4 s that failed.
      #"mission_control_last_run_missions_per_second 0.06666666666666667"#,
      #"mission_control_last_run_worker_busy_ratio{worker="worker-1"} 0.18333333333333332"#,
    ] { #expect(metrics.contains("\n\(line)\n"), "\(line) is not in\n\(metrics)") }
  }

  @Test("the dashboard is JSON whose panels have queries")
  func dashboard() throws {
    let board = try #require(
      try JSONSerialization.jsonObject(with: Data(text("dashboard.json").utf8)) as? [String: Any])
    let panels = try #require(board["panels"] as? [[String: Any]])
    #expect(Set(panels.compactMap { $0["id"] as? Int }).count == panels.count)
    for panel in panels { #expect((panel["targets"] as? [Any])?.isEmpty == false) }
  }

  @Test(
    "Prometheus's own checker reads the rules",
    .enabled(if: TextChecker.rules.isWanted, "\(TextChecker.rules.reason)"))
  func rules() throws {
    let said = try TextChecker.rules.problems(text("alerts.yaml"))
    #expect(said.contains("SUCCESS: 7 rules found"), "\(said)")
    #expect(
      try TextChecker.rules.problems("groups: [{name: a, rules: [{alert: b, expr: 'c ('}]}]").contains("exit")
    )
  }
}
