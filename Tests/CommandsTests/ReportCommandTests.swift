import Foundation
import Journal
import MissionCore
import Testing

@testable import Commands

@Suite("report", .timeLimit(.minutes(5)))
struct ReportCommandTests {
  /// The run of the fixture, ended, and a later one without missions.
  private func fixture() throws -> CommandFixture {
    let fixture = try CommandFixture()
    let journal = try fixture.openJournal()
    try journal.endRun(CommandFixture.runID, exitCode: 75, at: CommandFixture.time(8))
    try journal.beginRun(RunRecord(id: "run-20260201-100000-aaaaaa", startedAt: CommandFixture.time(9)))
    try journal.endRun("run-20260201-100000-aaaaaa", exitCode: 0, at: CommandFixture.time(9))
    journal.close()
    return fixture
  }

  @Test("without a name it is the latest run; the beginning of an id is enough, with or without run-")
  func names() throws {
    let fixture = try fixture()
    #expect(try fixture.run("report").output.hasPrefix("run run-20260201-100000-aaaaaa"))
    for name in ["run-20260131", "20260131", "RUN-20260131-100000-4F09AB"] {
      #expect(try fixture.run("report", name).output.hasPrefix("run \(CommandFixture.runID)"), "\(name)")
    }
  }

  @Test("an unknown run, an ambiguous beginning and a journal without runs end with 66")
  func notFound() throws {
    let fixture = try fixture()
    let unknown = try fixture.run("report 2027")
    #expect(unknown.code == 66)
    #expect(unknown.errors == "mission-control: no run has an id that begins with run-2027\n")
    let ambiguous = try fixture.run("report 2026")
    #expect(ambiguous.code == 66)
    #expect(ambiguous.errors.contains("begins more than one run's id"))
    #expect(ambiguous.errors.contains(CommandFixture.runID))
    #expect(try CommandFixture().run("report").code == 66)
    #expect(try fixture.run("report no_run").code == 64)
    #expect(try fixture.run("report a b").code == 64)
  }

  @Test(
    "the text has the numbers of the journal and the failures; what to type is with the run that came after")
  func text() throws {
    let outcome = try fixture().run("report 20260131")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("exit 75"))
    #expect(outcome.output.contains("\n  left               2\n"))
    #expect(outcome.output.contains("ERROR401"))
    #expect(
      !outcome.output.contains("mission-control retry") && !outcome.output.contains("mission-control run"))
    #expect(outcome.output.contains("\n  mission-control report --config "), "\(outcome.output)")
  }

  @Test("a run that works says so and does not offer to run")
  func live() throws {
    let fixture = try CommandFixture()
    let journal = try fixture.openJournal()
    defer { journal.close() }
    let outcome = try fixture.run("report")
    #expect(outcome.output.split(separator: "\n").first?.hasSuffix(", running") == true, "\(outcome.output)")
    #expect(!outcome.output.contains("mission-control run"))
    #expect(outcome.output.contains("mission-control status"))
    let json = try #require(try fixture.run("report --output json").json)
    #expect(json["ended"] is NSNull && json["finished_at"] is NSNull && json["exit_code"] is NSNull)
  }

  @Test("a killed run says so and ends at its last sign of life, however late it is asked for")
  func killed() throws {
    let fixture = try CommandFixture()
    let journal = try fixture.openJournal()
    journal.noteAlive(CommandFixture.runID, at: CommandFixture.time(6))
    journal.close()
    let outcome = try fixture.run("report")
    #expect(outcome.output.hasPrefix("run \(CommandFixture.runID)"))
    let head = try #require(outcome.output.split(separator: "\n").first)
    #expect(head.hasSuffix(", last sign of life 2026-01-31T10:00:06Z, killed"), "\(head)")
    #expect(outcome.output.contains("\n  time             6 s\n"), "\(outcome.output)")
    let json = try #require(try fixture.run("report --output json").json)
    #expect(json["ended"] as? String == "killed")
    #expect(json["finished_at"] as? String == "2026-01-31T10:00:06.000Z")
    #expect(json["exit_code"] is NSNull)
  }

  @Test("what became of a killed run's missions afterwards does not change its report")
  func killedThenRetried() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let before = try fixture.run("report", CommandFixture.runID)
    #expect(before.output.contains("\n  failed             1\n"))
    #expect(try fixture.run("retry --failed").code == 0)
    let journal = try Journal.open(path: fixture.journalPath, busy: .seconds(1))
    try journal.beginRun(RunRecord(id: "run-20260201-100000-aaaaaa", startedAt: CommandFixture.time(9)))
    _ = try journal.select(
      run: "run-20260201-100000-aaaaaa", SelectionRule(includesUnlisted: true), at: CommandFixture.time(9))
    journal.close()
    let after = try fixture.run("report", CommandFixture.runID)
    // What to type is said of the run that came after.
    func facts(_ output: String) -> [Substring] {
      output.components(separatedBy: "\nNext\n")[0].split(separator: "\n").filter {
        !$0.contains("mission-control ")
      }
    }
    #expect(facts(after.output) == facts(before.output))
    #expect(before.output.contains("mission-control run") && !after.output.contains("mission-control run"))
    let json = try #require(try fixture.run("report --output json", CommandFixture.runID).json)
    #expect((json["missions"] as? [Any])?.count == 4)
  }

  @Test("--html writes a page for its owner alone, prints nothing and says where it is")
  func html() throws {
    let fixture = try fixture()
    let path = fixture.folder + "/r.html"
    let outcome = try fixture.run("report 20260131 --html", path)
    #expect(outcome.code == 0 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("\nwrote \(path) ("))
    #expect(outcome.errors.contains("is not there or damaged; this is what the journal still has of the run"))
    let page = try fixture.read("r.html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains(">mission-control</span> <span class=\"word\">report</span>"))
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try fixture.run("report --output json --html", path).code == 64)
    #expect(try fixture.run("report --html", fixture.folder + "/no/r.html").code == 73)
  }

  @Test("JSON is the report file of the run")
  func json() throws {
    let json = try #require(try fixture().run("report 20260131 --output json").json)
    #expect(json["run_id"] as? String == CommandFixture.runID)
    #expect(json["exit_code"] as? Int == 75)
    #expect((json["missions"] as? [Any])?.count == 4)
    #expect((json["counts"] as? [String: Int])?["left"] == 2)
  }
}
