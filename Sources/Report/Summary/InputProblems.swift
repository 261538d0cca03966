import MissionCore

/// What was wrong with the mission files.
public struct InputProblems: Equatable, Sendable {
  /// How many lines are kept; the rest is counted.
  public static let mostKept = 20

  /// The first problems, as `missions/x.csv:5:12: …`.
  public private(set) var lines: [Message] = []
  public private(set) var count = 0
  /// Rows that repeat a mission of the same import.
  public var duplicates = 0

  public init() {}

  /// What a stored report keeps of them.
  init(lines: [Message], count: Int, duplicates: Int) {
    self.lines = lines
    self.count = count
    self.duplicates = duplicates
  }

  /// One line; only the first are kept, all are counted.
  public mutating func add(_ line: Message) {
    count += 1
    if lines.count < Self.mostKept { lines.append(line) }
  }
}
