import Configuration
import Journal
import MissionCore
import MissionFiles
import Runs
import Terminal

/// `plan`: what `run` would do now; executes and writes nothing.
enum PlanCommand {
  static func execute(_ options: RunOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    try context.writeErrorsInBackground()
    let configuration = try context.configuration(for: .reading)
    let choice = try MissionFileChoice(options, configuration, context.log)
    try MissionIntake.requireFiles(choice.files)
    let path = configuration.journal.path
    let reader = try JournalAccess.reader(path)
    let scratch = try JournalAccess.failing { () throws(JournalError) in
      try PlanScratch(journal: reader == nil ? nil : path)
    }
    let sources = MissionSources(configuration.declaredSources)
    var intake = PlanIntake(sources, only: options.only) { context.log.warning($0) }
    try intake.read(choice, into: scratch)
    let rule = options.rule(only: try intake.ids(reader))
    let plan = try JournalAccess.failing { () throws(JournalError) in try scratch.plan(rule) }
    let steps = NextSteps(
      options: options, configPath: context.common.configPath, selection: plan.selection)
    let report = PlanReport(
      plan: plan, rejectedRows: intake.intake.rejectedRows, refusedFiles: intake.intake.refusedFiles,
      refreshInterval: configuration.execution.refreshInterval, next: steps.afterPlan())
    context.print(
      context.common.output == .json ? report.json : report.text(context.phrases, context.answers))
    return intake.intake.problems.count > 0 ? .inputErrors : .success
  }
}
