import CommandLine

/// Options of `runs`.
struct RunsOptions: CommandOptions, Equatable {
  var limit = 50
}

extension RunsCommand: MissionCommand {
  static var spec: CommandSpec<RunsOptions> {
    CommandSpec(
      name: "runs", arguments: .none,
      summary: "the runs: when, how long, how they ended, what they did",
      details: [
        """
        Lists the runs, the latest first: id, start, time taken, exit code and why it ended, and how many missions were \
        selected, done, failed and left. report RUN tells of one of them.
        """
      ],
      options: [
        .value("limit", "N", "runs to list, at most (default 50)") { options, text, _ throws(ValueProblem) in
          options.limit = try OptionReading.integer(text, in: 1...1_000_000_000)
        }
      ],
      examples: [
        .init("mission-control runs --limit 7", "the last week of a nightly job"),
        .init("mission-control runs --output json", "for another program"),
      ])
  }
}
