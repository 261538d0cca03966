import Foundation
import Journal
import MissionCore
import Testing

@testable import Commands

@Suite("Commands that read the journal", .timeLimit(.minutes(5)))
struct ReadingCommandsTests {
  @Test("list shows a page, the total and how the range stands")
  func listJSON() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let json = try #require(try fixture.run("list --output json --limit 2 --offset 1").json)
    #expect(Set(json.keys) == ["schema_version", "missions", "total", "limit", "offset", "summary"])
    let missions = try #require(json["missions"] as? [[String: Any]])
    #expect(missions.map { $0["id"] as? String } == [2, 3].map { CommandFixture.id($0).description })
    #expect(json["total"] as? Int == 4)
    #expect(json["limit"] as? Int == 2)
    #expect(json["offset"] as? Int == 1)
    #expect(
      json["summary"] as? [String: Int] == [
        "total": 4, "pending": 0, "queued": 0, "running": 2, "done": 1, "failed": 1, "cancelled": 0,
      ])
  }

  @Test("a list of more than a block is streamed and the same")
  func longList() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let short = try fixture.run("list --output csv --limit 3 --offset 1")
    let long = try fixture.run("list --output csv --limit 100000 --offset 1")
    #expect(short.output == long.output)
    #expect(short.output.split(separator: "\r\n").count == 4)
  }

  @Test("CSV cells cannot start a formula and are quoted where they must be")
  func csv() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let outcome = try fixture.run("list --output csv --code error401")
    #expect(outcome.output.contains(#","'=evil, ""quoted""","#))
    #expect(MissionCSV.cell("+1") == "'+1")
    #expect(MissionCSV.cell("a\nb") == "\"a\nb\"")
    #expect(
      MissionCSV.header.split(separator: ",").count
        == MissionCSV.row(record).split(separator: ",", omittingEmptySubsequences: false).count)
  }

  @Test(
    "no field of a row begins a formula, whichever separator a program splits it at and whether it knows quotes"
  )
  func separators() {
    let starters = Array("=+-@＝＋－＠")
    let separators = Array(";,\t| :\n\r~^")
    for starter in starters {
      for separator in separators {
        for filling in ["", " ", "\"", "\"\"", "' ", "\t"] where !filling.hasPrefix("'") {
          let text = "x\(separator)\(filling)\(starter)cmd|' /C calc'!A0"
          let line = MissionCSV.cell(text)
          for place in line.indices where line[place] == starter {
            let before = line[..<place].reversed().first { !" \t\"".contains($0) }
            #expect(before == "'", "\(text.debugDescription) became \(line.debugDescription)")
          }
        }
      }
      #expect(MissionCSV.cell(" \"\(starter)1").contains("'"))
    }
    for harmless in [
      "2025-01-01", "worker-1", "a=b", "me@example.com", "2026-01-31T10:00:02.000Z", "https://h/p?a=b&c=d",
      "s=5;t=6", "1+1",
    ] { #expect(MissionCSV.cell(harmless) == harmless) }
  }

  /// A configuration all of whose secrets come from variables that are not set.
  private static let withoutSecrets = """
    version: 1
    missions: [missions/*.csv]
    workers:
      - {name: worker-1, url: "${WORKER_URL}", api_key: "${WORKER_KEY}"}
      - {name: worker-2, url: "https://worker2.example.com", api_key: {file: /nowhere/key}}
    proxies: [{server: "${PROXY}", username: "${PROXY_USER}", password: "${PROXY_PASSWORD}"}]
    storage_db: {connection_string: "postgresql://me:${PG_PASSWORD}@h/d"}
    storage_s3: {secret_key: "${S3_SECRET}"}
    notify:
      webhook: {secret_url: "${HOOK}"}
      email: {server: "${MAIL}", username: me, password: "${MAIL_PASSWORD}", from: "${FROM}", to: ["${TO}"]}

    """

  @Test(
    "commands that only read need no secret and no variable that only others use",
    arguments: ["status", "list", "show 1", "report", "plan", "list --output csv", "status --output json"])
  func withoutSecrets(line: String) throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    try fixture.write("missions/a.csv", "date_start,date_end,media_type,languages\n")
    let with = try fixture.run(line)
    try fixture.write("config.yaml", Self.withoutSecrets)
    let without = try fixture.run(line)
    #expect(without.code == 0 && without.errors == "", "\(without.errors)")
    #expect(without.output == with.output)
  }

  @Test(
    "what uses a secret names every variable that is missing",
    arguments: ["run", "check", "verify", "config"])
  func usingSecrets(line: String) throws {
    let fixture = try CommandFixture()
    try fixture.write("config.yaml", Self.withoutSecrets)
    let outcome = try fixture.run(line)
    #expect(outcome.code == 78)
    for name in [
      "WORKER_URL", "WORKER_KEY", "/nowhere/key", "PROXY", "PROXY_USER", "PROXY_PASSWORD", "PG_PASSWORD",
      "S3_SECRET", "S3_BUCKET", "S3_ACCESS_KEY", "HOOK", "MAIL", "MAIL_PASSWORD", "FROM", "TO",
    ] { #expect(outcome.errors.contains(name), "\(name)") }
  }

  @Test("a wrong configuration is told to commands that only read as well, and what they use they need")
  func wrongForReaders() throws {
    let fixture = try CommandFixture()
    try fixture.write("config.yaml", Self.withoutSecrets + "jounal: {path: x}\n")
    #expect(try fixture.run("list").code == 78)
    try fixture.write("config.yaml", Self.withoutSecrets + "journal: {path: \"${STATE}/j.sqlite\"}\n")
    let outcome = try fixture.run("list")
    #expect(outcome.code == 78 && outcome.errors.contains("STATE"))
    try fixture.write(
      "config.yaml", Self.withoutSecrets.replacingOccurrences(of: "me:${PG_PASSWORD}@h", with: "me:a@b@h"))
    #expect(try fixture.run("list").code == 78)
  }

  @Test("a configuration that is not there says where one comes from")
  func noConfiguration() throws {
    let fixture = try CommandFixture()
    try FileManager.default.removeItem(atPath: fixture.config)
    let outcome = try fixture.run("list")
    #expect(outcome.code == 66)
    #expect(outcome.errors.contains("config.yaml: does not exist"))
    #expect(outcome.errors.contains("examples/") && outcome.errors.contains("--config FILE"))
    let portuguese = try fixture.run("list --locale pt-BR")
    #expect(portuguese.errors.contains("não existe") && portuguese.errors.contains("--config FILE"))
    #expect(!portuguese.errors.contains("another"))
  }

  private var record: MissionRecord {
    MissionRecord(
      id: CommandFixture.id(1),
      parameters: MissionParameters(
        dateStart: CalendarDay("2025-01-01")!, dateEnd: CalendarDay("2025-01-01")!, mediaType: .all,
        languages: ["pt"]),
      createdAt: CommandFixture.time(0))
  }

  @Test("the table is aligned and says what else there is")
  func listText() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let lines = try fixture.run("list --limit 2").output.split(separator: "\n").map(String.init)
    try #require(lines.count == 4)
    #expect(
      lines[0] == "ID        DAYS        TYPE   LANGUAGES  STATUS  AT      ADS  CODE      WORKER    FINISHED")
    #expect(
      lines[1]
        == "10000000  2025-03-01  video  pt         DONE    -        20  -         worker-1  2026-01-31T10:00:02Z"
    )
    #expect(lines.last == "1 to 2 of 4 missions; --offset 2 shows more")
  }

  @Test("before the first run there are no missions and that is no error")
  func noJournal() throws {
    let fixture = try CommandFixture()
    #expect(try fixture.run("list").output == "no missions\n")
    #expect(try fixture.run("list --output json").json?["total"] as? Int == 0)
    let status = try #require(try fixture.run("status --output json").json)
    #expect((status["workers"] as? [[String: Any]])?.count == 2)
    #expect(try fixture.run("show 4f").code == 66)
    #expect(try fixture.run("retry --failed").code == 0)
    #expect(try fixture.run("cancel 4f").code == 66)
    #expect(!FileManager.default.fileExists(atPath: fixture.folder + "/state"))
  }

  @Test("show finds a mission by the beginning of its id and tells its history")
  func show() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let json = try #require(try fixture.run("show 2 --output json").json)
    let events = try #require(json["events"] as? [[String: Any]])
    #expect(events.allSatisfy { Set($0.keys) == ["at", "run_id", "event", "details"] })
    #expect(events.last?["event"] as? String == "FAILED")
    #expect((events.last?["details"] as? [String: Any])?["tries"] as? Int == 3)
    #expect(events.first?["run_id"] as? String == CommandFixture.runID)
    let text = try fixture.run("show 2").output
    #expect(text.contains("[✗] SCRAPE  [ ] DB  [ ] S3   FAILED"))
    #expect(text.contains("error       ERROR401 store does not accept the credentials"))
    #expect(text.contains(#"FAILED    code="ERROR401" tries=3"#))
  }

  @Test("an ambiguous id ends with 66 and the candidates, an unknown one with 66")
  func lookup() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let ambiguous = try fixture.run("show 3")
    #expect(ambiguous.code == 66)
    for number in [3, 4] { #expect(ambiguous.errors.contains(CommandFixture.id(number).description)) }
    let unknown = try fixture.run("show 9")
    #expect(unknown.code == 66)
    #expect(unknown.errors == "mission-control: no mission has an id that begins with 9\n")
  }

  @Test("while a run is live, status tells its rate and what its workers do")
  func statusLive() throws {
    let fixture = try CommandFixture()
    let journal = try fixture.openJournal()
    defer { journal.close() }
    let json = try #require(try fixture.run("status --output json").json)
    #expect(
      Set(json.keys) == [
        "schema_version", "is_running", "run_id", "workers", "queue", "counts", "today", "rate_per_second",
        "eta_seconds", "proxies", "last_run", "backfill", "sessions",
      ])
    #expect(json["last_run"] is NSNull)
    #expect(json["is_running"] as? Bool == true)
    #expect(json["run_id"] as? String == CommandFixture.runID)
    #expect(json["rate_per_second"] as? Double == 0.2)
    #expect(json["eta_seconds"] as? Double == 10)
    #expect(json["today"] as? [String: Int] == ["done": 1, "failed": 1])
    #expect(json["queue"] as? [String: Int] == ["total": 0])
    let workers = try #require(json["workers"] as? [[String: Any]])
    #expect(workers.map { $0["status"] as? String } == ["running", "idle"])
    #expect((workers[0]["missions"] as? [[String: Any]])?.count == 2)
    let text = try fixture.run("status").output
    #expect(
      text.contains(
        "run \(CommandFixture.runID) is live since 2026-01-31T10:00:00Z: 2 of 4, 0.2/s, 10 s left"))
    #expect(text.contains("worker-2  idle"))
  }

  @Test("of a worker that gets fewer jobs at once than it could have, status tells how many and why")
  func statusLimited() throws {
    let fixture = try CommandFixture()
    let journal = try fixture.openJournal()
    defer { journal.close() }
    let limit = LaneLimit(limit: 3, capacity: 10, reason: .slower(times: 4.06))
    try journal.write(
      [.laneLimited(lane: "worker-2", limit, at: Timestamp(milliseconds: 0))], runID: CommandFixture.runID)
    let json = try #require(try fixture.run("status --output json").json)
    let workers = try #require(json["workers"] as? [[String: Any]])
    #expect(workers[0]["at_once"] is NSNull)
    let told = try #require(workers[1]["at_once"] as? [String: Any])
    #expect(told["limit"] as? Int == 3 && told["capacity"] as? Int == 10)
    #expect(told["reason"] as? String == "its jobs took 4.1 times as long with more")
    let text = try fixture.run("status").output
    #expect(text.contains("worker-2  3 of 10 at once: its jobs took 4.1 times as long with more"))
    let portuguese = try fixture.run("status --locale pt-BR").output
    #expect(portuguese.contains("worker-2  3 de 10 por vez: com mais, cada job levou 4,1 vezes o tempo"))
  }

  @Test("after a run was killed nothing is live, whatever the journal says")
  func statusKilled() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    let json = try #require(try fixture.run("status --output json").json)
    #expect(json["is_running"] as? Bool == false)
    #expect(json["run_id"] is NSNull && json["rate_per_second"] is NSNull && json["eta_seconds"] is NSNull)
    #expect((json["workers"] as? [[String: Any]])?.map { $0["status"] as? String } == ["idle", "idle"])
    let last = try #require(json["last_run"] as? [String: Any])
    #expect(last["run_id"] as? String == CommandFixture.runID)
    #expect(last["ended"] as? String == "killed" && last["exit_code"] is NSNull)
    #expect(last["finished_at"] as? String == "2026-01-31T10:00:03.000Z")
    #expect(last["seconds"] as? Double == 3)
    #expect(last["selected"] as? Int == 4 && last["left"] as? Int == 2)
  }

  @Test("after a run status tells how it ended and what to type, and nothing is said to run")
  func statusAfterwards() throws {
    let fixture = try CommandFixture()
    let journal = try fixture.openJournal()
    try journal.endRun(CommandFixture.runID, exitCode: 75, ended: .timeUp, at: CommandFixture.time(8))
    journal.close()
    let text = try fixture.run("status").output
    #expect(text.contains("\n  interrupted  2\n") && !text.contains("running"), "\(text)")
    #expect(
      text.contains(
        "last run \(CommandFixture.runID), ended 2026-01-31T10:00:08Z\n"
          + "  exit 75, stopped by --max-duration: 2 of 4\n"), "\(text)")
    #expect(text.contains("mission-control run --config \(fixture.config) "), "\(text)")
    #expect(text.contains("runs 3: the 2 left and the 1 whose surroundings failed"))
    let json = try #require(try fixture.run("status --output json").json)
    #expect((json["last_run"] as? [String: Any])?["ended"] as? String == "time_up")
    #expect((json["counts"] as? [String: Int])?["running"] == 2)
  }

  @Test("a wrong configuration ends with 78, a missing one with 66, both on standard error")
  func configurationErrors() throws {
    let fixture = try CommandFixture()
    try fixture.write("config.yaml", "version: 1\nworkrs: []\n")
    let wrong = try fixture.run("status")
    #expect(wrong.code == 78)
    #expect(wrong.output.isEmpty)
    #expect(wrong.errors.contains("config.yaml:2:1: "))
    try FileManager.default.removeItem(atPath: fixture.config)
    #expect(try fixture.run("status").code == 66)
  }

  @Test("config shows no secret")
  func config() throws {
    let fixture = try CommandFixture()
    for format in ["text", "json"] {
      let outcome = try fixture.run("config --output \(format)")
      #expect(outcome.code == 0)
      #expect(outcome.output.contains("worker-1") && !outcome.output.contains("canary"))
    }
    #expect(try fixture.run("config schema").json?["properties"] != nil)
  }

  @Test("a closed standard output is no failure of the command")
  func closedOutput() throws {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let code = MissionControlMain.run(
      ["list", "--config", fixture.config], [:], now: { CommandFixture.time(10) }, output: ends[1],
      errors: ends[1])
    #expect(code == 0)
  }

  @Test("with --log-format json even a failure is a JSON line on standard error")
  func jsonFailure() throws {
    let fixture = try CommandFixture()
    let outcome = try fixture.run("show 4f --log-format json")
    #expect(outcome.code == 66)
    let line = try JSONSerialization.jsonObject(with: Data(outcome.errors.utf8)) as? [String: String]
    #expect(line?["level"] == "error")
    #expect(line?["message"] == "no mission has an id that begins with 4f")
  }
}
