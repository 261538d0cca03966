import MissionCore

/// The missions of a run whose results are not like those before them: how many, and the first of them.
///
/// Bounded whatever the run's size.
public struct SuspiciousResults: Hashable, Sendable {
  /// How many are kept; the rest is counted.
  public static let mostKept = 20

  public internal(set) var count = 0
  /// Of these, DONE.
  public internal(set) var done = 0
  /// The first in run order.
  public internal(set) var missions: [MissionRecord] = []
  /// No other DONE mission of the journal is suspicious, so that `rerun --suspicious` takes just these.
  public internal(set) var isWhole = false

  public init() {}

  mutating func add(_ mission: MissionRecord) {
    guard mission.suspicion != nil else { return }
    count += 1
    if mission.status == .done { done += 1 }
    let place = missions.firstIndex { FailureGroups.isBefore(mission, $0) } ?? missions.count
    guard place < Self.mostKept else { return }
    missions.insert(mission, at: place)
    if missions.count > Self.mostKept { missions.removeLast() }
  }
}
