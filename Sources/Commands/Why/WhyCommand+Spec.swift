import CommandLine
import MissionCore

/// Options of `why`.
struct WhyOptions: CommandOptions, Equatable {
  /// One.
  var missions: [MissionReference] = []
}

extension WhyCommand: MissionCommand {
  static var spec: CommandSpec<WhyOptions> {
    CommandSpec(
      name: "why", arguments: .one("ID"),
      summary: "why a mission is run or not, and what to type",
      details: [
        """
        Explains one mission: whether a run would choose it now and by which rule, at which checkpoint it goes on and \
        why, what failed before, where its row stands, and what to type. Reads the mission files and windows of the \
        configuration. The beginning of an id is enough.
        """
      ],
      examples: [.init("mission-control why 4f1d", "by the beginning of its id")])
  }

  static func accept(
    _ arguments: [String], into options: inout WhyOptions, _ common: CommonOptions
  ) throws(UsageError) {
    options.missions = try MissionReference.all(arguments)
  }
}
