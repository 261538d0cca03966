import MissionCore
import Report
import Terminal
import Threads

/// `check`: tests every part that a run needs.
enum CheckCommand {
  /// The first line of the answer: everything else needs a configuration that can be read.
  private static let configurationName: Message = "configuration"

  static func execute(_ options: CheckOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode {
    try context.writeErrorsInBackground()
    let stopwatch = Moment.stopwatch()
    let configuration = try context.configuration()
    if let worker = options.worker { return try ContractCheck.execute(worker, configuration, context) }
    let first = CheckResult(
      name: configurationName, outcome: .passed("\(context.common.configPath)"),
      seconds: stopwatch() / .seconds(1)
    )
    let items = CheckComposition.items(
      configuration, context, sendsNotifications: options.sendsNotifications)
    let report = CheckReport(
      names: [configurationName] + items.map(\.name), style: context.terminal.outputStyle,
      redactor: Redactor(secrets: configuration.secrets), language: context.language.current)
    return try show(first, items, report, context)
  }

  private static func show(
    _ first: CheckResult, _ items: [CheckItem], _ report: CheckReport, _ context: CommandContext
  ) throws(CommandFailure) -> ExitCode {
    let isJSON = context.common.output == .json
    func deliver(_ result: CheckResult) {
      guard !isJSON else { return }
      context.print(report.lines(result))
      context.terminal.output.flush()
    }
    deliver(first)
    var results = [first]
    do throws(ThreadFailure) { results += try CheckRunner.run(items, deliver: deliver) } catch {
      throw CommandFailure(.internalError, "not everything can be checked, \(error)")
    }
    if isJSON { context.print(report.json(results)) }
    return results.allSatisfy(\.isPassed) ? .success : .missionsFailed
  }
}
