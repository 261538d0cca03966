import CommandLine

/// Options of `help`.
struct HelpOptions: CommandOptions, Equatable {
  /// Nil is the whole program.
  var command: String?
}

extension HelpCommand: MissionCommand {
  static var knowsShards: Bool { false }

  static var spec: CommandSpec<HelpOptions> {
    CommandSpec(
      name: "help", arguments: .command,
      summary: "this text, or a command's own",
      details: ["Prints what --help prints, without a command or after it."],
      examples: [
        .init("mission-control help", "the commands"),
        .init("mission-control help run", "one of them"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout HelpOptions, _ common: CommonOptions
  ) throws(UsageError) {
    options.command = arguments.first
  }
}
