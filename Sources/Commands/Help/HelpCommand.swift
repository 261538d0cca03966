import CommandLine
import MissionCore

/// `help`: what `--help` prints.
enum HelpCommand {
  static func execute(
    _ options: HelpOptions, _ context: CommandContext
  ) throws(CommandFailure) -> ExitCode {
    // The word is a command's name: the arguments were checked.
    show(options.command.flatMap { context.program.command($0) }, context)
    return .success
  }

  /// - Parameter command: nil is the whole program.
  static func show(_ command: CommandShape?, _ context: CommandContext) {
    context.print(HelpText(context.program, translate: context.translated).text(for: command))
  }
}
