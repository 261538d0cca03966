import Journal
import MissionCore

/// The report of a run as one self-contained page (SPEC 4): markup with totals, failures and missions, which
/// reads without a script, and a script with its data that adds calendar, charts, filters and histories.
///
/// The page is streamed: a million missions need no more memory than ten. All of it is of one moment, also
/// while the run works.
public struct HTMLReport {
  /// What the journal does not know.
  public struct Circumstances: Sendable {
    /// What the process is about to end with; nil takes the journal's.
    public var exitCode: Int?
    public var now: Timestamp
    /// The run works, and the file will be written anew.
    public var isLive = false
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
  }

  /// Missions in the page, at most: browsers do not bear many more.
  public static let mostMissions = 50_000
  /// How often a page of a live run is written, and reads itself again.
  public static let refreshInterval = Duration.seconds(5)

  private let phrases: HTMLPhrases
  private let circumstances: Circumstances

  public init(_ circumstances: Circumstances, phrases: HTMLPhrases) {
    self.circumstances = circumstances
    self.phrases = phrases
  }

  private struct Unwanted: Error {}

  /// Writes the file whole or not at all; answers its size in bytes.
  ///
  /// - Parameter isWanted: asked again and again; when it says no the file is given up and the answer is 0.
  @discardableResult
  public func write(
    to path: String, runID: String, from reader: JournalReader, while isWanted: () -> Bool = { true }
  ) throws(ResultsFailure) -> Int {
    var size = 0
    do {
      let file = try AtomicFile(path: path)
      try stream(runID: runID, from: reader) { bytes in
        guard isWanted() else { throw Unwanted() }
        size += bytes.count
        try file.write(bytes)
      }
      try file.commit()
    } catch is Unwanted {
      return 0
    } catch let failure as FileFailure {
      throw .file(failure)
    } catch let failure as JournalError {
      throw .journal(failure)
    } catch { throw .journal(.internalFailure(reason: "\(error)")) }
    return size
  }

  /// Hands the same bytes over in pieces.
  public func stream(
    runID: String, from reader: JournalReader, to write: ([UInt8]) throws -> Void
  ) throws {
    try reader.atOneMoment {
      let summary = try RunSummary.gather(
        runID: runID, from: reader, exitCode: circumstances.exitCode, now: circumstances.now,
        inputs: circumstances.inputs, commandSuffix: circumstances.commandSuffix,
        advice: circumstances.advice)
      let failures = try FailureGroups(runID: runID, reader)
      let listed = try reader.total(Self.filter(runID))
      let page = HTMLPage(
        summary: summary, failures: failures.sorted, listed: listed, circumstances: circumstances,
        phrases: phrases)
      try write(Array(try page.beginning().html.utf8))
      try MissionTableHTML(phrases).stream(runID: runID, from: reader, listed: listed, to: write)
      try write(Array(page.middle.html.utf8))
      try HTMLData(summary, circumstances, phrases).stream(from: reader, to: write)
      try write(Array(page.end.utf8))
    }
  }

  static func filter(_ runID: String) -> MissionFilter {
    var filter = MissionFilter()
    filter.runID = runID
    return filter
  }
}
