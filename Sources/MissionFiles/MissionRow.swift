import MissionCore

/// A mission as a row of a file names it.
package struct MissionRow: Hashable, Sendable {
  package let id: MissionID
  package let parameters: MissionParameters
  /// Higher first.
  package let priority: Int
  /// The line on which the row begins.
  package let line: Int
}

/// What one file held.
package struct MissionFileSummary: Hashable, Sendable {
  package internal(set) var rows = 0
  package internal(set) var rejected = 0
}
