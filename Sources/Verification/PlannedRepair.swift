import MissionCore

/// What will be done about one mission.
package struct PlannedRepair: Sendable {
  /// Whom it is for.
  package let mission: MissionID
  /// What is mended.
  package let damage: Damage
  /// Nil: only a new scrape helps.
  package let source: ByteSource?
}
