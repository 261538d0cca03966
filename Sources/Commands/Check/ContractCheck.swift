import Configuration
import Journal
import MissionCore
import Ports
import Report
import Runs
import Terminal
import Threads

/// `check --worker NAME --conformance`: whether a worker keeps to the contract of the worker API, a line a step.
enum ContractCheck {
  static func execute(
    _ worker: String, _ configuration: Configuration, _ context: CommandContext
  ) throws(CommandFailure) -> ExitCode {
    try requireFree(worker, journalPath: configuration.journal.path)
    let redactor = Redactor(secrets: configuration.secrets)
    let composition = RunComposition(
      plan: RunPlan(checking: configuration), context: context.ofRuns, redactor: redactor)
    let steps = try steps(worker, composition.sources(try RunComposition.httpClient()))
    let report = CheckReport(
      names: steps.map(\.name), style: context.terminal.outputStyle, redactor: redactor,
      language: context.language.current)
    var results: [CheckResult] = []
    for step in steps {
      let result = outcome(of: step)
      results.append(result)
      guard context.common.output != .json else { continue }
      context.print(report.lines(result))
      context.terminal.output.flush()
    }
    if context.common.output == .json { context.print(report.json(results)) }
    return results.allSatisfy(\.isPassed) ? .success : .missionsFailed
  }

  /// A session that is replaced ends the jobs in it: of a live run, and those that a later run would take over.
  private static func requireFree(_ worker: String, journalPath: String) throws(CommandFailure) {
    if try JournalAccess.isLive(journalPath) {
      throw CommandFailure(
        .stoppedEarly, "a run is live and may use the worker: let it end, then try the worker")
    }
    guard let reader = try JournalAccess.reader(journalPath) else { return }
    let mission = try JournalAccess.failing { () throws(JournalError) in try reader.missionWithJob(on: worker)
    }
    if let mission {
      throw CommandFailure(
        .stoppedEarly,
        "a job of mission \(mission.id) may still run on \(worker): type run to take it over first")
    }
  }

  private static func steps(_ worker: String, _ sources: [RunSource]) throws(CommandFailure) -> [ContractStep]
  {
    let lanes = sources.flatMap { source in source.source.lanes.map { ($0.name, source.source) } }
    let steps = lanes.first { $0.0 == worker }.map { $0.1.contract(of: worker) } ?? []
    guard steps.isEmpty else { return steps }
    let known = Alternatives.text(lanes.filter { !$0.1.contract(of: $0.0).isEmpty }.map(\.0))
    throw CommandFailure(
      .usage,
      "--worker \(UntrustedText.quoted(worker)): no such active worker, there are \(known)")
  }

  private static func outcome(of step: ContractStep) -> CheckResult {
    let stopwatch = Moment.stopwatch()
    let outcome: CheckOutcome
    switch step.run() {
    case .passed(let remark, _): outcome = .passed(remark)
    case .failed(let message, let advice): outcome = .failed(message, advice: advice)
    }
    return CheckResult(name: step.name, outcome: outcome, seconds: stopwatch() / .seconds(1))
  }
}
