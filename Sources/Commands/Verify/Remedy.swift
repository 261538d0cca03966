import MissionCore

/// What still has all that was scraped; a SHA-256 of the journal has proved it.
enum ByteSource: String, CaseIterable, Sendable {
  case spool, rows, object
}

/// What will be done about one mission.
struct Remedy: Sendable {
  let mission: MissionID
  let damage: Damage
  /// Nil: only a new scrape helps.
  let source: ByteSource?
}

/// What `--repair` has done.
struct RepairTally: Hashable, Sendable {
  /// Missions whose rows or objects were written once more.
  var mended = 0
  /// Missions that the next run scrapes anew.
  var putBack = 0
  /// Missions that differ still, though all that could be done was done.
  var failed = 0
}
