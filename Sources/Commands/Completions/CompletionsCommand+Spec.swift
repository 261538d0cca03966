import CommandLine

/// Options of `completions`.
struct CompletionsOptions: CommandOptions, Equatable {
  var shell = Shell.bash
}

extension CompletionsCommand: MissionCommand {
  static var knowsShards: Bool { false }

  static var spec: CommandSpec<CompletionsOptions> {
    CommandSpec(
      name: "completions", arguments: .choice(Shell.allCases.map(\.rawValue)),
      summary: "completions for a shell",
      details: [
        """
        Prints what completes commands, options and their values in bash, zsh or fish; its first lines say where to \
        save it.
        """
      ],
      examples: [
        .init("source <(mission-control completions bash)", "for this shell"),
        .init(
          "mission-control completions fish > ~/.config/fish/completions/mission-control.fish", "for good"),
      ])
  }

  static func accept(
    _ arguments: [String], into options: inout CompletionsOptions, _ common: CommonOptions
  ) throws(UsageError) {
    // The word is one of the shells: the arguments were checked.
    if let shell = Shell(rawValue: arguments[0]) { options.shell = shell }
  }
}
