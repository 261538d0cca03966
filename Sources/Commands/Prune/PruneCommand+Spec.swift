import CommandLine
import MissionCore

/// Options of `prune`.
struct PruneOptions: CommandOptions, Equatable {
  var missions: [MissionReference] = []
  /// DONE ones only.
  var onlyDone = false
  /// Finished at least this long ago.
  var olderThan: Duration?
  var isConfirmed = false

  /// Nothing is said: the configuration's `retention:` counts.
  var followsRetention: Bool { missions.isEmpty && !onlyDone && olderThan == nil }
}

extension PruneCommand: MissionCommand {
  static var spec: CommandSpec<PruneOptions> {
    CommandSpec(
      name: "prune", arguments: .any("ID"),
      summary: "remove finished missions from the journal",
      details: [
        "Removes missions that are not queued or running from the journal, with their events: those named by id, "
          + "or those that are finished and chosen by the options, or without either what the configuration's "
          + "retention: says (missions: finished ones of that age; events: older events of finished missions that "
          + "stay). Says how many first. Destination and store are not touched.",
        "A mission that is pruned is unknown: if a mission file still has its row, the next run runs it again, and "
          + "its rows and its object are replaced, not doubled.",
      ],
      options: [
        .flag("done", "only DONE missions") { $0.onlyDone = true },
        .value("older-than", "DURATION", "missions that were finished so long ago: 30d, 12h") {
          options, text, _ throws(ValueProblem) in
          options.olderThan = try OptionReading.duration(text)
        },
        .flag("yes", "do not ask; needed where there is no terminal") { $0.isConfirmed = true },
      ],
      examples: [
        .init("mission-control prune --done --older-than 90d", "what was done three months ago"),
        .init("mission-control prune --yes", "what retention: says, from cron"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout PruneOptions, _ common: CommonOptions
  ) throws(UsageError) {
    options.missions = try MissionReference.all(arguments)
    if !options.missions.isEmpty, options.onlyDone || options.olderThan != nil {
      throw UsageError("prune takes ids or a choice by options, not both")
    }
  }
}
