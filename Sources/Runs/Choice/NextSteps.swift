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

  /// - Parameters:
  ///   - left: missions of the run that are not finished.
  ///   - failures: the run's own FAILED ones.
  ///   - isBlocked: a breaker has opened.
  ///   - hasRefusedRows: mission files had errors.
  func afterRun(
    left: Int, failures: FailuresToRepeat, isBlocked: Bool, hasRefusedRows: Bool
  ) -> [NextStep] {
    let resumed = left + failures.again
    var steps: [NextStep] = []
    if resumed > 0 {
      var command = base
      if options.limit != nil { command.limit = resumed }
      steps.append(
        NextStep(
          options.only.isEmpty ? .resume : .resumeNamed, command: text(command), missions: resumed,
          part: left,
          isBlocked: isBlocked))
    }
    steps += [retry(resumed, failures), unlisted(resumed, failures)].compactMap(\.self)
    if hasRefusedRows, resumed == 0 {
      var command = base
      command.limit = options.limit
      steps.append(NextStep(.importMended, command: text(command), missions: 0, part: 0))
    }
    return steps
  }

  private func retry(_ resumed: Int, _ failures: FailuresToRepeat) -> NextStep? {
    let failed = failures.retryable + selection.retryable
    guard failed > 0 else { return nil }
    var command = base
    command.retriesFailed = true
    var missions = resumed + failed
    if options.limit != nil {
      // What failed before this run would take the places of what is left of it.
      if selection.retryable == 0 { command.limit = missions } else { missions += selection.more }
    }
    return NextStep(.retryFailed, command: text(command), missions: missions, part: failures.again + failed)
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

  /// What a plan offers: the run it tells of, and what other options would choose as well.
  package func afterPlan() -> [NextStep] {
    var steps: [NextStep] = []
    let selected = selection.selected
    if selected > 0 {
      steps.append(NextStep(.resume, command: text(options), missions: selected, part: selected))
    }
    let all = selected + selection.more
    func atMost(_ count: Int) -> Int { min(count, options.limit ?? count) }
    if selection.retryable > 0, !options.retriesFailed {
      var command = options
      command.retriesFailed = true
      steps.append(
        NextStep(
          .retryFailed, command: text(command), missions: atMost(all + selection.retryable),
          part: selection.retryable))
    }
    if selection.unlisted > 0, !options.includesUnlisted {
      var command = options
      command.includesUnlisted = true
      let failed = selection.unlistedAgain + (options.retriesFailed ? selection.unlistedRetryable : 0)
      steps.append(
        NextStep(
          .unlisted, command: text(command), missions: atMost(all + selection.unlisted + failed),
          part: selection.unlisted))
    }
    return steps
  }

  private func text(_ options: RunOptions) -> String {
    RunCommandLine.text(options, configPath: configPath)
  }
}
