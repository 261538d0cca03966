/// A command that goes on from where a run or a plan stands, with the number of missions it selects.
///
/// Made once, by the program that knows the options which chose; reports only show it.
public struct NextStep: Hashable, Sendable {
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
}
