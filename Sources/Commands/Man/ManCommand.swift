import CommandLine
import MissionCore

/// `man`: the manual page.
enum ManCommand {
  static func execute(_ options: NoOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    context.print(ManualPage.text(context.program))
    return .success
  }
}
