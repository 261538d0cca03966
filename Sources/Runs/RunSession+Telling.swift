import Journal
import MissionCore
import Report

// The run's own lines in the log.
extension RunSession {
  func tellBegin(selected: Int) {
    var facts = LogFacts(.runStarted)
    facts.isRoutine = true
    let missions: Message = selected == 1 ? "1 mission" : "\(selected) missions"
    context.log.write(.info, "run \(runID) begins with \(missions)", facts)
  }

  func tellEnd(_ summary: RunSummary, _ code: ExitCode) {
    var facts = LogFacts(.runEnded)
    facts.isRoutine = true
    facts.seconds = summary.wallSeconds
    let counts = summary.run.counts
    context.log.write(
      .info,
      "run \(runID) ends with \(code.rawValue): \(counts.done) done, \(counts.failed) failed, \(counts.left) left",
      facts)
  }

  /// What the run does not choose and a person should know of.
  func tell(_ selection: Selection, _ advice: RunAdvice, isEveryFileRead: Bool) {
    if selection.failedEarlier > 0 {
      let named = advice.failedEarlier.prefix(3).map { "\($0.id) (\($0.errorCode?.rawValue ?? ""))" }
      let more = selection.failedEarlier > named.count ? " …" : ""
      let names = named.joined(separator: ", ") + more
      context.log.warning(
        selection.failedEarlier == 1
          ? "1 listed mission stays FAILED from an earlier run: \(names)"
          : "\(selection.failedEarlier) listed missions stay FAILED from earlier runs: \(names)")
    }
    guard selection.unlisted > 0 else { return }
    var options = plan.options
    (options.includesUnlisted, options.retriesFailed, options.limit) = (true, false, nil)
    let command = RunCommandLine.text(options, configPath: context.configPath)
    let files: Message = isEveryFileRead ? "none of the files" : "none of the files that could be read"
    context.log.warning(
      selection.unlisted == 1
        ? "1 unfinished mission is in \(files) and left alone; \(command) takes it too"
        : "\(selection.unlisted) unfinished missions are in \(files) and left alone; \(command) takes them too"
    )
  }

  /// Missions that no run can take up, because nothing is configured that would do their work.
  func tellUndeclared() throws(CommandFailure) {
    guard let declared = plan.configuration.sources?.map(\.name) else { return }
    do throws(JournalError) {
      let reader = try JournalReader(path: plan.journalPath)
      for (source, missions) in try reader.left(ofRun: runID, namingOtherThan: declared) {
        let named = UntrustedText.clean(source, limit: 64)
        context.log.warning(
          missions == 1
            ? "1 mission is left: its source \(named) is not declared in sources; declare it, or cancel the mission"
            : "\(missions) missions are left: their source \(named) is not declared in sources; declare it, or cancel them"
        )
      }
    } catch { throw CommandFailure(error) }
  }
}
