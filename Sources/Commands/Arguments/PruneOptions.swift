import MissionCore

/// Options of `prune`.
struct PruneOptions: Equatable, Sendable {
  var missions: [MissionReference] = []
  /// DONE ones only.
  var onlyDone = false
  /// Finished at least this long ago.
  var olderThan: Duration?
  var isConfirmed = false

  /// Nothing is said: the configuration's `retention:` counts.
  var followsRetention: Bool { missions.isEmpty && !onlyDone && olderThan == nil }
}
