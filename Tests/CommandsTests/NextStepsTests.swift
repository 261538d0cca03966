import Files
import Foundation
import Journal
import MissionCore
import Report
import Testing

@testable import Commands
@testable import Runs

/// Next commands are exact (SPEC 4): `plan` with the options of each selects the number beside it.
@Suite("Next steps", .timeLimit(.minutes(5)))
struct NextStepsTests {
  private struct Draw: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &self) == 0 }
    mutating func one<T>(_ of: [T]) -> T { of.randomElement(using: &self)! }
  }

  private static let header = "date_start,date_end,media_type,languages\n"

  private static func rows(_ draw: inout Draw, _ count: Int) -> [String] {
    (0..<count).map { _ in
      let day = String(format: "2025-01-%02d", Int.random(in: 1...28, using: &draw))
      return "\(day),\(day),\(draw.one(["video", "image"])),\(draw.one(["pt", "\"pt,eng\""]))\n"
    }
  }

  /// Options of a run, drawn.
  private static func options(_ draw: inout Draw, _ fixture: CommandFixture, _ ids: [MissionID]) -> [String] {
    var words: [String] = []
    if draw.chance(3) { words.append(fixture.folder + "/more.csv") }
    if draw.chance(6), !ids.isEmpty {
      for id in ids.shuffled(using: &draw).prefix(4) { words += ["--only", "\(id)"] }
    }
    if draw.chance(4) { words += ["--from", "2025-01-08"] }
    if draw.chance(4) { words += ["--to", "2025-01-20"] }
    if draw.chance(5) { words += ["--media-type", "video"] }
    if draw.chance(5) { words += ["--languages", "eng"] }
    if draw.chance(4) { words += ["--shard", draw.one(["0/2", "1/2"])] }
    if draw.chance(4) { words += ["--worker", "worker-1"] }
    if draw.chance(3) { words += ["--limit", "\(Int.random(in: 1...9, using: &draw))"] }
    if draw.chance(4) { words += ["--order", "newest"] }
    if draw.chance(4) { words += ["--retry-failed"] }
    if draw.chance(4) { words += ["--unlisted"] }
    return words
  }

  private static func runOptions(_ words: [String]) throws -> RunOptions {
    let invocation = try Reading.invocation(words, today: CommandFixture.time(0).day)
    return try #require(invocation.options as? RunOptions)
  }

  /// A run as `RunSession` makes it, with drawn fates instead of workers. Now and then it is killed, and its file is the
  /// one of its beginning.
  private static func run(
    _ words: [String], _ id: String, _ fixture: CommandFixture, _ draw: inout Draw
  ) throws {
    let options = try runOptions(["--config", fixture.config, "run"] + words)
    let journal = try Journal.open(path: fixture.journalPath, busy: .seconds(1))
    defer { journal.close() }
    try journal.beginRun(RunRecord(id: id, startedAt: CommandFixture.time(0)))
    for mission in try journal.interrupted() {
      try write(mission.id, .requeued(crashes: 0, deferred: false), journal, id)
    }
    var intake = MissionIntake(.any) { _ in }
    let files = options.files.isEmpty ? [fixture.folder + "/missions/a.csv"] : options.files
    try intake.take(MissionFileChoice(files: files), into: journal, runID: id, at: CommandFixture.time(0))
    let ids = try MissionLookup.ids(of: options.only, journalPath: fixture.journalPath)
    let rule = options.rule(only: options.only.isEmpty ? [] : ids, schedules: [])
    let selection = try journal.select(run: id, rule, at: CommandFixture.time(0))
    let reader = try JournalReader(path: fixture.journalPath)
    let steps = NextSteps(options: options, configPath: fixture.config, selection: selection)
    let folder = fixture.folder + "/state/reports"
    try Folder.makeLast(folder)
    let path = ResultsFile.path(inFolder: folder, runID: id)
    var circumstances = ReportCircumstances(now: CommandFixture.time(9))
    circumstances.commandSuffix = " --config \(fixture.config)"
    circumstances.advice = steps.advice
    circumstances.isLive = true
    _ = try ResultsFile.write(to: path, runID: id, from: reader, circumstances)
    for mission in try journal.claim(after: nil, order: options.order, limit: 100).0 {
      try leave(mission, journal, id, &draw)
    }
    if draw.chance(4) { return }
    let counts = try reader.run(id: id)!.counts
    var advice = steps.advice
    advice.next = steps.afterRun(
      left: counts.left, failures: try journal.failuresToRepeat(run: id, rule), isBlocked: draw.chance(4),
      hasRefusedRows: draw.chance(4), backfill: try BackfillStanding(reader))
    #expect(advice.next.count <= 1, "one command is to be typed next")
    try journal.endRun(id, exitCode: 75, at: CommandFixture.time(9))
    circumstances.advice = advice
    circumstances.isLive = false
    _ = try ResultsFile.write(to: path, runID: id, from: reader, circumstances)
  }

  /// What is told of the last run: its report as text and as a page, and the status.
  private static func told(_ fixture: CommandFixture) throws -> [String] {
    let page = fixture.folder + "/page.html"
    #expect(try fixture.run("report", "--html", page).code == 0)
    return [
      try fixture.run("report").output, try fixture.run("status").output,
      Self.lines(ofPage: try fixture.read("page.html")),
    ]
  }

  /// Of each command on the page a line as the text has it, what it does behind it.
  private static func lines(ofPage page: String) -> String {
    page.matches(of: /<li><p>([^<]*)<\/p><div class="command">(.*?)<\/div>/).map { match in
      let command = match.2.replacing(/<[^>]*>/, with: "").replacing("&#39;", with: "'")
      return "\(command)  \(match.1)\n"
    }.joined()
  }

  private static func leave(
    _ mission: MissionRecord, _ journal: Journal, _ run: String, _ draw: inout Draw
  ) throws {
    let way = Int.random(in: 0..<7, using: &draw)
    if way == 0 { return }
    try write(mission.id, .started(worker: "worker-1"), journal, run)
    if way == 1 { return }
    if way == 2 || way == 3 {
      let code = draw.one([
        ErrorCode.jobFailed, .workerUnavailable, .destinationTimedOut, .destinationDoesNotFit,
      ])
      return try write(mission.id, .failed(code: code, cause: nil, message: "m"), journal, run)
    }
    if mission.checkpoint == .scrape {
      try write(mission.id, .scrapeCompleted(adsCount: 1, size: 9, sha256: "aa", seconds: 1), journal, run)
    }
    if way == 4 { return }
    if mission.checkpoint != .s3 { try write(mission.id, .dbCompleted(seconds: 1), journal, run) }
    try write(mission.id, .s3Completed(key: "k", etag: "e", size: 9, sha256: "b", seconds: 1), journal, run)
  }

  private static func write(
    _ id: MissionID, _ change: MissionChange, _ journal: Journal, _ run: String
  ) throws {
    try journal.write(
      [.mission(MissionTransition(mission: id, change: change, events: [], at: CommandFixture.time(5)))],
      runID: run)
  }

  /// The commands of a text and the numbers beside them; nil where none stands.
  private static func commands(_ text: String) -> [(words: [String], number: Int?)] {
    text.split(separator: "\n").compactMap { line in
      guard let start = line.range(of: "mission-control run") else { return nil }
      let rest = line[start.upperBound...]
      let end = rest.range(of: "  ")?.lowerBound ?? rest.endIndex
      let words = rest[..<end].split(separator: " ").map(String.init)
      let number = rest[end...].split { !$0.isNumber }.first.flatMap { Int($0) }
      return (words.filter { $0 != "starts" && $0 != "it" }, number)
    }
  }

  @Test(
    "whatever command a report, its page, status or a plan prints, a plan with its options selects the number beside it",
    arguments: 0..<20)
  func exact(seed: UInt64) throws {
    var draw = Draw(state: seed &* 0x1234_5678_9ABC_DEF1)
    let fixture = try CommandFixture()
    var texts: [String] = []
    for round in 0..<3 {
      try fixture.write("missions/a.csv", Self.header + Self.rows(&draw, 14).joined())
      try fixture.write("more.csv", Self.header + Self.rows(&draw, 6).joined())
      let known =
        round == 0
        ? [] : try JournalReader(path: fixture.journalPath).missions(MissionFilter(), limit: 100).map(\.id)
      let words = Self.options(&draw, fixture, known)
      try Self.run(words, "run-\(round)", fixture, &draw)
      texts = try Self.told(fixture)
      for text in texts {
        #expect(
          Self.commands(text).map(\.words) == Self.commands(texts[0]).map(\.words), "all offer the same")
      }
      texts.append(try fixture.plan(Self.options(&draw, fixture, known)).output)
      for (words, number) in texts.flatMap(Self.commands) where number != nil {
        let outcome = try fixture.plan(words + ["--output", "json"])
        #expect(outcome.json?["selected"] as? Int == number, "\(words) in \(texts)")
      }
    }
  }

  @Test("the command carries every option that chooses, and what it prints is read back the same")
  func readBack() throws {
    var draw = Draw(state: 7)
    let fixture = try CommandFixture()
    for _ in 0..<200 {
      let ids = [CommandFixture.id(1), CommandFixture.id(2)]
      var words = Self.options(&draw, fixture, ids)
      if draw.chance(3) { words += ["-x y.csv", "o'clock.csv"].map { "./\($0)" } }
      let options = try Self.runOptions(["run"] + words)
      let config = draw.one(["config.yaml", "other.yaml"])
      let arguments = RunCommandLine.arguments(options, configPath: config)
      let again = try Reading.invocation(["run"] + arguments, today: CommandFixture.time(0).day)
      #expect(again.options as? RunOptions == options && again.common.configPath == config)
    }
  }
}

extension CommandFixture {
  /// As typed, without splitting words.
  fileprivate func plan(_ words: [String]) throws -> Outcome {
    let hasConfig = words.contains("--config")
    return try run(words: (hasConfig ? [] : ["--config", config]) + ["plan"] + words)
  }
}
