import MissionCore
import Report

// The run's own lines in the log.
extension RunSession {
  func tellBegin(selected: Int) {
    var facts = LogFacts(.runStarted)
    facts.isRoutine = true
    let missions = selected == 1 ? "1 mission" : "\(selected) missions"
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
}
