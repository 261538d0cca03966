import CommandLine
import MissionCore

/// `version`: what `--version` prints.
enum VersionCommand {
  static func execute(_ options: NoOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    show(context)
    return .success
  }

  static func show(_ context: CommandContext) { context.print(ProgramVersion.text + "\n") }
}

extension VersionCommand: MissionCommand {
  static var knowsShards: Bool { false }

  static var spec: CommandSpec<NoOptions> {
    CommandSpec(
      name: "version", arguments: .none,
      summary: "the program's version",
      details: ["Prints what --version prints."],
      examples: [.init("mission-control version", "which one is this?")])
  }
}
