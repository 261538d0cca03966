import CommandLine
import MissionCore

/// Options of `retry`: missions by id, or a choice among the FAILED and CANCELLED ones.
struct RetryOptions: CommandOptions, Equatable {
  var missions: [MissionReference] = []
  var selection = SelectionOptions()
  /// `--failed`: FAILED ones only.
  var onlyFailed = false
  /// Any of them; empty takes every code.
  var codes: [ErrorCode] = []
}

extension RetryCommand: MissionCommand {
  static var spec: CommandSpec<RetryOptions> {
    CommandSpec(
      name: "retry", arguments: .any("ID"),
      summary: "put FAILED or CANCELLED missions back",
      details: [
        """
        Puts FAILED or CANCELLED missions back to PENDING at the checkpoint that failed, retry count 0. \
        Name them by id, or choose them by the options. The next run takes them up; what is scraped \
        is not scraped again.
        """
      ],
      options: [
        .flag("failed", "only FAILED missions, all of them when nothing else is chosen") {
          $0.onlyFailed = true
        },
        .codes(at: \.codes),
      ] + SelectionOptions.specs(at: \RetryOptions.selection),
      examples: [
        .init("mission-control retry --code ERROR401", "after the store's keys were mended"),
        .init("mission-control retry --failed --from 2025-01-01", "all that failed since a day"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout RetryOptions, _ common: CommonOptions
  ) throws(UsageError) {
    try options.selection.requireRange()
    let isChosenByOptions = options != RetryOptions()
    options.missions = try MissionReference.all(arguments)
    if options.missions.isEmpty, !isChosenByOptions {
      throw UsageError("retry needs ids, or one of --failed, --code, \(SelectionOptions.names)")
    }
    if !options.missions.isEmpty, isChosenByOptions {
      throw UsageError("retry takes ids or a choice by options, not both")
    }
    options.selection.shard = common.shard?.part
  }
}
