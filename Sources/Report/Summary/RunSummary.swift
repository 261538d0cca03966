import MissionCore

/// Everything the summary of a run tells.
public struct RunSummary: Sendable {
  public var run: RunRecord
  /// The code the process ends with; the journal's when the run is over.
  public var exitCode: Int
  /// Seconds from the run's start to its end.
  public var wallSeconds: Double
  public var tally: RunTally
  public var inputs: InputProblems
  /// FAILED missions of earlier runs, which this run did not select.
  public var earlierFailures: Int
  /// What has to stand behind each command to work on the same journal: ` --config other.yaml`, or nothing.
  public var commandSuffix: String

  public init(
    run: RunRecord, exitCode: Int, wallSeconds: Double, tally: RunTally, inputs: InputProblems = .init(),
    earlierFailures: Int = 0, commandSuffix: String = ""
  ) {
    self.run = run
    self.exitCode = exitCode
    self.wallSeconds = wallSeconds
    self.tally = tally
    self.inputs = inputs
    self.earlierFailures = earlierFailures
    self.commandSuffix = commandSuffix
  }
}

/// What was wrong with the mission files.
public struct InputProblems: Equatable, Sendable {
  /// How many lines are kept; the rest is counted.
  public static let mostKept = 20

  /// The first problems, as `missions/x.csv:5:12: …`.
  public private(set) var lines: [String] = []
  public private(set) var count = 0
  /// Rows that repeat a mission of the same import.
  public var duplicates = 0

  public init() {}

  public mutating func add(_ line: String) {
    count += 1
    if lines.count < Self.mostKept { lines.append(line) }
  }
}
