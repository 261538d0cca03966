import CommandLine
import MissionCore

/// Options of `show`.
struct ShowOptions: CommandOptions, Equatable {
  /// One.
  var missions: [MissionReference] = []
}

extension ShowCommand: MissionCommand {
  static var spec: CommandSpec<ShowOptions> {
    CommandSpec(
      name: "show", arguments: .one("ID"),
      summary: "one mission whole, with its history",
      details: ["Shows all fields, the checkpoints and every event. The beginning of an id is enough."],
      examples: [.init("mission-control show 4f1d", "by the beginning of its id")])
  }

  static func accept(
    _ arguments: [String], into options: inout ShowOptions, _ common: CommonOptions
  ) throws(UsageError) {
    options.missions = try MissionReference.all(arguments)
  }
}
