import CommandLine
import MissionCore

/// Options of `logs`.
struct LogsOptions: CommandOptions, Equatable {
  /// None or one.
  var missions: [MissionReference] = []
  /// Nil: the latest run, or every run of a mission.
  var run: RunReference?
  var follows = false
}

extension LogsCommand: MissionCommand {
  static var spec: CommandSpec<LogsOptions> {
    CommandSpec(
      name: "logs", arguments: .upToOne("ID"),
      summary: "what happened, from the journal",
      details: [
        """
        Shows the events of the latest run, of the run that --run names, or of one mission, in the order of time, and \
        what the programs of failed missions wrote to their standard error. With --output json each is a line of \
        JSON with the members of --log-format json.
        """,
        "--follow goes on while the run works, and ends with it.",
      ],
      options: [
        .value("run", "RUN", "only of this run, by id or its beginning") {
          options, text, _ throws(ValueProblem) in
          options.run = try RunReference.read(text)
        },
        .flag("follow", "show what comes, until the run ends") { $0.follows = true },
      ],
      examples: [
        .init("mission-control logs --follow", "what the run does now"),
        .init("mission-control logs 4f1d", "one mission, by the beginning of its id"),
        .init("mission-control logs --run 20260131 --output json", "an earlier run, for another program"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout LogsOptions, _ common: CommonOptions
  ) throws(UsageError) {
    options.missions = try MissionReference.all(arguments)
  }
}
