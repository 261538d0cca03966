import Engine
import MissionCore

/// The exit code of a run, from how it ended and what the journal counts (SPEC 4).
enum RunExit {
  /// - Parameter hasUnwanted: results are suspicious, which the run was told to fail of.
  static func code(
    outcome: RunOutcome, counts: RunCounts, hasInputErrors: Bool, hasUnwanted: Bool = false
  ) -> ExitCode {
    var codes: [ExitCode] = []
    if let failure = outcome.failure { codes.append(failure.exitCode) }
    let isWithoutWorker = outcome.hasNoLane && (counts.left > 0 || counts.failed > 0)
    if !outcome.breakers.isEmpty || isWithoutWorker { codes.append(.unusable) }
    // What is left though nothing stopped the run waits for a person: its source was set aside, or is not declared.
    if counts.left > 0 { codes.append(outcome.stop == nil ? .missionsFailed : .stoppedEarly) }
    if counts.failed > 0 || counts.failedEarlier > 0 || hasUnwanted { codes.append(.missionsFailed) }
    if hasInputErrors { codes.append(.inputErrors) }
    return ExitCode.winner(of: codes)
  }

  /// Why the run ended, as its report says it (SPEC 11). What was asked to stop and had nothing left is finished.
  static func end(outcome: RunOutcome, counts: RunCounts) -> RunEnd {
    if outcome.failure != nil { return .failed }
    if counts.left == 0 { return .finished }
    switch outcome.stop {
    case .maxDuration: return .timeUp
    case .signal, .drain: return .stopped
    case nil: return .failed
    }
  }
}
