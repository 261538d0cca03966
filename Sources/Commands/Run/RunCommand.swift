import MissionCore
import Runs

/// `run`: imports the mission files, resumes what earlier runs left, drives every chosen mission to its end.
enum RunCommand {
  static func execute(_ options: RunOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    if options.isDryRun { return try PlanCommand.execute(options, context) }
    let audience = TerminalAudience(context, hidesProgress: options.hidesProgress)
    return try Run(options, context.ofRuns, audience).execute { () throws(CommandFailure) in
      try context.writeErrorsInBackground()
      return try context.configuration()
    }
  }
}
