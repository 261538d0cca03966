import CommandLine
import MissionCore

/// Options of `cancel`.
struct CancelOptions: CommandOptions, Equatable {
  var missions: [MissionReference] = []
}

extension CancelCommand: MissionCommand {
  static var spec: CommandSpec<CancelOptions> {
    CommandSpec(
      name: "cancel", arguments: .oneOrMore("ID"),
      summary: "cancel missions that are not finished",
      details: [
        "Cancels missions that are not finished, also while a run is live: their jobs are then cancelled "
          + "on the workers. The beginning of an id is enough."
      ],
      examples: [.init("mission-control cancel 4f1d 90ab", "two missions")])
  }

  static func accept(
    _ arguments: [String], into options: inout CancelOptions, _ common: CommonOptions
  ) throws(UsageError) {
    options.missions = try MissionReference.all(arguments)
  }
}
