import Foundation
import Journal
import MissionCore
import Testing

@testable import Commands

@Suite("Commands that plan", .timeLimit(.minutes(5)))
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
        "gaps", "sessions", "unlisted", "failed_earlier", "refused_files", "recovered", "seconds",
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

  /// The rows of the fixture's four missions; their ids are others.
  private static let rows = (1...4).map { "2025-03-0\($0),2025-03-0\($0),video,pt\n" }.joined()

  @Test("plan knows what earlier runs left, and changes nothing")
  func resumedPlan() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    try fixture.write("missions/a.csv", Self.header)
    let before = try Data(contentsOf: URL(fileURLWithPath: fixture.journalPath))
    var json = try #require(try fixture.run("run --dry-run --output json --unlisted").json)
    #expect(json["selected"] as? Int == 3)
    #expect(json["resumed"] as? [String: Int] == ["scrape": 2, "db": 0, "s3": 0])
    #expect(json["skipped"] as? [String: Int] == ["done": 1, "failed": 0, "cancelled": 0, "not_selected": 0])
    json = try #require(try fixture.run("plan --output json").json)
    #expect(json["selected"] as? Int == 0 && json["unlisted"] as? Int == 2)
    #expect(json["skipped"] as? [String: Int] == ["done": 1, "failed": 1, "cancelled": 0, "not_selected": 2])
    #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.journalPath)) == before)
    let lines = try fixture.run("plan").output.split(separator: "\n")
    #expect(lines.contains("2 unfinished missions are in none of the files"))
    #expect(
      lines.last
        == "mission-control run --unlisted --config \(fixture.config)  runs 3, the 2 in none of the files among them"
    )
  }

  @Test("a pattern that matches no file is a warning; 66 when nothing at all is found, also for run")
  func nothingFound() throws {
    let fixture = try CommandFixture()
    for command in ["plan", "run"] {
      let outcome = try fixture.run(command)
      #expect(
        outcome.code == 66 && outcome.errors.contains("missions/*.csv"), "\(command): \(outcome.errors)")
    }
    try fixture.write(
      "config.yaml",
      fixture.read("config.yaml").replacing("[missions/*.csv]", with: "['missions/*.csv', 'more/*.csv']"))
    try fixture.write("missions/a.csv", Self.header + Self.rows)
    let outcome = try fixture.run("plan --output json")
    #expect(outcome.code == 0 && outcome.json?["selected"] as? Int == 4)
    #expect(outcome.errors.contains("more/*.csv") && outcome.errors.contains("matches no file"))
  }

  @Test("a folder that cannot be read ends with 65 and the reason, whatever else is found")
  func unreadable() throws {
    let fixture = try CommandFixture()
    try fixture.write(
      "config.yaml",
      fixture.read("config.yaml").replacing("[missions/*.csv]", with: "['loop/*.csv', 'missions/*.csv']"))
    symlink("loop", fixture.folder + "/loop")
    for command in ["plan", "run"] {
      let outcome = try fixture.run(command)
      #expect(
        outcome.code == 65 && outcome.errors.contains("Too many levels of symbolic links"),
        "\(outcome.errors)")
    }
    try fixture.write("missions/a.csv", Self.header + Self.rows)
    let outcome = try fixture.run("plan --output json")
    #expect(
      outcome.code == 65 && outcome.json?["selected"] as? Int == 4
        && outcome.json?["refused_files"] as? Int == 1)
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

  @Test("backfill replaces what it wrote itself, whatever the range was, and says so")
  func replacedBackfill() throws {
    let fixture = try CommandFixture()
    let file = fixture.folder + "/missions/daily.csv"
    func save(_ range: String) throws -> CommandFixture.Outcome {
      try fixture.run("backfill \(range) --write \(file)")
    }
    _ = try save("--from 2025-01-31 --to 2025-04-02 --media-type all --languages pt,eng --every month")
    var outcome = try save("--from 2025-01-02 --to 2025-01-09 --media-type video --languages pt --every week")
    #expect(outcome.code == 0)
    #expect(
      outcome.errors == "2 missions written to \(file) in place of 4 missions that backfill wrote before\n")
    outcome = try save("--from 2025-01-03 --to 2025-01-03 --media-type video --languages pt")
    #expect(outcome.code == 0)
    let saved = try fixture.read("missions/daily.csv")
    #expect(saved == Self.header + "2025-01-03,2025-01-03,video,pt\n")
    // What a person has touched stays.
    for touched in [
      saved + "\n", saved.replacing(",pt", with: ",PT"), Self.header, saved.replacing("\n", with: "\r\n"), "",
    ] {
      try fixture.write("missions/daily.csv", touched)
      #expect(try save("--from 2025-01-04 --to 2025-01-04 --media-type video --languages pt").code == 73)
      #expect(try fixture.read("missions/daily.csv") == touched)
    }
  }

  @Test("backfill --write - is standard output")
  func backfillDash() throws {
    let fixture = try CommandFixture()
    let outcome = try fixture.run(
      "backfill --from 2025-01-01 --to 2025-01-01 --media-type video --languages pt --write -")
    #expect(outcome.code == 0 && outcome.output == Self.header + "2025-01-01,2025-01-01,video,pt\n")
    #expect(outcome.errors == "1 mission\n" && !FileManager.default.fileExists(atPath: "-"))
  }
}
