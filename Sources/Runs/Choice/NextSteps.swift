import Journal
import MissionCore
import Report

/// What to type next, each command with the number of missions that it selects; pure.
///
/// The numbers follow from what was counted when the missions were chosen, and from what the run then changed.
package struct NextSteps {
  let options: RunOptions
  let configPath: String
  let selection: Selection

  package init(
    options: RunOptions, configPath: String, selection: Selection
  ) {
    self.options = options
    self.configPath = configPath
    self.selection = selection
  }

  /// The run's choice without what it has used up: `--retry-failed` put its missions back already.
  private var base: RunOptions {
    var base = options
    base.retriesFailed = false
    base.limit = nil
    return base
  }

  /// For the report of a run: `command` and `limit` tell how it chose.
  package var advice: RunAdvice {
    var advice = RunAdvice(command: text(base), limit: options.limit)
    advice.unlisted = selection.unlisted
    return advice
  }

  // MARK: After a run

  /// The one command that leads on: what is left and what failed comes first, then what no file names any more, rows
  /// to be mended, and results that look wrong. None when all is well.
  ///
  /// - Parameters:
  ///   - left: missions of the run that are not finished.
  ///   - failures: the run's own FAILED ones.
  ///   - isBlocked: a breaker has opened.
  ///   - hasRefusedRows: mission files had errors.
  ///   - backfill: how the journal stands at the end of the run.
  func afterRun(
    left: Int, failures: FailuresToRepeat, isBlocked: Bool, hasRefusedRows: Bool, backfill: BackfillStanding
  ) -> [NextStep] {
    let resumed = left + failures.again
    if let step = retry(resumed, failures, isBlocked: isBlocked) { return [step] }
    if resumed > 0 {
      var command = base
      if options.limit != nil { command.limit = resumed }
      let kind: NextStep.Kind = options.only.isEmpty ? .resume : .resumeNamed
      return [
        NextStep(kind, command: text(command), missions: resumed, part: left, isBlocked: isBlocked)
      ]
    }
    if let step = unlisted(resumed, failures) { return [step] }
    if hasRefusedRows {
      var command = base
      command.limit = options.limit
      return [NextStep(.importMended, command: text(command), missions: 0, part: 0)]
    }
    return suspicious(backfill).map { [$0] } ?? []
  }

  /// Of the whole journal, whichever run brought them. The run that takes them up is offered with it where it takes up
  /// nothing else.
  private func suspicious(_ backfill: BackfillStanding) -> NextStep? {
    let missions = backfill.suspicious.missions
    guard missions > 0 else { return nil }
    var journal = RunOptions()
    journal.shard = options.shard
    let suffix = text(journal).dropFirst("mission-control run".count)
    return .rerunSuspicious(missions, alsoRuns: backfill.left == 0) { "mission-control \($0)\(suffix)" }
  }

  private func retry(_ resumed: Int, _ failures: FailuresToRepeat, isBlocked: Bool) -> NextStep? {
    let failed = failures.retryable + selection.retryable
    guard failed > 0 else { return nil }
    var command = base
    command.retriesFailed = true
    var missions = resumed + failed
    if options.limit != nil {
      // What failed before this run would take the places of what is left of it.
      if selection.retryable == 0 { command.limit = missions } else { missions += selection.more }
    }
    return NextStep(
      .retryFailed, command: text(command), missions: missions, part: failures.again + failed,
      isBlocked: isBlocked)
  }

  private func unlisted(_ resumed: Int, _ failures: FailuresToRepeat) -> NextStep? {
    guard selection.unlisted > 0, !options.includesUnlisted else { return nil }
    var command = base
    command.includesUnlisted = true
    let missions =
      resumed + selection.more + selection.unlisted + selection.unlistedAgain + failures.unlistedAgain
    return NextStep(.unlisted, command: text(command), missions: missions, part: selection.unlisted)
  }

  // MARK: Instead of a run

  /// What a plan offers: the run that it tells of; where that would do nothing, what other options would choose.
  package func afterPlan() -> [NextStep] {
    let selected = selection.selected
    if selected > 0 {
      return [NextStep(.resume, command: text(options), missions: selected, part: selected)]
    }
    func atMost(_ count: Int) -> Int { min(count, options.limit ?? count) }
    if selection.retryable > 0, !options.retriesFailed {
      var command = options
      command.retriesFailed = true
      let missions = atMost(selection.more + selection.retryable)
      return [
        NextStep(.retryFailed, command: text(command), missions: missions, part: selection.retryable)
      ]
    }
    guard selection.unlisted > 0, !options.includesUnlisted else { return [] }
    var command = options
    command.includesUnlisted = true
    let failed = selection.unlistedAgain + (options.retriesFailed ? selection.unlistedRetryable : 0)
    let missions = atMost(selection.more + selection.unlisted + failed)
    return [NextStep(.unlisted, command: text(command), missions: missions, part: selection.unlisted)]
  }

  private func text(_ options: RunOptions) -> String {
    RunCommandLine.text(options, configPath: configPath)
  }
}
