import CommandLine
import MissionCore

/// Options of `cancel`: missions by id, or a choice among those that are not finished.
struct CancelOptions: CommandOptions, Equatable {
  var missions: [MissionReference] = []
  var selection = SelectionOptions()

  /// What is asked of the journal when no mission is named.
  var filter: MissionFilter {
    var filter = selection.filter
    filter.statuses = [.pending, .queued, .running]
    return filter
  }
}

extension CancelCommand: MissionCommand {
  static var spec: CommandSpec<CancelOptions> {
    CommandSpec(
      name: "cancel", arguments: .any("ID"),
      summary: "cancel missions that are not finished",
      details: [
        "Cancels missions that are not finished, also while a run is live: their jobs are then cancelled "
          + "on the workers. Name them by id (the beginning of one is enough), or choose them by the options."
      ],
      options: SelectionOptions.specs(at: \CancelOptions.selection),
      examples: [
        .init("mission-control cancel 4f1d 90ab", "two missions"),
        .init(
          "mission-control cancel --source harvest --to 2024-12-31", "what nobody needs any more of a source"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout CancelOptions, _ common: CommonOptions
  ) throws(UsageError) {
    try options.selection.requireRange()
    options.missions = try MissionReference.all(arguments)
    let isChosenByOptions = options.selection != SelectionOptions()
    if options.missions.isEmpty, !isChosenByOptions {
      throw UsageError("cancel needs ids, or one of \(SelectionOptions.names)")
    }
    if !options.missions.isEmpty, isChosenByOptions {
      throw UsageError("cancel takes ids or a choice by options, not both")
    }
    options.selection.shard = common.shard?.part
  }
}
