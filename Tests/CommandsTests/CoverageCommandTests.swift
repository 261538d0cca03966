import Foundation
import Journal
import MissionCore
import TestSupport
import Testing

@testable import Commands

@Suite("coverage", .timeLimit(.minutes(5)))
struct CoverageCommandTests {
  private static let header = "date_start,date_end,media_type,languages\n"

  /// 2025-03-01 DONE, 2 FAILED, 3 and 4 RUNNING; the files name the first of April too.
  private func fixture(
    rows: String = "2025-03-01,2025-03-04,video,pt\n2025-04-01,2025-04-01,image,\"pt,eng\"\n"
  )
    throws -> CommandFixture
  {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    try fixture.write("missions/a.csv", Self.header + rows)
    return fixture
  }

  /// `video 2025-03-01 2025-03-01 done`
  private func ranges(_ json: [String: Any]) throws -> [String] {
    try #require(json["slices"] as? [[String: Any]]).flatMap { slice in
      try #require(slice["ranges"] as? [[String: Any]]).map { range in
        #expect(Set(range.keys) == ["from", "to", "state"])
        return
          "\(slice["media_type"] ?? "") \(range["from"] ?? "") \(range["to"] ?? "") \(range["state"] ?? "")"
      }
    }
  }

  @Test(
    "the JSON has exactly the contract's members, counts are in days, and a day that is not there ends with 1"
  )
  func json() throws {
    let fixture = try fixture()
    let outcome = try fixture.run("coverage --output json")
    #expect(outcome.code == 1)
    let json = try #require(outcome.json)
    #expect(Set(json.keys) == ["schema_version", "from", "to", "slices", "counts"])
    #expect(json["schema_version"] as? Int == 1)
    #expect(json["from"] as? String == "2025-03-01" && json["to"] as? String == "2025-04-01")
    let slice = try #require((json["slices"] as? [[String: Any]])?.last)
    #expect(Set(slice.keys) == ["source", "media_type", "languages", "parameters", "ranges"])
    #expect(slice["languages"] as? [String] == ["eng", "pt"] && slice["source"] as? String == "default")
    #expect((slice["parameters"] as? [String: Any])?.isEmpty == true)
    #expect(
      try ranges(json) == [
        "video 2025-03-01 2025-03-01 done", "video 2025-03-02 2025-03-02 pending",
        "video 2025-03-03 2025-03-04 running", "image 2025-04-01 2025-04-01 pending",
      ])
    #expect(
      json["counts"] as? [String: Int] == [
        "done": 1, "empty": 0, "suspicious": 0, "failed": 0, "cancelled": 0, "pending": 2, "running": 2,
        "missing": 0, "lost": 0,
      ])
  }

  @Test("without mission files the days from the first to the last known one are wanted")
  func span() throws {
    let fixture = try fixture()
    try FileManager.default.removeItem(atPath: fixture.folder + "/missions/a.csv")
    let json = try #require(try fixture.run("coverage --output json").json)
    #expect(
      try ranges(json) == [
        "video 2025-03-01 2025-03-01 done", "video 2025-03-02 2025-03-02 failed",
        "video 2025-03-03 2025-03-04 running",
      ])
    let day = try fixture.run("coverage --from 2025-03-01 --to 2025-03-01")
    #expect(day.code == 0, "\(day.output)")
    #expect(day.output.hasSuffix("\nevery wanted day is there: 1 day, 1 slice\n"))
    let before = try #require(
      try fixture.run("coverage --from 2025-02-27 --to 2025-03-01 --output json").json)
    #expect(try ranges(before).first == "video 2025-02-27 2025-02-28 missing")
    #expect(before["from"] as? String == "2025-02-27")
  }

  @Test("what --like wants and no file of the configuration names is missing")
  func like() throws {
    let fixture = try fixture(rows: "2025-03-05,2025-03-05,video,pt\n")
    try fixture.write("like.csv", Self.header + "2025-03-01,2025-03-01,video,pt\n")
    try fixture.write("more.csv", Self.header + "2025-03-05,2025-03-07,video,pt\n")
    let line = "coverage --output json --like \(fixture.folder)/like.csv \(fixture.folder)/more.csv --verbose"
    let outcome = try fixture.run(line)
    #expect(
      try ranges(try #require(outcome.json)) == [
        "video 2025-03-01 2025-03-01 done", "video 2025-03-05 2025-03-05 pending",
        "video 2025-03-06 2025-03-07 missing",
      ])
    #expect(try fixture.run("coverage --like \(fixture.folder)/nothing.csv").code == 66)
  }

  @Test("the repair file holds the missions' own ranges, is read again, and replaces only its own kind")
  func write() throws {
    let fixture = try fixture(
      rows: "2025-03-02,2025-03-02,video,pt\n2025-04-01,2025-04-30,image,\"pt,eng\"\n")
    let file = fixture.folder + "/repair.csv"
    let outcome = try fixture.run("coverage --write \(file)")
    #expect(outcome.code == 1)
    #expect(
      try fixture.read("repair.csv")
        == "date_start,date_end,media_type,languages,source\n2025-03-02,2025-03-02,video,pt,\n"
        + "2025-04-01,2025-04-30,image,\"eng,pt\",\n")
    #expect(outcome.errors == "2 missions written to \(file)\n")
    #expect(
      outcome.output.hasSuffix(
        "mission-control run \(file) --retry-failed --config \(fixture.config)  runs the 2 missions of the file\n"
      ),
      "\(outcome.output)")
    // Again, and with nothing to repair.
    #expect(try fixture.run("coverage --write \(file)").code == 1)
    let plan = try #require(try fixture.run("plan \(file) --retry-failed --output json").json)
    #expect(plan["selected"] as? Int == 2 && plan["rejected_rows"] as? Int == 0)
    let whole = try fixture.run("coverage --to 2025-03-01 --write \(file)")
    #expect(whole.code == 0)
    #expect(try fixture.read("repair.csv") == "date_start,date_end,media_type,languages,source\n")
    // A file of a person's.
    try fixture.write("mine.csv", Self.header + "2025-03-02,2025-03-02,video,pt\n")
    let refused = try fixture.run("coverage --write \(fixture.folder)/mine.csv")
    #expect(refused.code == 73 && refused.errors.contains("holds something else"))
    let wish = try fixture.run("coverage --write \(fixture.folder)/missions/a.csv")
    #expect(wish.code == 73 && wish.errors.contains("say what is wanted"))
    #expect(try fixture.run("coverage --write \(fixture.folder)/nowhere/a.csv").code == 73)
  }

  @Test("a mission of a source that is not configured any more is told and not written")
  func undeclared() throws {
    let fixture = try fixture(rows: "2025-03-02,2025-03-02,video,pt\n")
    let config = try fixture.read("config.yaml")
    try FileManager.default.removeItem(atPath: fixture.folder + "/missions/a.csv")
    try fixture.write("config.yaml", config + "sources: {other: {kind: worker}}\n")
    let outcome = try fixture.run("coverage --write \(fixture.folder)/repair.csv")
    #expect(outcome.code == 1)
    #expect(
      outcome.errors.contains("0 missions written") && outcome.errors.contains("3 missions cannot be named"))
    #expect(!outcome.output.contains("mission-control run"))
  }

  @Test(
    "rows that cannot be read leave it unknown what is wanted: 65 when all the rest is there, 1 before that")
  func inputErrors() throws {
    let fixture = try fixture(rows: "2025-03-01,2025-03-01,video,pt\n2025-02-30,2025-03-01,video,pt\n")
    #expect(try fixture.run("coverage").code == 65)
    try fixture.write("missions/b.csv", Self.header + "2025-03-02,2025-03-02,video,pt\n")
    #expect(try fixture.run("coverage").code == 1)
  }

  @Test("several journals are put together, and one that is not there ends with 66")
  func journals() throws {
    let (one, other) = (try fixture(), try fixture())
    let journal = try Journal.open(path: other.journalPath, busy: .seconds(1))
    _ = try journal.cancel(CommandFixture.id(3), at: CommandFixture.time(9))
    journal.close()
    try FileManager.default.removeItem(atPath: one.folder + "/missions/a.csv")
    let both = try #require(
      try one.run("coverage --output json --journal \(one.journalPath) \(other.journalPath)").json)
    #expect(
      try ranges(both) == [
        "video 2025-03-01 2025-03-01 done", "video 2025-03-02 2025-03-02 failed",
        "video 2025-03-03 2025-03-04 running",
      ])
    let alone = try #require(try one.run("coverage --output json --journal \(other.journalPath)").json)
    #expect((alone["counts"] as? [String: Int])?["cancelled"] == 1)
    let missing = try one.run("coverage --journal \(one.folder)/none.sqlite")
    #expect(missing.code == 66 && missing.errors.contains("does not exist"))
  }

  @Test("before the first run every listed day is pending, and with nothing named nothing is wanted")
  func nothing() throws {
    let fixture = try CommandFixture()
    let empty = try fixture.run("coverage")
    #expect(empty.code == 0)
    #expect(empty.output == "no day is wanted: neither a mission file nor the journal names one\n")
    let json = try #require(try fixture.run("coverage --output json").json)
    #expect(json["from"] is NSNull && json["to"] is NSNull)
    try fixture.write("missions/a.csv", Self.header + "2025-03-01,2025-03-02,video,pt\n")
    let listed = try fixture.run("coverage --output csv")
    #expect(
      listed.output
        == "source,media_type,languages,parameters,from,to,state,days\r\n"
        + "default,video,pt,{},2025-03-01,2025-03-02,pending,2\r\n")
    #expect(listed.code == 1)
    #expect(listed.errors.contains("coverage --write repair.csv --config"))
    #expect(!FileManager.default.fileExists(atPath: fixture.folder + "/state"))
  }

  @Test("as text and as a page in both languages", arguments: ["en", "pt-BR"])
  func golden(locale: String) throws {
    let fixture = try fixture(rows: "2025-02-20,2025-03-04,video,pt\n2025-03-01,2025-03-01,video,pt\n")
    for (format, name) in [("text", "txt"), ("html", "html")] {
      let outcome = try fixture.run("coverage --locale \(locale) --output \(format)")
      #expect(outcome.code == 1)
      var text = outcome.output.replacingOccurrences(of: fixture.config, with: "/home/me/config.yaml")
      if format == "html" {
        // Style and script have tests of their own.
        for (begin, end) in [
          ("<style>", "</style>"), ("<script>", "</script>"), ("content=\"default-src", "\">"),
        ] {
          let start = try #require(text.range(of: begin)).upperBound
          text.removeSubrange(
            start..<(try #require(text.range(of: end, range: start..<text.endIndex))).lowerBound)
        }
      }
      try Golden.expect(text, (locale == "en" ? "" : "pt-BR/") + "coverage.\(name)")
    }
  }
}
