import MissionCore

/// Everything the summary of a run tells.
public struct RunSummary: Sendable {
  /// How long one checkpoint took.
  public struct CheckpointTimes: Hashable, Sendable {
    public let checkpoint: Checkpoint
    public let p50Seconds: Double
    public let p95Seconds: Double

    public init(checkpoint: Checkpoint, p50Seconds: Double, p95Seconds: Double) {
      self.checkpoint = checkpoint
      self.p50Seconds = p50Seconds
      self.p95Seconds = p95Seconds
    }
  }

  /// What one worker or one proxy brought about.
  public struct Share: Hashable, Sendable {
    public let name: String
    public let done: Int
    public let failed: Int
    public let ads: Int64
    public let bytes: Int64

    public init(name: String, done: Int, failed: Int, ads: Int64, bytes: Int64) {
      self.name = name
      self.done = done
      self.failed = failed
      self.ads = ads
      self.bytes = bytes
    }
  }

  /// A message, or several that differ in ids and names alone.
  public struct Told: Hashable, Sendable {
    public let text: Message
    public let count: Int

    public init(text: Message, count: Int) {
      self.text = text
      self.count = count
    }
  }

  /// The missions that failed with one code for one cause, and one of them.
  public struct Failures: Hashable, Sendable {
    public let code: ErrorCode
    public let count: Int
    public let example: MissionID
    /// The code before an exhausted retry replaced it, the same for all of them.
    public let cause: ErrorCode?
    public let message: Message
    /// The first three that came.
    public let messages: [Told]
    /// No other mission of the journal is FAILED with this code, so that `retry --code` puts back just these.
    public let isWholeCode: Bool

    public init(
      code: ErrorCode, count: Int, example: MissionID, cause: ErrorCode?, message: Message,
      messages: [Told] = [], isWholeCode: Bool = true
    ) {
      self.messages = messages
      self.code = code
      self.count = count
      self.example = example
      self.cause = cause
      self.message = message
      self.isWholeCode = isWholeCode
    }
  }

  public var run: RunRecord
  /// It tells of missions of the journal, whichever run did them; nil: of one run.
  public var journal: JournalScope?
  /// The code the process ends with; nil while the run works, and when it was killed.
  public var exitCode: Int?
  /// Why it ended; nil while it works.
  public var end: RunEnd?
  /// Seconds from the run's start to its end.
  public var wallSeconds: Double
  /// Bytes of `data` over DONE missions.
  public var bytes: Int64 = 0
  public var checkpoints: [CheckpointTimes] = []
  public var workers: [Share] = []
  public var proxies: [Share] = []
  /// The most frequent first.
  public var failures: [Failures] = []
  /// What was tried again; nil where nobody counted.
  public var retries: Retries?
  /// What is not like it was before.
  public var suspicious = SuspiciousResults()
  public var inputs = InputProblems()
  /// Selected missions that the report does not list one by one.
  public var omitted = 0
  /// What tells the journal that it is of from any other; nil where nobody said.
  public var journalID: String?
  /// What that journal holds altogether, whichever run did it.
  public var cumulative: StatusCounts?
  /// The same with the days that failed or look wrong; nil where nobody kept it.
  public var backfill: BackfillStanding?
  /// Which parts it was merged from; nil for the report of one run.
  public var merged: ShardSurvey?
  /// What only the run itself knew; nil where nobody kept it.
  public var advice: RunAdvice?
  /// What has to stand behind each command to work on the same journal: ` --config other.yaml`, or nothing.
  public var commandSuffix = ""

  /// Runs came after it, so that the commands of its end no longer choose what they say.
  public var isSuperseded = false

  /// What to type now. A run that broke off offers what its journal says is left.
  public var next: [NextStep] {
    if isSuperseded || merged != nil { return [] }
    if let advice, !advice.next.isEmpty || (exitCode != nil && run.counts.left == 0) { return advice.next }
    let advice = advice ?? RunAdvice(command: "mission-control run\(commandSuffix)")
    return advice.resuming(run.counts.left, failed: failures.map { ($0.code, $0.count) })
  }

  /// `mission-control …` for this journal.
  ///
  /// - Parameter chooses: the command takes the options that chose the missions of this report.
  package func command(_ words: String, chooses: Bool = false) -> String {
    "mission-control \(words)\(chooses ? journal?.choice ?? "" : "")\(commandSuffix)"
  }

  /// It works still.
  public var isLive: Bool { end == nil && exitCode == nil }

  public init(run: RunRecord, exitCode: Int?, wallSeconds: Double) {
    self.run = run
    self.exitCode = exitCode
    self.wallSeconds = wallSeconds
  }
}
