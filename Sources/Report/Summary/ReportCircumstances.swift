import MissionCore

/// What a report tells that the journal does not know.
public struct ReportCircumstances: Sendable {
  /// What the process is about to end with; nil takes the journal's.
  public var exitCode: Int?
  public var now: Timestamp
  /// The run works, and the file will be written anew.
  public var isLive = false
  /// Runs came after it: what it left is theirs, and its commands would no longer do what they say.
  public var isSuperseded = false
  /// The process is to end within seconds (SPEC 4): histories are written for a second, the rest is left out.
  public var isHurried = false
  public var inputs = InputProblems()
  /// What has to stand behind each command to work on the same journal.
  public var commandSuffix = ""
  /// The run's choice and what to type next, where it is known.
  public var advice: RunAdvice?
  /// Of the program, for the foot of the page.
  public var version = ""

  public init(now: Timestamp) { self.now = now }

  /// Why the run ended; nil while it works. A code that the process is about to end with is an end.
  func end(of run: RunRecord) -> RunEnd? {
    if let exitCode, run.finishedAt == nil { return .of(exitCode: exitCode, counts: run.counts) }
    return run.end(isLive: isLive)
  }

  /// When it ended; nil while it works.
  func endedAt(_ run: RunRecord) -> Timestamp? {
    exitCode != nil && run.finishedAt == nil ? nil : run.endedAt(isLive: isLive)
  }
}
