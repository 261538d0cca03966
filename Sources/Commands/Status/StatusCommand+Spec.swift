import CommandLine

/// Options of `status`.
struct StatusOptions: CommandOptions, Equatable {
  /// Shows it on the whole terminal until told to end.
  var watches = false
}

extension StatusCommand: MissionCommand {
  static var spec: CommandSpec<StatusOptions> {
    CommandSpec(
      name: "status", arguments: .none,
      summary: "counts, what each worker does, rate and time left",
      details: [
        """
        Tells how many missions have which status, what each worker does now, how many are queued, what \
        was finished and failed today (of time_zone), and while a run is live its rate and the time left.
        """
      ],
      options: [
        .flag("watch", "show it and the last failures on the whole terminal, every second, until q or Ctrl-C")
        {
          $0.watches = true
        }
      ],
      examples: [
        .init("mission-control status --watch", "the run that cron has started, live"),
        .init("mission-control status --output json", "for a monitoring script"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout StatusOptions, _ common: CommonOptions
  ) throws(UsageError) {
    if options.watches, common.output != .text { throw UsageError("--watch has no JSON form") }
  }
}
