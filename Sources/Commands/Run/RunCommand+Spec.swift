import CommandLine
import Runs

extension RunCommand: MissionCommand {
  static var spec: CommandSpec<RunOptions> {
    CommandSpec(
      name: "run", arguments: .any("FILES"),
      summary: "import mission files, run all that is not finished, report",
      details: [
        """
        Imports the mission files (FILES, or missions: of the configuration), then runs every mission \
        that they name and that is not finished through SCRAPE, DB and S3, and prints a report. Running \
        the same command again is the resume: nothing is scraped, loaded or uploaded twice.
        """,
        """
        What an earlier run left under way, what retry put back and what --only names is run as well, whatever \
        the files say; FAILED missions are tried again by themselves when an outage was the cause.
        """,
        """
        With --due only schedules count: missions of slots that are due now are made and run, and \
        unfinished ones of earlier slots. When nothing is due, or another run holds the journal, it ends with 0 at \
        once; one timer that starts it every few minutes is enough for all schedules.
        """,
        """
        A page that --report names (.html) is written anew every 5 seconds while the run works and reads \
        itself again: open it at once.
        """,
        """
        The first SIGINT or SIGTERM stops new work, leaves remote jobs running and ends with 75 within \
        5 seconds; the second ends at once.
        """,
      ],
      options: RunOptions.choice + [
        .value("max-concurrency", "N", "missions at once, at most (the configuration's otherwise)") {
          options, text, _ throws(ValueProblem) in
          options.maxConcurrency = try OptionReading.integer(text, in: 1...100_000)
        },
        .value("max-duration", "DURATION", "stop like a signal after this time: 90s, 45m, 6h, 1d") {
          options, text, _ throws(ValueProblem) in
          options.maxDuration = try OptionReading.duration(text)
        },
        .value("report", "FILE", "write the report here too; the ending says how: .html, .json or .txt") {
          options, text, _ throws(ValueProblem) in
          options.reportFile = try OptionReading.reportFile(text)
        },
        .value(
          "metrics", "FILE", "write metrics for node_exporter here (a name in .prom), readable by everybody"
        ) {
          options, text, _ throws(ValueProblem) in
          options.metricsFile = try OptionReading.metricsFile(text)
        },
        .flag("fail-on-suspicious", "end with 1 when a result is not like those before it") {
          $0.failsOnSuspicious = true
        },
        .flag("drain", "when told to stop, wait for the missions that are running") { $0.drains = true },
        .flag("exit-with-parent", "stop as by SIGTERM when the process that started it ends") {
          $0.exitsWithParent = true
        },
        .flag("dry-run", "the same as plan: tell what would run and write nothing") {
          $0.isDryRun = true
        },
        .flag("no-progress", "no progress area, plain lines also on a terminal") {
          $0.hidesProgress = true
        },
      ],
      examples: [
        .init("mission-control", "everything the configuration names"),
        .init("mission-control run missions/2025.csv --from 2025-03-01 --limit 10", "a first small try"),
        .init("mission-control run --from -7d --max-duration 6h --drain", "a nightly cron line"),
        .init("mission-control run --shard 0/4", "the first of four machines"),
        .init("mission-control run --due", "what the schedules want now, every few minutes"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout RunOptions, _ common: CommonOptions
  ) throws(UsageError) {
    try options.take(arguments, common)
  }
}
