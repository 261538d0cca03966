import MissionCore

/// What one look has found.
struct WatchContent {
  var snapshot: StatusSnapshot
  /// The latest first.
  var failures: [MissionRecord]
  /// Why the last look failed; the rest is older then.
  var problem: Message?
}
