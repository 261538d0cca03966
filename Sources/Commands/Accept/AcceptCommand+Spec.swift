import CommandLine
import MissionCore

/// Options of `accept`.
struct AcceptOptions: CommandOptions, Equatable {
  var missions: [MissionReference] = []
}

extension AcceptCommand: MissionCommand {
  static var spec: CommandSpec<AcceptOptions> {
    CommandSpec(
      name: "accept", arguments: .oneOrMore("ID"),
      summary: "say that a suspicious result is right",
      details: [
        """
        Takes the flag off missions whose result was suspicious, also while a run is live: it was right, and later \
        results are compared with it. One that FAILED of it (ERROR205) goes on at DB with the next run, from the \
        spool. The beginning of an id is enough; list --suspicious has them.
        """
      ],
      examples: [.init("mission-control accept 4f1d 90ab", "two quiet days, as they really were")])
  }

  static func accept(
    _ arguments: [String], into options: inout AcceptOptions, _ common: CommonOptions
  ) throws(UsageError) {
    options.missions = try MissionReference.all(arguments)
  }
}
