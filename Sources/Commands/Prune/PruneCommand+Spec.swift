import CommandLine
import Journal
import MissionCore

/// Options of `prune`.
struct PruneOptions: CommandOptions, Equatable {
  var missions: [MissionReference] = []
  var selection = SelectionOptions()
  /// DONE ones only.
  var onlyDone = false
  /// FAILED ones only.
  var onlyFailed = false
  /// Any of them; empty takes every code.
  var codes: [ErrorCode] = []
  /// Finished at least this long ago.
  var olderThan: Duration?
  var isConfirmed = false

  /// Nothing is said: the configuration's `retention:` counts.
  var followsRetention: Bool { missions.isEmpty && !isChosenByOptions }

  fileprivate var isChosenByOptions: Bool {
    onlyDone || onlyFailed || !codes.isEmpty || olderThan != nil || selection != SelectionOptions()
  }

  /// What is chosen when no mission is named.
  func choice(now: Timestamp) -> PruneChoice {
    var filter = selection.filter
    filter.codes = codes
    return PruneChoice(
      statuses: onlyDone ? [.done] : onlyFailed ? [.failed] : [],
      finishedBefore: olderThan.map { now.earlier(by: $0) }, filter: filter)
  }
}

extension PruneCommand: MissionCommand {
  static var spec: CommandSpec<PruneOptions> {
    CommandSpec(
      name: "prune", arguments: .any("ID"),
      summary: "remove finished missions from the journal",
      details: [
        """
        Removes missions that are not queued or running from the journal, with their events: those named by id, \
        or those that are finished and chosen by the options, or without either what the configuration's \
        retention: says (missions: finished ones of that age; events: older events of finished missions that \
        stay). Says how many first. Destination and store are not touched.
        """,
        """
        What mission files or windows name now stays. Of each other one a line is kept for 400 days, so that \
        coverage and suspicion still know its days; a row of it in a file of later finds what destination and \
        store have, and nothing is scraped again.
        """,
      ],
      options: [
        .flag("done", "only DONE missions") { $0.onlyDone = true },
        .flag("failed", "only FAILED missions") { $0.onlyFailed = true },
        .codes(at: \.codes),
        .value("older-than", "DURATION", "missions that were finished so long ago: 30d, 12h") {
          options, text, _ throws(ValueProblem) in
          options.olderThan = try OptionReading.duration(text)
        },
        .flag("yes", "do not ask; needed where there is no terminal") { $0.isConfirmed = true },
      ] + SelectionOptions.specs(at: \PruneOptions.selection),
      examples: [
        .init("mission-control prune --done --older-than 90d", "what was done three months ago"),
        .init("mission-control prune --yes", "what retention: says, from cron"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout PruneOptions, _ common: CommonOptions
  ) throws(UsageError) {
    options.missions = try MissionReference.all(arguments)
    try options.selection.requireRange()
    if options.onlyDone, options.onlyFailed { throw UsageError("--done and --failed exclude each other") }
    if !options.missions.isEmpty, options.isChosenByOptions {
      throw UsageError("prune takes ids or a choice by options, not both")
    }
    options.selection.shard = common.shard?.part
  }
}
