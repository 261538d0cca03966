import MissionCore

/// Which of two entries of the same mission counts when journals and reports are merged (TRUST 4); pure.
package struct MergePrecedence: Hashable, Sendable {
  /// The best first: what is done stays done, whatever a journal says that never ran it.
  private static let order: [MissionStatus] = [.done, .failed, .running, .queued, .cancelled, .pending]

  private let rank: UInt8
  /// Of the last thing that is known of it.
  private let milliseconds: Int64

  package init(_ mission: MissionRecord) {
    rank = UInt8(Self.order.firstIndex(of: mission.status) ?? Self.order.count)
    let moment = mission.finishedAt ?? mission.startedAt ?? mission.queuedAt ?? mission.createdAt
    milliseconds = moment.milliseconds
  }

  /// Whether it takes the other's place; of equals the one that was there first stays.
  package func isStronger(than other: MergePrecedence) -> Bool {
    rank != other.rank ? rank < other.rank : milliseconds > other.milliseconds
  }
}
