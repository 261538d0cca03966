import MissionCore

/// How far this run is, for the progress view.
package struct RunProgress: Hashable, Sendable {
  package var done = 0
  package var failed = 0
  package var cancelled = 0
  /// Left for a later run.
  package var parked = 0

  mutating func count(_ status: MissionStatus) {
    switch status {
    case .done: done += 1
    case .failed: failed += 1
    case .cancelled: cancelled += 1
    default: break
    }
  }
}

/// One mission in a slot, as the progress view shows it.
package struct ActiveMission: Hashable, Sendable {
  package let id: MissionID
  package let parameters: MissionParameters
  /// Where its job runs or ran.
  package let lane: String?
  package let stage: MissionStage
  /// From 1 on.
  package let attempt: Int
}

extension Scheduler {
  /// Missions in slots, by id; for a view that is drawn a few times a second.
  package var activeMissions: [ActiveMission] {
    missions.values.filter(\.isInSlot).map {
      ActiveMission(
        id: $0.state.id, parameters: $0.state.parameters, lane: $0.state.lane, stage: $0.state.stage,
        attempt: 1 + $0.state.retryCount)
    }.sorted { $0.id < $1.id }
  }

  package var laneNames: [String] { lanes.map(\.name.lane) }
}
