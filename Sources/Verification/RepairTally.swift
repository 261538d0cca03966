/// What `--repair` has done.
package struct RepairTally: Hashable, Sendable {
  /// Missions whose rows or objects were written once more.
  package var mended = 0
  /// Missions that the next run scrapes anew.
  package var putBack = 0
  /// Missions that differ still, though all that could be done was done.
  package var failed = 0
}
