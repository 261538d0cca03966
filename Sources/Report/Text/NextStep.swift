import MissionCore

/// A command that goes on from where a run or a plan stands, with the number of missions it selects.
///
/// Made once, by the program that knows the options which chose; reports only show it.
public struct NextStep: Hashable, Sendable {
  /// What the command does, in the words of JSON.
  public enum Kind: String, CaseIterable, Sendable {
    /// What is left of the choice; FAILED ones whose surroundings failed are among it.
    case resume
    /// The missions that were named by id and are not DONE.
    case resumeNamed = "resume_named"
    /// FAILED missions too, whatever failed.
    case retryFailed = "retry_failed"
    /// Unfinished missions too that are in none of the files.
    case unlisted
    /// Rows of the mission files that were refused, once they are mended.
    case importMended = "import_mended"
    // Of a report of the journal.
    /// FAILED missions, for the next run.
    case putBack = "put_back"
    /// All that is neither DONE, FAILED nor CANCELLED.
    case unfinished
    case rerunSuspicious = "rerun_suspicious"
  }

  public let kind: Kind
  /// As it is typed.
  public let command: String
  /// How many missions `plan` with the same options selects; 0 when only mended rows can tell.
  public let missions: Int
  /// How many of them the kind is about: that are left, that FAILED, that are unlisted.
  public let part: Int
  /// Something that would hit every mission has to be mended first.
  public let isBlocked: Bool

  public init(_ kind: Kind, command: String, missions: Int, part: Int, isBlocked: Bool = false) {
    self.kind = kind
    self.command = command
    self.missions = missions
    self.part = part
    self.isBlocked = isBlocked
  }

  /// The one command that leads on from how a journal stands: what failed or is left comes first, then what looks
  /// wrong, then what no run repeats by itself.
  ///
  /// - Parameter command: makes a command of its words, with the options that choose the same missions.
  package static func ofJournal(
    failed: [(code: ErrorCode, count: Int)], left: Int, suspicious: Int, command: (String) -> String
  ) -> NextStep? {
    func count(_ isTaken: (ErrorCode) -> Bool) -> Int {
      failed.filter { isTaken($0.code) }.reduce(0) { $0 + $1.count }
    }
    let again = count { !$0.needsPerson }
    if again > 0 {
      return NextStep(
        .retryFailed, command: command("run --retry-failed --unlisted"), missions: left + again, part: again)
    }
    if left > 0 {
      return NextStep(.unfinished, command: command("run --unlisted"), missions: left, part: left)
    }
    if suspicious > 0 { return rerunSuspicious(suspicious, command) }
    let held = count(\.needsPerson)
    guard held > 0 else { return nil }
    return NextStep(.putBack, command: command("retry --failed"), missions: held, part: held)
  }

  /// Has results that look wrong scraped once more.
  ///
  /// - Parameters:
  ///   - alsoRuns: with the run that takes them up, which is offered where it takes up nothing else.
  ///   - command: as for `ofJournal`.
  package static func rerunSuspicious(
    _ missions: Int, alsoRuns: Bool = true, _ command: (String) -> String
  ) -> NextStep {
    let putBack = command("rerun --suspicious --yes")
    return NextStep(
      .rerunSuspicious, command: alsoRuns ? "\(putBack) && \(command("run"))" : putBack, missions: missions,
      part: missions)
  }
}
