import CommandLine
import Runs

extension PlanCommand: MissionCommand {
  static var spec: CommandSpec<RunOptions> {
    CommandSpec(
      name: "plan", arguments: .any("FILES"),
      summary: "tell what run would do; execute and write nothing",
      details: [
        """
        Makes the same selection as run and tells how many missions would run, be resumed and at which \
        checkpoint, be skipped and why, or be rejected; the range and the gaps by date; and how many \
        sessions are expected. Nothing is executed and nothing is written.
        """,
        "With --due it tells of the schedules: the slots that are due now, and those that come next.",
        """
        With --data destination and store are asked, as a run does before it scrapes: how many of the missions are \
        done already, so that nothing would be requested of their sources?
        """,
      ],
      options: RunOptions.choice + [
        .flag("data", "ask destination and store too: what is done already?") { $0.asksData = true }
      ],
      examples: [
        .init("mission-control plan", "what the configuration's files hold"),
        .init("mission-control plan missions/2025.csv --output json", "for another program"),
        .init("mission-control plan --due", "which slots of the schedules come next"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout RunOptions, _ common: CommonOptions
  ) throws(UsageError) {
    try options.take(arguments, common)
  }
}
