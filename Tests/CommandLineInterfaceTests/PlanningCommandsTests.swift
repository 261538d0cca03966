import Foundation
import Journal
import MissionCore
import Testing

@testable import CommandLineInterface

@Suite("Commands that plan")
struct PlanningCommandsTests {
  private static let header = "date_start,date_end,media_type,languages\n"

  @Test("plan tells what would run without a journal, and makes none")
  func freshPlan() throws {
    let fixture = try CommandFixture()
    try fixture.write(
      "missions/a.csv",
      Self.header
        + "2025-01-01,2025-01-01,video,pt\n2025-01-04,2025-01-04,video,pt\n2025-01-01,2025-01-01,video,PT\n"
        + "2025-02-30,2025-02-30,video,pt\n")
    let outcome = try fixture.run("plan --output json")
    #expect(outcome.code == 65)
    let json = try #require(outcome.json)
    #expect(
      Set(json.keys) == [
        "schema_version", "selected", "resumed", "skipped", "rejected_rows", "duplicates", "from", "to",
        "gaps", "sessions",
      ])
    #expect(json["selected"] as? Int == 2)
    #expect(json["resumed"] as? [String: Int] == ["scrape": 0, "db": 0, "s3": 0])
    #expect(json["skipped"] as? [String: Int] == ["done": 0, "failed": 0, "cancelled": 0, "not_selected": 0])
    #expect(json["rejected_rows"] as? Int == 1)
    #expect(json["duplicates"] as? Int == 1)
    #expect(json["from"] as? String == "2025-01-01")
    #expect(json["to"] as? String == "2025-01-04")
    #expect(json["sessions"] as? Int == 1)
    let gaps = try #require(json["gaps"] as? [[String: Any]])
    #expect(gaps.count == 1)
    #expect(gaps.first?["from"] as? String == "2025-01-02" && gaps.first?["to"] as? String == "2025-01-03")
    #expect(outcome.errors.contains("missions/a.csv:5:1: "))
    #expect(!FileManager.default.fileExists(atPath: fixture.folder + "/state"))
  }

  @Test("plan knows what earlier runs left, and changes nothing")
  func resumedPlan() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let before = try Data(contentsOf: URL(fileURLWithPath: fixture.journalPath))
    let json = try #require(try fixture.run("run --dry-run --output json").json)
    #expect(json["selected"] as? Int == 2)
    #expect(json["resumed"] as? [String: Int] == ["scrape": 2, "db": 0, "s3": 0])
    #expect(json["skipped"] as? [String: Int] == ["done": 1, "failed": 1, "cancelled": 0, "not_selected": 0])
    #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.journalPath)) == before)
    let lines = try fixture.run("plan").output.split(separator: "\n")
    #expect(lines.contains("skipped, failed        1  --retry-failed selects them"))
    #expect(lines.last == "mission-control run --config \(fixture.config) starts it")
  }

  @Test("only a mission that the files or the journal know can be planned")
  func only() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    #expect(
      try fixture.run("plan --output json --only \(CommandFixture.id(3))").json?["selected"] as? Int == 1)
    #expect(try fixture.run("plan --only 9").code == 66)
    #expect(try fixture.run("plan --only 3").code == 66)
  }

  @Test("a mission file that does not exist ends with 66")
  func missingFile() throws {
    let fixture = try CommandFixture()
    #expect(try fixture.run("plan \(fixture.folder)/missions/none.csv").code == 66)
  }

  @Test("many bad rows are told up to a limit")
  func manyErrors() throws {
    let fixture = try CommandFixture()
    let rows = String(repeating: "2025-02-30,2025-02-30,video,pt\n", count: 80)
    try fixture.write("missions/a.csv", Self.header + rows)
    let outcome = try fixture.run("plan --output json")
    #expect(outcome.json?["rejected_rows"] as? Int == 80)
    #expect(outcome.errors.split(separator: "\n").count == 51)
    #expect(outcome.errors.contains("… and 30 more"))
  }

  @Test("backfill prints a mission a day and says how many on standard error")
  func backfill() throws {
    let fixture = try CommandFixture()
    let range = "backfill --from 2025-01-01 --to 2025-12-31 --media-type video --languages pt,eng"
    let outcome = try fixture.run(range)
    #expect(outcome.code == 0)
    #expect(outcome.errors == "365 missions\n")
    #expect(outcome.output.hasPrefix(Self.header + "2025-01-01,2025-01-01,video,\"eng,pt\"\n"))
    #expect(try fixture.run(range, "--quiet").errors == "")
  }

  @Test("backfill saves a file once and never replaces another")
  func backfillFile() throws {
    let fixture = try CommandFixture()
    let file = fixture.folder + "/missions/2025.csv"
    let range = "backfill --from 2025-01-01 --to 2025-01-02 --media-type video --languages pt --write \(file)"
    #expect(try fixture.run(range).errors == "2 missions written to \(file)\n")
    let saved = try fixture.read("missions/2025.csv")
    #expect(saved == Self.header + "2025-01-01,2025-01-01,video,pt\n2025-01-02,2025-01-02,video,pt\n")
    #expect(try fixture.run(range).errors == "2 missions written to \(file) before\n")
    try fixture.write("missions/2025.csv", saved + "2025-01-05,2025-01-05,video,pt\n")
    let refused = try fixture.run(range)
    #expect(refused.code == 73)
    #expect(refused.errors.contains("exists and holds something else"))
    #expect(try fixture.read("missions/2025.csv") != saved)
  }
}
