import CommandLine
import MissionCore
import Runs
import Testing

@testable import Commands

private func runOptions(_ line: String) throws -> RunOptions {
  try Reading.options(line, of: RunCommand.self)
}

@Suite("The command line", .timeLimit(.minutes(5)))
struct ArgumentParserTests {
  @Test("without a command it is run, with files and options alike")
  func defaultCommand() throws {
    #expect(try runOptions("").files == [])
    #expect(try runOptions("missions/x.csv").files == ["missions/x.csv"])
    #expect(try runOptions("--limit 5").limit == 5)
    #expect(try runOptions("--limit=5 a.csv b.csv").files == ["a.csv", "b.csv"])
    #expect(try runOptions("run missions -- --odd.csv").files == ["missions", "--odd.csv"])
    #expect(try runOptions("-- list").files == ["list"])
  }

  @Test("options stand before and after the command")
  func optionPlaces() throws {
    let invocation = try Reading.invocation("--config other.yaml --limit 5 list --offset 10 --output csv")
    #expect(invocation.common.configPath == "other.yaml")
    #expect(invocation.common.output == .csv)
    let options = try #require(invocation.options as? ListOptions)
    #expect(options.limit == 5)
    #expect(options.offset == 10)
    #expect(try Reading.invocation("--config list status").command == "status")
  }

  @Test("every option of run is read")
  func allRunOptions() throws {
    let options = try runOptions(
      "run --from 2025-01-01 --to=today --media-type video --languages PT,eng --only 4F1D --only 0a1b2c3de "
        + "--worker w1 --worker w2 --limit 7 --order newest --retry-failed --max-concurrency 3 "
        + "--max-duration 90m --shard 2/4 --report out.JSON --strict --drain --no-progress --exit-with-parent"
    )
    #expect(options.selection.from == CalendarDay("2025-01-01"))
    #expect(options.selection.to == CalendarDay("2026-01-31"))
    #expect(options.selection.mediaType == .video)
    #expect(options.selection.languages == ["eng", "pt"])
    #expect(options.only.map(\.prefix) == ["4f1d", "0a1b2c3d-e"])
    #expect(options.workers == ["w1", "w2"])
    #expect(options.limit == 7)
    #expect(options.order == .newest)
    #expect(options.retriesFailed)
    #expect(options.maxConcurrency == 3)
    #expect(options.maxDuration == .seconds(5400))
    #expect(options.shard == .part(MissionFilter.Shard(index: 2, count: 4)))
    #expect(try OptionReading.reportFile("a.html").kind == .html)
    #expect(options.reportFile == RunOptions.ReportFile(path: "out.JSON", kind: .json))
    #expect(options.isStrict && options.drains && options.hidesProgress && !options.isDryRun)
    #expect(options.exitsWithParent)
  }

  @Test("common options are read by every command")
  func commonOptions() throws {
    for command in ["", "run", "plan", "status", "list", "check", "config", "show 4f"] {
      let common = try Reading.invocation(
        command + " --output json --quiet --log-format json --color never --locale pt-BR --config c.yaml"
      ).common
      #expect(common.output == .json)
      #expect(common.isQuiet && !common.isVerbose)
      #expect(common.logFormat == .json)
      #expect(common.color == .never)
      #expect(common.locale == "pt-BR")
      #expect(common.configPath == "c.yaml")
    }
  }

  @Test("a dry run is a plan")
  func dryRun() throws {
    let options = try runOptions("run --dry-run --limit 2 x.csv")
    #expect(options.isDryRun)
    #expect(options.limit == 2)
    #expect(options.files == ["x.csv"])
  }

  @Test(
    "relative days count from today",
    arguments: [
      ("today", "2026-01-31"), ("yesterday", "2026-01-30"), ("-7d", "2026-01-24"), ("-0d", "2026-01-31"),
      ("2024-02-29", "2024-02-29"),
    ])
  func relativeDays(text: String, day: String) throws {
    #expect(try runOptions("--from \(text)").selection.from == CalendarDay(day))
  }

  @Test("backfill needs its four options and takes periods")
  func backfill() throws {
    let line =
      "backfill --from 2025-01-01 --to 2025-12-31 --media-type all --languages pt --every week --write x.csv"
    let options = try Reading.options(line, of: BackfillCommand.self)
    #expect(options.every == .week)
    #expect(options.file == "x.csv")
    #expect(options.selection.languages == ["pt"])
    #expect(
      Reading.refusal("backfill --from 2025-01-01 --to 2025-12-31 --media-type all")
        == "--languages L is needed")
  }

  @Test("retry takes ids or a choice, never neither and never both")
  func retry() throws {
    let options = try Reading.options("retry --code error4xx --from -30d", of: RetryCommand.self)
    #expect(
      options.codes.map(\.rawValue) == [
        "ERROR400", "ERROR401", "ERROR402", "ERROR403", "ERROR404", "ERROR405",
      ])
    #expect(
      Reading.refusal("retry")
        == "retry needs ids, or one of --failed, --code, --source, --from, --to, --media-type, --languages")
    #expect(Reading.refusal("retry 4f --failed") == "retry takes ids or a choice by options, not both")
    let one = try Reading.options("retry 4f aa", of: RetryCommand.self)
    #expect(one.missions.count == 2)
  }

  @Test("codes and statuses are read without case")
  func caseOfCodes() throws {
    let options = try Reading.options("list --code error404 --status failed,DONE", of: ListCommand.self)
    #expect(options.codes == [.uploadTimedOut])
    #expect(options.statuses == [.failed, .done])
  }

  @Test(
    "wrong usage is refused with what is accepted",
    arguments: [
      ("--conncurrency 3", "unknown option --conncurrency, did you mean --max-concurrency?"),
      ("--max-concurency 3", "unknown option --max-concurency, did you mean --max-concurrency?"),
      ("--zzzzzzzz", "unknown option --zzzzzzzz"),
      ("-x", "unknown option -x"),
      ("lst", "unknown command \"lst\", did you mean list?"),
      (
        "xylophone",
        "unknown command \"xylophone\"; if it is a mission file, write: mission-control run xylophone"
      ),
      ("list --drain", "--drain belongs to run, not to list"),
      ("run --status done", "--status belongs to list, not to run"),
      ("status --limit 3", "--limit belongs to run, plan, list or runs, not to status"),
      ("--limit", "--limit N lacks its value"),
      ("--limit --strict", "--limit N lacks its value"),
      ("--limit 0", "--limit must be a whole number from 1 to 1000000000, got \"0\""),
      ("--limit +5", "--limit must be a whole number from 1 to 1000000000, got \"+5\""),
      ("--limit 5 --limit 6", "--limit is given twice"),
      ("--strict --strict", "--strict is given twice"),
      ("--strict=yes", "--strict takes no value"),
      (
        "--from 2025-02-30",
        "--from must be a day (YYYY-MM-DD, today, yesterday or -7d for seven days ago), got \"2025-02-30\""
      ),
      ("--from 2025-02-02 --to 2025-02-01", "--to 2025-02-01 is before --from 2025-02-02"),
      ("--media-type films", "--media-type must be all, video or image, got \"films\""),
      (
        "--languages pt,,eng",
        "--languages must be codes of 2 or 3 letters joined by commas, like pt or pt,eng, got \"pt,,eng\""
      ),
      (
        "--shard 4/4",
        "--shard must be auto, or I/N with I from 0 to N-1 (0/4 is the first of four), got \"4/4\""
      ),
      (
        "--max-duration 6",
        "--max-duration must be a duration above 0 with its unit (250ms, 90s, 45m, 1.5h, 1d), got \"6\""
      ),
      ("--report out.pdf", "--report must be a file that ends in .html, .json or .txt, got \"out.pdf\""),
      ("--output csv", "--output must be text or json, got \"csv\" (list or coverage can)"),
      ("list --output html", "--output must be text, json or csv, got \"html\" (coverage can)"),
      ("--output xml", "--output must be text, json, csv or html, got \"xml\""),
      ("--quiet --verbose", "--quiet and --verbose exclude each other"),
      ("--only zz", "--only must be a mission's id or the beginning of one, got \"zz\""),
      ("show", "show needs one ID, got 0"),
      ("show 4f aa", "show needs one ID, got 2"),
      (
        "cancel",
        "cancel needs ids, or one of --failed, --code, --source, --from, --to, --media-type, --languages"
      ),
      ("status now", "status takes no arguments, got \"now\""),
      (
        "list --code ERROR999",
        "--code must be one of the product's codes, as ERROR404 or ERROR4xx, got \"ERROR999\""
      ),
    ])
  func usageErrors(line: String, expected: String) {
    #expect(Reading.refusal(line) == expected)
  }

  @Test(
    "what cannot be seen of a value is named, so that no value that looks right is called wrong",
    arguments: [
      (["--order", "oldest "], "--order must be oldest or newest, got \"oldest\" with a space at the end"),
      (
        ["--order", " oldest"],
        "--order must be oldest or newest, got \"oldest\" with a space at the beginning"
      ),
      (
        ["--output", "te\u{200B}xt"],
        "--output must be text, json, csv or html, got \"text\" with U+200B (a zero-width space)"
      ),
      (
        ["--only", "4f\u{A0}"],
        "--only must be a mission's id or the beginning of one, got \"4f\" with U+00A0 (a no-break space)"
      ),
      (
        ["--strict\u{FEFF}"],
        "unknown option --strict with U+FEFF (a byte order mark), did you mean --strict?"
      ),
      (["list\t"], "unknown command \"list\" with a tab, did you mean list?"),
      (["status", "\u{A0}"], "status takes no arguments, got \"\" with U+00A0 (a no-break space)"),
    ])
  func unseen(words: [String], expected: String) {
    let error = #expect(throws: UsageError.self) {
      try Reading.invocation(words)
    }
    #expect(error?.message.plain == expected)
  }

  @Test("what a person typed cannot draw on the terminal")
  func cleanedErrors() {
    let error = #expect(throws: UsageError.self) {
      try Reading.request(["--fr\u{1B}[2Jom\u{202E}"])
    }
    #expect(error?.message.plain.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" } == false)
  }

  @Test("an option that several commands have takes a value in all of them or in none")
  func optionArity() {
    let program = MissionControl.program.shape
    var arity: [String: Bool] = [:]
    for option in program.commands.flatMap({ program.options(of: $0) }) {
      let takesValue = option.placeholder != nil
      #expect(arity[option.name, default: takesValue] == takesValue, "--\(option.name)")
      arity[option.name] = takesValue
    }
  }

  @Test("each command has a name of its own")
  func names() {
    let names = MissionControl.program.shape.commands.map(\.name)
    #expect(Set(names).count == CommandList.all.count)
  }

  @Test(
    "help is asked for anywhere before the end of the options",
    arguments: [
      ("--help", nil), ("-h", nil), ("list --limit 3 --help", "list"), ("--help show", "show"),
    ] as [(String, String?)])
  func help(line: String, command: String?) throws {
    guard case .help(let shape) = try Reading.request(line.split(separator: " ").map(String.init)) else {
      throw Reading.NoCommand()
    }
    #expect(shape?.name == command)
  }

  @Test("the version is asked for anywhere before the end of the options")
  func version() throws {
    guard case .version = try Reading.request(["list", "--version"]) else { throw Reading.NoCommand() }
  }
}
