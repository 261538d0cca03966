import MissionCore

/// Whether a mission's rows hold what was scraped.
package enum RowsVerdict: Hashable, Sendable {
  case same
  /// And the first difference.
  case different(Message)
  /// Not asked, or nothing is left to compare with.
  case notCompared
}
