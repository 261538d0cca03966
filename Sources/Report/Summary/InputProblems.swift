/// What was wrong with the mission files.
package struct InputProblems: Equatable, Sendable {
  /// How many lines are kept; the rest is counted.
  package static let mostKept = 20

  /// The first problems, as `missions/x.csv:5:12: …`.
  package private(set) var lines: [String] = []
  package private(set) var count = 0
  /// Rows that repeat a mission of the same import.
  package var duplicates = 0

  package init() {}

  /// What a stored report keeps of them.
  init(lines: [String], count: Int, duplicates: Int) {
    self.lines = lines
    self.count = count
    self.duplicates = duplicates
  }

  package mutating func add(_ line: String) {
    count += 1
    if lines.count < Self.mostKept { lines.append(line) }
  }
}
