import CommandLine
import MissionCore

/// `completions`: what a shell needs to complete commands and options.
enum CompletionsCommand {
  static func execute(
    _ options: CompletionsOptions, _ context: CommandContext
  ) throws(CommandFailure) -> ExitCode {
    context.print(CompletionScript.text(of: context.program, for: options.shell))
    return .success
  }
}
