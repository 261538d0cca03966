/// Why a run ended (SPEC 11); the raw value is what reports say.
public enum RunEnd: String, CaseIterable, Sendable {
  /// It came to its end by itself: nothing of what it selected is left.
  case finished
  /// By a signal.
  case stopped
  /// `--max-duration` was reached.
  case timeUp = "time_up"
  /// Its process ended without a word: kill -9, a crash, a power cut. Never written down, only concluded.
  case killed
  /// It broke off, or could not go on with what is left.
  case failed

  /// What a run was ended by that did not write it down: with this code, and these counts.
  public static func of(exitCode: Int?, counts: RunCounts) -> RunEnd {
    switch exitCode.flatMap(ExitCode.init(number:)) {
    case .success, .missionsFailed, .inputErrors: return .finished
    case .stoppedEarly: return .stopped
    case .unusable where counts.left == 0: return .finished
    default: return .failed
    }
  }
}

extension RunRecord {
  /// Why it ended; nil while it works.
  ///
  /// - Parameter isLive: the process that began it still lives.
  public func end(isLive: Bool) -> RunEnd? {
    if finishedAt == nil { return isLive ? nil : .killed }
    return ended ?? .of(exitCode: exitCode, counts: counts)
  }

  /// When it ended: a killed run at its last sign of life; nil while it works.
  public func endedAt(isLive: Bool) -> Timestamp? {
    finishedAt ?? (isLive ? nil : max(aliveAt ?? startedAt, startedAt))
  }
}
