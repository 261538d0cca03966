import CommandLine
import MissionCore

/// Options of `cancel`: missions by id, or a choice among those that are not finished.
struct CancelOptions: CommandOptions, Equatable {
  var missions: [MissionReference] = []
  var selection = SelectionOptions()
  /// `--failed`: only those whose latest try failed.
  var onlyFailed = false
  /// Any of them; empty takes every code.
  var codes: [ErrorCode] = []

  /// What is asked of the journal when no mission is named.
  var filter: MissionFilter {
    var filter = selection.filter
    filter.hasFailed = onlyFailed
    filter.codes = codes
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
        """
        Cancels missions that are not finished, also while a run is live: their jobs are then cancelled \
        on the workers. Name them by id (the beginning of one is enough), or choose them by the options.
        """
      ],
      options: [
        .flag("failed", "only missions whose latest try failed and that wait for another") {
          $0.onlyFailed = true
        },
        .codes(at: \.codes),
      ] + SelectionOptions.specs(at: \CancelOptions.selection),
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
    let isChosenByOptions = options != CancelOptions()
    options.missions = try MissionReference.all(arguments)
    if options.missions.isEmpty, !isChosenByOptions {
      throw UsageError("cancel needs ids, or one of --failed, --code, \(SelectionOptions.names)")
    }
    if !options.missions.isEmpty, isChosenByOptions {
      throw UsageError("cancel takes ids or a choice by options, not both")
    }
    options.selection.shard = common.shard?.part
  }
}
