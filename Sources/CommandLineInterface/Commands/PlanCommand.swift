import Configuration
import Journal
import MissionCore
import MissionFiles

/// `plan`: what `run` would do now; executes and writes nothing.
enum PlanCommand {
  static func execute(_ options: RunOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    try context.writeErrorsInBackground()
    let configuration = try context.configuration()
    let files = options.files.isEmpty ? configuration.missionFiles() : options.files
    try MissionIntake.requireFiles(files)
    let path = configuration.journal.path
    let reader = try JournalAccess.reader(path)
    let scratch = try JournalAccess.failing { () throws(JournalError) in
      try PlanScratch(journal: reader == nil ? nil : path)
    }
    var intake = PlanIntake(only: options.only) { context.log.warning($0) }
    try intake.read(files, into: scratch)
    var filter = options.selection.filter
    filter.shard = options.shard
    filter.ids = try intake.ids(reader)
    let plan = try JournalAccess.failing { () throws(JournalError) in
      try scratch.plan(
        filter: filter, order: options.order, limit: options.limit, retryFailed: options.retriesFailed)
    }
    let report = PlanReport(
      plan: plan, rejectedRows: intake.intake.rejectedRows,
      refreshInterval: configuration.execution.refreshInterval)
    context.print(
      context.common.output == .json
        ? report.json : report.text(suffix: context.commandSuffix, context.phrases, context.answers))
    return intake.intake.problems.count > 0 ? .inputErrors : .success
  }
}
