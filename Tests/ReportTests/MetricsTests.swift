import Files
import Foundation
import Journal
import MissionCore
import TestServers
import TestSupport
import Testing

@testable import Report

@Suite("Metrics", .timeLimit(.minutes(5)))
struct MetricsTests {
  private func write(
    _ path: String, _ journal: String?, _ code: Int?, _ seconds: Int64 = 60
  ) throws -> JournalError? {
    try MetricsFile.write(
      to: path, journalPath: journal, exitCode: code, version: "0.1.0", now: JournalFixture.time(seconds))
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private func ended(_ code: Int) throws -> JournalFixture {
    let fixture = try JournalFixture()
    try fixture.journal.endRun(JournalFixture.runID, exitCode: code, at: JournalFixture.time(30))
    return fixture
  }

  @Test("a run that ended: missions by status and code, ads, bytes, times and the exit code")
  func golden() throws {
    let fixture = try ended(75)
    let path = fixture.folder + "/m.prom"
    #expect(try write(path, fixture.path, 75) == nil)
    try Golden.expect(try text(path), "metrics.prom")
  }

  @Test("while a run works it has no end, and the exit code is still the last one")
  func working() throws {
    let fixture = try JournalFixture()
    let path = fixture.folder + "/m.prom"
    _ = try write(path, nil, 78)
    _ = try write(path, fixture.path, nil)
    let text = try text(path)
    #expect(!text.contains("last_run_end_timestamp") && !text.contains("last_run_exit_code"))
    #expect(text.contains("\nmission_control_last_exit_code 78\n"))
  }

  @Test("without a journal to read, what was known stays and the exit code is new")
  func kept() throws {
    let fixture = try ended(0)
    let path = fixture.folder + "/m.prom"
    _ = try write(path, fixture.path, 0)
    let before = try text(path)
    #expect(before.contains("\nmission_control_last_success_timestamp_seconds 1769853630\n"))
    #expect(try write(path, fixture.folder + "/gone.sqlite", 78, 100) != nil)
    let after = try text(path)
    let changed = zip(before.split(separator: "\n"), after.split(separator: "\n")).filter { $0 != $1 }
    #expect(
      changed.map { String($1) } == [
        "mission_control_last_exit_code 78", "mission_control_last_exit_timestamp_seconds 1769853700",
      ])
    #expect(before.split(separator: "\n").count == after.split(separator: "\n").count)
  }

  @Test(
    "a file that is none of ours is not taken over",
    arguments: [
      "node_load1 3\n", "mission_control_missions", "\n", "# HELP x\n", String(repeating: "é", count: 9),
    ])
  func foreign(content: String) throws {
    let fixture = try ended(0)
    let path = fixture.folder + "/m.prom"
    try content.write(toFile: path, atomically: true, encoding: .utf8)
    _ = try write(path, nil, 78)
    let names = try text(path).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      $0.prefix { $0 != " " && $0 != "{" }
    }
    #expect(
      names == [
        "mission_control_build_info", "mission_control_last_exit_code",
        "mission_control_last_exit_timestamp_seconds",
      ])
  }

  @Test("everybody may read the file, whatever the umask, and nothing else is left in the folder")
  func permissions() throws {
    let fixture = try ended(0)
    let folder = fixture.folder + "/metrics"
    mkdir(folder, 0o755)
    let old = umask(0o077)
    defer { umask(old) }
    _ = try write(folder + "/m.prom", fixture.path, 0)
    var status = stat()
    #expect(stat(folder + "/m.prom", &status) == 0 && status.st_mode & 0o777 == 0o644)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["m.prom"])
  }

  @Test("a folder that is missing is told")
  func missingFolder() throws {
    #expect(throws: FileFailure.self) { try write("/no/such/folder/m.prom", nil, 0) }
  }

  @Test("texts are escaped as the format wants it")
  func escaping() {
    var family = MetricFamily("a_total", .counter, "one\\two\nthree")
    family.add(1.5, ("label", "a\"b\\c\nd"), ("other", "é"))
    #expect(
      family.text
        == "# HELP a_total one\\\\two\\nthree\n# TYPE a_total counter\na_total{label=\"a\\\"b\\\\c\\nd\",other=\"é\"} 1.5\n"
    )
    #expect(MetricFamily("b", .gauge, "nothing").text == "")
  }

  @Test(
    "Prometheus's own checker finds nothing wrong",
    .enabled(if: TextChecker.promtool.isWanted, "\(TextChecker.promtool.reason)"))
  func checked() throws {
    let fixture = try ended(1)
    let path = fixture.folder + "/m.prom"
    _ = try write(path, fixture.path, 1)
    #expect(try TextChecker.promtool.problems(text(path)) == "")
    var odd = MetricFamily("a_total", .counter, "one\\two\nthree")
    odd.add(1, ("label", "a\"b\\c\nd"))
    #expect(try TextChecker.promtool.problems(odd.text) == "")
    #expect(try TextChecker.promtool.problems("a_total{x=1} 2\n") != "")
  }
}
