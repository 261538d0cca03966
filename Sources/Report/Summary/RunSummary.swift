import MissionCore

/// Everything the summary of a run tells.
package struct RunSummary: Sendable {
  /// How long one checkpoint took.
  package struct CheckpointTimes: Hashable, Sendable {
    package let checkpoint: Checkpoint
    package let p50Seconds: Double
    package let p95Seconds: Double

    package init(checkpoint: Checkpoint, p50Seconds: Double, p95Seconds: Double) {
      self.checkpoint = checkpoint
      self.p50Seconds = p50Seconds
      self.p95Seconds = p95Seconds
    }
  }

  /// What one worker or one proxy brought about.
  package struct Share: Hashable, Sendable {
    package let name: String
    package let done: Int
    package let failed: Int
    package let ads: Int64
    package let bytes: Int64

    package init(name: String, done: Int, failed: Int, ads: Int64, bytes: Int64) {
      self.name = name
      self.done = done
      self.failed = failed
      self.ads = ads
      self.bytes = bytes
    }
  }

  /// A message, or several that differ in ids and names alone.
  package struct Message: Hashable, Sendable {
    package let text: String
    package let count: Int

    package init(text: String, count: Int) {
      self.text = text
      self.count = count
    }
  }

  /// The missions that failed with one code, and one of them.
  package struct Failures: Hashable, Sendable {
    package let code: ErrorCode
    package let count: Int
    package let example: MissionID
    /// The code before an exhausted retry replaced it.
    package let cause: ErrorCode?
    package let message: String
    /// The first three that came.
    package let messages: [Message]
    /// No other mission of the journal is FAILED with this code, so that `retry --code` puts back just these.
    package let isWholeCode: Bool

    package init(
      code: ErrorCode, count: Int, example: MissionID, cause: ErrorCode?, message: String,
      messages: [Message] = [], isWholeCode: Bool = true
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

  package var run: RunRecord
  /// It tells of missions of the journal, whichever run did them; nil: of one run.
  package var journal: JournalScope?
  /// The code the process ends with; nil while the run works, and when it was killed.
  package var exitCode: Int?
  /// Why it ended; nil while it works.
  package var end: RunEnd?
  /// Seconds from the run's start to its end.
  package var wallSeconds: Double
  /// Bytes of `data` over DONE missions.
  package var bytes: Int64 = 0
  package var checkpoints: [CheckpointTimes] = []
  package var workers: [Share] = []
  package var proxies: [Share] = []
  /// The most frequent first.
  package var failures: [Failures] = []
  /// What was tried again; nil where nobody counted.
  package var retries: Retries?
  /// What is not like it was before.
  package var suspicious = SuspiciousResults()
  package var inputs = InputProblems()
  /// Selected missions that the report does not list one by one.
  package var omitted = 0
  /// What tells the journal that it is of from any other; nil where nobody said.
  package var journalID: String?
  /// What that journal holds altogether, whichever run did it.
  package var cumulative: StatusCounts?
  /// Which parts it was merged from; nil for the report of one run.
  package var merged: ShardSurvey?
  /// What only the run itself knew; nil where nobody kept it.
  package var advice: RunAdvice?
  /// What has to stand behind each command to work on the same journal: ` --config other.yaml`, or nothing.
  package var commandSuffix = ""

  /// Runs came after it, so that the commands of its end no longer choose what they say.
  package var isSuperseded = false

  /// What to type now. A run that broke off offers what its journal says is left.
  package var next: [NextStep] {
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
  package var isLive: Bool { end == nil && exitCode == nil }

  package init(run: RunRecord, exitCode: Int?, wallSeconds: Double) {
    self.run = run
    self.exitCode = exitCode
    self.wallSeconds = wallSeconds
  }
}
