import MissionCore

/// A mission as a row of a file names it.
public struct MissionRow: Hashable, Sendable {
  public let id: MissionID
  public let parameters: MissionParameters
  /// Higher first.
  public let priority: Int
  /// The line on which the row begins.
  public let line: Int
}

/// What one file held.
public struct MissionFileSummary: Hashable, Sendable {
  public internal(set) var rows = 0
  public internal(set) var rejected = 0
}
