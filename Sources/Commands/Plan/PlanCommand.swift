import Configuration
import Journal
import MissionCore
import MissionFiles
import Runs
import Schedules
import Terminal

/// `plan`: what `run` would do now; executes and writes nothing.
enum PlanCommand {
  static func execute(_ asked: RunOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    try context.writeErrorsInBackground()
    var options = asked
    let configuration = try context.configuration(for: options.asksData ? .working : .reading)
    options.part = configuration.shard?.part
    if options.workers.isEmpty { try configuration.requireWorkersForAllShards() }
    if options.isDue { try DueChoice.require(configuration) }
    var choice = try MissionFileChoice(options, configuration, context.ofRuns)
    try MissionIntake.requireFiles(choice.files)
    let path = configuration.journal.path
    let reader = try JournalAccess.reader(path)
    let schedules = configuration.activeSchedules
    if options.isDue {
      choice = choice.making(
        try JournalAccess.failing { () throws(JournalError) in
          try DueChoice(
            configuration, options.rule(only: [], schedules: schedules), reader, now: context.now())
        })
    }
    let scratch = try JournalAccess.failing { () throws(JournalError) in
      try PlanScratch(journal: reader == nil ? nil : path)
    }
    let sources = MissionSources(configuration.declaredSources)
    var intake = PlanIntake(sources, only: options.only) { context.log.warning($0) }
    try intake.read(choice, into: scratch)
    let rule = options.rule(only: try intake.ids(reader), schedules: schedules)
    let plan = try JournalAccess.failing { () throws(JournalError) in try scratch.plan(rule) }
    let steps = NextSteps(
      options: options, configPath: context.common.configPath, selection: plan.selection)
    var report = PlanReport(
      plan: plan, rejectedRows: intake.intake.rejectedRows, refusedFiles: intake.intake.refusedFiles,
      refreshInterval: configuration.execution.refreshInterval, next: steps.afterPlan())
    report.windows = choice.windows.map { window in
      PlannedWindow(
        place: "\(context.common.configPath):\(window.line)", source: window.window.source,
        missions: window.count,
        range: window.range)
    }
    report.sourcesWithoutSessions = Set(
      (configuration.declaredSources ?? []).filter { !$0.needsMedia }.map(\.name))
    report.slots = choice.due.map { PlannedSlots($0, after: context.now()) }
    report.seconds = try reader.flatMap { reader throws(CommandFailure) in
      try seconds(plan, options, configuration, reader)
    }
    if options.asksData {
      report.recovered = try PlanRecovery(configuration, context).count(in: scratch, rule)
    }
    context.print(
      context.common.output == .json
        ? report.json : report.text(context.phrases, context.answers, context.choosing))
    return intake.intake.problems.count > 0 ? .inputErrors : .success
  }

  /// The work of all missions, as the latest ones of their sources took, by as many as run at once; nil when some
  /// source has no history.
  private static func seconds(
    _ plan: MissionPlan, _ options: RunOptions, _ configuration: Configuration, _ reader: JournalReader
  ) throws(CommandFailure) -> Double? {
    let means = try JournalAccess.failing { () throws(JournalError) in try reader.meanSeconds() }
    var work = 0.0
    for source in plan.sources {
      guard let mean = means[source.name] else { return nil }
      work += mean * Double(source.selected)
    }
    guard plan.selected > 0 else { return nil }
    let limit = configuration.maxConcurrency(with: configuration.workersOfShard)
    let atOnce = min(options.maxConcurrency ?? limit, limit)
    return work / Double(max(1, min(atOnce, plan.selected)))
  }
}
