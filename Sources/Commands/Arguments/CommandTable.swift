import MissionCore
import MissionFiles
import Terminal

/// All commands and options of this release, in one place: reading, help and error texts follow from it.
enum CommandTable {
  static func spec(of name: CommandName) -> CommandSpec {
    switch name {
    case .run: return run
    case .plan: return plan
    case .backfill: return backfill
    case .status: return status
    case .list: return list
    case .show: return show
    case .retry: return retry
    case .cancel: return cancel
    case .check: return check
    case .verify: return verify
    case .report: return report
    case .prune: return prune
    case .config: return config
    case .completions: return completions
    case .man: return man
    }
  }

  /// The options that `command` takes, its own before the common ones.
  static func options(of command: CommandName) -> [OptionSpec] { spec(of: command).options + common }

  private static var run: CommandSpec {
    CommandSpec(
      name: .run, arguments: .any("FILES"),
      summary: "import mission files, run all that is not finished, report",
      details: [
        "Imports the mission files (FILES, or missions: of the configuration), then runs every mission "
          + "that they name and that is not finished through SCRAPE, DB and S3, and prints a report. Running "
          + "the same command again is the resume: nothing is scraped, loaded or uploaded twice.",
        "What an earlier run left under way, what retry put back and what --only names is run as well, whatever "
          + "the files say; FAILED missions are tried again by themselves when an outage was the cause.",
        "A page that --report names (.html) is written anew every 5 seconds while the run works and reads "
          + "itself again: open it at once.",
        "The first SIGINT or SIGTERM stops new work, leaves remote jobs running and ends with 75 within "
          + "5 seconds; the second ends at once.",
      ],
      options: selection + runSelection + [
        .value("max-concurrency", "N", "missions at once, at most (the configuration's otherwise)") {
          options, text, _ throws(ValueProblem) in
          options.run.maxConcurrency = try OptionReading.integer(text, in: 1...100_000)
        },
        .value("max-duration", "DURATION", "stop like a signal after this time: 90s, 45m, 6h, 1d") {
          options, text, _ throws(ValueProblem) in
          options.run.maxDuration = try OptionReading.duration(text)
        },
        .value("report", "FILE", "write the report here too; the ending says how: .html, .json or .txt") {
          options, text, _ throws(ValueProblem) in
          options.run.reportFile = try OptionReading.reportFile(text)
        },
        .value(
          "metrics", "FILE", "write metrics for node_exporter here (a name in .prom), readable by everybody"
        ) {
          options, text, _ throws(ValueProblem) in
          options.run.metricsFile = try OptionReading.metricsFile(text)
        },
        .flag("drain", "when told to stop, wait for the missions that are running") { $0.run.drains = true },
        .flag("dry-run", "the same as plan: tell what would run and write nothing") {
          $0.run.isDryRun = true
        },
        .flag("no-progress", "no progress area, plain lines also on a terminal") {
          $0.run.hidesProgress = true
        },
      ],
      examples: [
        .init("mission-control", "everything the configuration names"),
        .init("mission-control run missions/2025.csv --from 2025-03-01 --limit 10", "a first small try"),
        .init("mission-control run --from -7d --max-duration 6h --drain", "a nightly cron line"),
        .init("mission-control run --shard 0/4", "the first of four machines"),
      ])
  }

  private static var plan: CommandSpec {
    CommandSpec(
      name: .plan, arguments: .any("FILES"),
      summary: "tell what run would do; execute and write nothing",
      details: [
        "Makes the same selection as run and tells how many missions would run, be resumed and at which "
          + "checkpoint, be skipped and why, or be rejected; the range and the gaps by date; and how many "
          + "sessions are expected. Nothing is executed and nothing is written."
      ],
      options: selection + runSelection,
      examples: [
        .init("mission-control plan", "what the configuration's files hold"),
        .init("mission-control plan missions/2025.csv --output json", "for another program"),
      ])
  }

  private static var backfill: CommandSpec {
    CommandSpec(
      name: .backfill, arguments: .none,
      summary: "print a mission CSV for a range of days",
      details: [
        "Prints a mission file with one mission per day, week or month from --from to --to, both "
          + "included, and says on standard error how many. A file that backfill wrote "
          + "is replaced, any other never."
      ],
      options: [
        .value("from", "D", "first day", isRequired: true) { options, text, context throws(ValueProblem) in
          options.backfill.from = try OptionReading.day(text, context)
        },
        .value("to", "D", "last day", isRequired: true) { options, text, context throws(ValueProblem) in
          options.backfill.to = try OptionReading.day(text, context)
        },
        .value(
          "media-type", "T", "all, video or image", isRequired: true,
          choices: MediaType.allCases.map(\.rawValue)
        ) {
          options, text, _ throws(ValueProblem) in
          options.backfill.mediaType = try OptionReading.choice(text, of: MediaType.self)
        },
        .value("languages", "L", "codes of 2 or 3 letters, comma-separated", isRequired: true) {
          options, text, _ throws(ValueProblem) in
          options.backfill.languages = try OptionReading.languages(text)
        },
        .value(
          "every", "PERIOD", "days of one mission: day, week or month (default day)",
          choices: Backfill.Step.allCases.map(\.rawValue)
        ) {
          options, text, _ throws(ValueProblem) in
          options.every = try OptionReading.choice(text, of: Backfill.Step.self)
        },
        .value("write", "FILE", "save it here instead of printing it") {
          options, text, _ throws(ValueProblem) in
          options.backfillFile = try OptionReading.path(text)
        },
      ],
      examples: [
        .init(
          "mission-control backfill --from 2025-01-01 --to 2025-12-31 --media-type video --languages pt,eng "
            + "--write missions/2025.csv", "a year, a mission a day")
      ])
  }

  private static var status: CommandSpec {
    CommandSpec(
      name: .status, arguments: .none,
      summary: "counts, what each worker does, rate and time left",
      details: [
        "Tells how many missions have which status, what each worker does now, how many are queued, what "
          + "was finished and failed today (UTC), and while a run is live its rate and the time left."
      ],
      options: [
        .flag("watch", "show it and the last failures on the whole terminal, every second, until q or Ctrl-C")
        {
          $0.status.watches = true
        }
      ],
      examples: [
        .init("mission-control status --watch", "the run that cron has started, live"),
        .init("mission-control status --output json", "for a monitoring script"),
      ])
  }

  private static var list: CommandSpec {
    CommandSpec(
      name: .list, arguments: .none,
      summary: "missions by status, range, media type, languages or code",
      details: ["Lists missions of the journal by date, as a table, JSON or CSV."],
      options: [
        .value(
          "status", "S", "pending, queued, running, done, failed or cancelled; more with commas",
          choices: MissionStatus.allCases.map { $0.rawValue.lowercased() }
        ) {
          options, text, _ throws(ValueProblem) in
          options.list.statuses = try OptionReading.status(text)
        }
      ] + listSelection + [
        .value(
          "code", "CODE", "missions that ended with this error code, as ERROR404",
          choices: ErrorCode.allCases.map(\.rawValue)
        ) {
          options, text, _ throws(ValueProblem) in
          options.list.code = try OptionReading.code(text)
        },
        .value("limit", "N", "missions to list, at most (default 50)") {
          options, text, _ throws(ValueProblem) in
          options.list.limit = try OptionReading.integer(text, in: 1...1_000_000_000)
        },
        .value("offset", "N", "missions to pass over first") { options, text, _ throws(ValueProblem) in
          options.list.offset = try OptionReading.integer(text, in: 0...1_000_000_000)
        },
      ],
      examples: [
        .init("mission-control list --status failed", "what went wrong"),
        .init("mission-control list --from -30d --output csv --limit 1000 > missions.csv", "for a sheet"),
      ])
  }

  private static var show: CommandSpec {
    CommandSpec(
      name: .show, arguments: .one("ID"),
      summary: "one mission whole, with its history",
      details: ["Shows all fields, the checkpoints and every event. The beginning of an id is enough."],
      options: [],
      examples: [.init("mission-control show 4f1d", "by the beginning of its id")])
  }

  private static var retry: CommandSpec {
    CommandSpec(
      name: .retry, arguments: .any("ID"),
      summary: "put FAILED or CANCELLED missions back",
      details: [
        "Puts FAILED or CANCELLED missions back to PENDING at the checkpoint that failed, retry count 0. "
          + "Name them by id, or choose them by the options. The next run takes them up; what is scraped "
          + "is not scraped again."
      ],
      options: [
        .flag("failed", "only FAILED missions, all of them when nothing else is chosen") {
          $0.retry.onlyFailed = true
        },
        .value(
          "code", "CODE", "missions that ended with this code: ERROR401, or ERROR4xx for all of 400",
          choices: ErrorCode.allCases.map(\.rawValue)
        ) {
          options, text, _ throws(ValueProblem) in
          options.retry.codes = try OptionReading.codes(text)
        },
        .value("from", "D", "missions that start on this day or later") {
          options, text, context throws(ValueProblem) in
          options.retry.selection.from = try OptionReading.day(text, context)
        },
        .value("to", "D", "missions that end on this day or earlier") {
          options, text, context throws(ValueProblem) in
          options.retry.selection.to = try OptionReading.day(text, context)
        },
      ],
      examples: [
        .init("mission-control retry --code ERROR401", "after the store's keys were mended"),
        .init("mission-control retry --failed --from 2025-01-01", "all that failed since a day"),
      ])
  }

  private static var cancel: CommandSpec {
    CommandSpec(
      name: .cancel, arguments: .oneOrMore("ID"),
      summary: "cancel missions that are not finished",
      details: [
        "Cancels missions that are not finished, also while a run is live: their jobs are then cancelled "
          + "on the workers. The beginning of an id is enough."
      ],
      options: [],
      examples: [.init("mission-control cancel 4f1d 90ab", "two missions")])
  }

  private static var check: CommandSpec {
    CommandSpec(
      name: .check, arguments: .none,
      summary: "test every part that a run needs",
      details: [
        "Tests every part that a run needs and prints a line each with the time taken: the journal, every "
          + "worker, every proxy, the destination (writes in a transaction that is rolled back) and the "
          + "store (puts, gets and deletes a probe object). Of notify: only the connection and the mail "
          + "server's login are tried, unless --notify is given. Ends with 0 only if all pass."
      ],
      options: [
        .flag("notify", "send a test message to those whom notify: names; a ping tells of a success") {
          $0.check.sendsNotifications = true
        }
      ],
      examples: [.init("mission-control check && mission-control run", "before the first run")])
  }

  private static var report: CommandSpec {
    CommandSpec(
      name: .report, arguments: .upToOne("RUN"),
      summary: "the report of a run again, also as a page",
      details: [
        "Prints the report of the latest run, or of RUN, from what the journal holds: as text, or with "
          + "--output json as the report file of state/reports. The beginning of a run's id is enough. A "
          + "mission belongs to the run that chose it last.",
        "--html writes one self-contained page instead, to be opened in a browser: a calendar of the "
          + "backfill, ads per day, what each worker did, failures and what to type next, every mission with "
          + "its history. It needs no network and reads without JavaScript.",
      ],
      options: [
        .value("html", "FILE", "write the report as a page") { options, text, _ throws(ValueProblem) in
          options.report.htmlFile = try OptionReading.path(text)
        }
      ],
      examples: [
        .init("mission-control report", "what the last run did"),
        .init("mission-control report --html report.html", "to look at, or to send to a colleague"),
        .init("mission-control report 20260131 --output json", "an earlier one, for another program"),
      ])
  }

  private static var config: CommandSpec {
    CommandSpec(
      name: .config, arguments: .optional("schema"),
      summary: "the configuration as it takes effect, secrets masked",
      details: [
        "Prints the configuration with all defaults and all values from the environment; secrets show as ***.",
        "config schema prints the JSON Schema of the file, with which editors complete and check it.",
      ],
      options: [],
      examples: [
        .init("mission-control config --output json", "for another program"),
        .init("mission-control config schema > config.schema.json", "for an editor"),
      ])
  }
}
