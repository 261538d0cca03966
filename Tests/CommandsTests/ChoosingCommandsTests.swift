import Crypto
import Foundation
import Journal
import MissionCore
import Testing

@testable import Commands

/// What windows, sources and days of a zone come to on the command line; `runs`, `why` and `rerun`.
@Suite("Commands that choose missions", .timeLimit(.minutes(5)))
struct ChoosingCommandsTests {
  private static let header = "date_start,date_end,media_type,languages\n"

  private func fixture(missions: String = "[missions/*.csv]", also: String = "") throws -> CommandFixture {
    let fixture = try CommandFixture()
    try fixture.write(
      "config.yaml", fixture.read("config.yaml").replacing("[missions/*.csv]", with: missions) + also)
    return fixture
  }

  private static let window = "{every: day, from: -7d, to: yesterday, media_type: video, languages: [pt]}"

  @Test("a window needs no file: plan tells what it makes, and where it stands")
  func windowAlone() throws {
    let fixture = try fixture(missions: "\n  - \(Self.window)")
    let json = try #require(try fixture.run("plan --output json").json)
    #expect(json["selected"] as? Int == 7)
    #expect(json["from"] as? String == "2026-01-24" && json["to"] as? String == "2026-01-30")
    #expect(json["seconds"] is NSNull)
    let text = try fixture.run("plan").output
    #expect(text.contains("\(fixture.config):3  7 missions  2026-01-24..2026-01-30  default"), "\(text)")
  }

  @Test("the same missions in a window and in a file are one, with the ids that files give")
  func sameMissions() throws {
    let fixture = try fixture(missions: "\n  - missions/*.csv\n  - \(Self.window)")
    try fixture.write(
      "missions/a.csv", Self.header + "2026-01-30,2026-01-30,video,pt\n2025-12-01,2025-12-01,video,pt\n")
    let json = try #require(try fixture.run("plan --output json").json)
    #expect(json["selected"] as? Int == 8 && json["duplicates"] as? Int == 1)
  }

  @Test("files that are named stand alone")
  func argumentsAlone() throws {
    let fixture = try fixture(missions: "\n  - \(Self.window)")
    try fixture.write("other.csv", Self.header + "2025-12-01,2025-12-01,video,pt\n")
    let json = try #require(try fixture.run("plan \(fixture.folder)/other.csv --output json").json)
    #expect(json["selected"] as? Int == 1)
  }

  @Test("days are those of time_zone, on the command line and in windows")
  func days() throws {
    // Ten in the morning by UTC is the next day on Kiritimati.
    let fixture = try fixture(missions: "\n  - \(Self.window)", also: "time_zone: Pacific/Kiritimati\n")
    var json = try #require(try fixture.run("plan --output json").json)
    #expect(json["to"] as? String == "2026-01-31")
    json = try #require(try fixture.run("plan --from yesterday --output json").json)
    #expect(json["selected"] as? Int == 1 && json["from"] as? String == "2026-01-31")
    try fixture.write("utc.yaml", fixture.read("config.yaml").replacing("Pacific/Kiritimati", with: "UTC"))
    let words = ["plan", "--from", "yesterday", "--output", "json", "--config", fixture.folder + "/utc.yaml"]
    json = try #require(try fixture.run(words: words).json)
    #expect(json["selected"] as? Int == 1 && json["from"] as? String == "2026-01-30")
  }

  @Test("a zone that is none ends a command that needs its days with 78, and only that")
  func wrongZone() throws {
    let fixture = try fixture(also: "time_zone: Nowhere/Land\n")
    let backfill = "--to 2026-01-31 --media-type video --languages pt"
    #expect(try fixture.run("backfill --from 2026-01-30 \(backfill)").code == 0)
    let outcome = try fixture.run("backfill --from -1d \(backfill)")
    #expect(outcome.code == 78 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("time_zone must be a name of the time zone database"))
    #expect(try fixture.run("status").code == 78)
  }

  @Test("list, cancel and prune choose by source and range")
  func bySource() throws {
    let fixture = try fixture()
    try fixture.openJournal().close()
    func total(_ line: String) throws -> Int? {
      try fixture.run("list --output json " + line).json?["total"] as? Int
    }
    #expect(try total("--source default") == 4)
    #expect(try total("--source amplis --source default") == 4)
    #expect(try total("--source amplis") == 0)
    #expect(try fixture.run("list --source Amplis").code == 64)
    #expect(try fixture.run("cancel --source amplis").output == "0 missions cancelled\n")
    // What ended is not waiting for another try.
    #expect(try fixture.run("cancel --failed --code ERROR4xx").output == "0 missions cancelled\n")
    #expect(try total("--code ERROR4xx") == 1 && total("--code ERROR3xx") == 0)
    #expect(try fixture.run("cancel --source default --from 2025-03-04").output == "1 mission cancelled\n")
    #expect(
      try fixture.run("prune --yes --failed --code ERROR4xx --to 2025-03-01").output
        == "0 missions and 0 events removed\n")
    #expect(
      try fixture.run("prune --yes --failed --code ERROR4xx --source default").output.hasPrefix(
        "1 mission and"))
    #expect(try total("") == 3)
  }

  @Test("backfill writes the source, and replaces its own file")
  func backfillSource() throws {
    let fixture = try fixture()
    let line =
      "backfill --from 2026-01-30 --to 2026-01-31 --media-type video --source amplis --write \(fixture.folder)/a.csv"
    for languages in ["pt", "pt,eng", "pt"] {
      #expect(try fixture.run(line + " --languages " + languages).code == 0)
    }
    #expect(
      try fixture.read("a.csv")
        == "date_start,date_end,media_type,languages,source\n2026-01-30,2026-01-30,video,pt,amplis\n"
        + "2026-01-31,2026-01-31,video,pt,amplis\n")
  }

  @Test("runs tells how each ended, the latest first")
  func runs() throws {
    let fixture = try fixture()
    #expect(try fixture.run("runs").output == "no runs\n")
    let journal = try fixture.openJournal()
    try journal.endRun(CommandFixture.runID, exitCode: 75, ended: .stopped, at: CommandFixture.time(90))
    try journal.beginRun(RunRecord(id: "run-20260131-110000-aaaaaa", startedAt: CommandFixture.time(3600)))
    journal.close()
    let json = try #require(try fixture.run("runs --output json").json)
    let runs = try #require(json["runs"] as? [[String: Any]])
    #expect(json["schema_version"] as? Int == 1 && runs.count == 2)
    #expect(
      Set(runs[1].keys) == [
        "run_id", "started_at", "finished_at", "seconds", "ended", "exit_code", "selected", "done", "failed",
        "left", "made",
      ])
    #expect(runs[0]["ended"] as? String == "killed" && runs[0]["exit_code"] is NSNull)
    #expect(runs[1]["ended"] as? String == "stopped" && runs[1]["exit_code"] as? Int == 75)
    #expect(
      runs[1]["seconds"] as? Double == 90 && runs[1]["selected"] as? Int == 4 && runs[1]["left"] as? Int == 2)
    #expect(try fixture.run("runs --limit 1 --output json").json?["runs"].map { ($0 as? [Any])?.count } == 1)
    let text = try fixture.run("runs").output
    #expect(text.contains(CommandFixture.runID) && text.contains("75 "), "\(text)")
  }

  @Test("why says by which rule a mission is chosen or not, where its row stands and what to type")
  func why() throws {
    let fixture = try fixture()
    try fixture.openJournal().close()
    try fixture.write("missions/a.csv", Self.header + "\n2025-03-10,2025-03-10,video,pt\n")
    func why(_ id: String) throws -> [String: Any] {
      try #require(try fixture.run("why \(id) --output json").json)
    }
    var told = try why("1")
    #expect(Set(told.keys) == ["schema_version", "mission", "selected", "rule", "next", "origin", "command"])
    #expect(told["rule"] as? String == "done" && told["selected"] as? Bool == false && told["next"] is NSNull)
    #expect(
      told["command"] as? String == "mission-control rerun \(CommandFixture.id(1)) --config \(fixture.config)"
    )
    told = try why("2")
    // ERROR401 is the surroundings' fault, but no file names it.
    #expect(told["rule"] as? String == "unlisted" && told["next"] as? String == "SCRAPE")
    #expect(
      told["command"] as? String
        == "mission-control run --only \(CommandFixture.id(2)) --config \(fixture.config)")
    #expect(told["origin"] is NSNull)
    // The file's mission is not in the journal yet.
    let new = MissionParameters(
      dateStart: CalendarDay("2025-03-10")!, dateEnd: CalendarDay("2025-03-10")!, mediaType: .video,
      languages: ["pt"])
    let name = MissionIDText.of(new)
    told = try why(name)
    #expect(
      told["rule"] as? String == "listed" && told["selected"] as? Bool == true && told["mission"] is NSNull)
    #expect((told["origin"] as? [String: Any])?["line"] as? Int == 3)
    #expect((told["origin"] as? [String: Any])?["file"] as? String == fixture.folder + "/missions/a.csv")
    let text = try fixture.run("why \(name)").output
    #expect(text.contains("its row stands at \(fixture.folder)/missions/a.csv:3"), "\(text)")
    #expect(try fixture.run("why ffff").code == 66)
    let failed = try fixture.run("why 2").output
    #expect(failed.contains("Failed before") && failed.contains("ERROR401"), "\(failed)")
  }

  @Test("rerun says how many first, puts DONE ones back and refuses others; verify and list know them still")
  func rerun() throws {
    let fixture = try fixture()
    try fixture.openJournal().close()
    #expect(try fixture.run("rerun").code == 64)
    #expect(try fixture.run("rerun 1 --from 2025-01-01").code == 64)
    #expect(try fixture.run("rerun --source default").code == 64, "nobody can be asked")
    let outcome = try fixture.run("rerun 1 2 --yes")
    #expect(outcome.code == 1)
    #expect(outcome.errors.contains("rerun will put 1 mission back to SCRAPE"), "\(outcome.errors)")
    #expect(outcome.output.contains("1 mission back to PENDING"))
    #expect(
      outcome.output.contains(
        "\(CommandFixture.id(2)) is FAILED: only DONE ones, and those with ERROR405, are run once more"))
    let record = try #require(try JournalReader(path: fixture.journalPath).mission(CommandFixture.id(1)))
    #expect(record.status == .pending && record.former.replaces && record.s3Key == "k.json")
    #expect(try fixture.run("rerun --to 2025-12-31 --yes --output json").json?["changed"] as? Int == 0)
    let told = try #require(try fixture.run("why 1 --output json").json)
    #expect(told["rule"] as? String == "put_back" && told["selected"] as? Bool == true)
  }

  @Test("a listed mission that is DONE for longer than refresh_after is chosen again, and why says so")
  func refresh() throws {
    let fixture = try fixture(
      missions:
        "\n  - {every: day, from: 2026-01-31, to: 2026-01-31, media_type: video, languages: [pt], refresh_after: 5s}"
    )
    let day = CalendarDay("2026-01-31")!
    let parameters = MissionParameters(dateStart: day, dateEnd: day, mediaType: .video, languages: ["pt"])
    let name = MissionIDText.of(parameters)
    let id = try #require(MissionID(name))
    let journal = try Journal.open(path: fixture.journalPath, busy: .seconds(1))
    try journal.beginRun(RunRecord(id: CommandFixture.runID, startedAt: CommandFixture.time(0)))
    _ = try journal.importMissions([(id, parameters, 0)], at: CommandFixture.time(0))
    _ = try journal.select(run: CommandFixture.runID, SelectionRule(), at: CommandFixture.time(0))
    let changes: [MissionChange] = [
      .started(worker: "worker-1"), .scrapeStarting(worker: "worker-1", proxy: nil),
      .scrapeStarted(jobID: "j"),
      .scrapeCompleted(adsCount: 1, size: 2, sha256: "aa", seconds: 2), .dbCompleted(seconds: 1),
      .s3Completed(key: "k", etag: "e", size: 1, sha256: "bb", seconds: 1),
    ]
    for change in changes {
      try journal.write(
        [.mission(MissionTransition(mission: id, change: change, events: [], at: CommandFixture.time(2)))],
        runID: nil)
    }
    journal.close()
    let json = try #require(try fixture.run("plan --output json").json)
    #expect(json["selected"] as? Int == 1 && (json["resumed"] as? [String: Int])?["s3"] == 0)
    #expect(json["seconds"] as? Double == 4)
    #expect(try fixture.run("plan").output.contains("due again (refresh_after)"))
    let told = try #require(try fixture.run("why \(name.prefix(8)) --output json").json)
    #expect(told["rule"] as? String == "refresh_after" && told["next"] as? String == "SCRAPE")
  }
}

/// Ids as mission files give them.
private enum MissionIDText {
  static func of(_ parameters: MissionParameters) -> String {
    "\(MissionID(digest: SHA256.digest(of: Array(parameters.canonicalLine().utf8))))"
  }
}
