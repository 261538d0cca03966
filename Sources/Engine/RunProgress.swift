import MissionCore

/// How far this run is, for the progress view.
package struct RunProgress: Hashable, Sendable {
  package var done = 0
  package var failed = 0
  package var cancelled = 0
  /// Left for a later run.
  package var parked = 0
  /// Attempts that failed and are made again.
  package var retries = 0
  /// Missions that failed, by code.
  package var failures: [ErrorCode: Int] = [:]

  /// What is written of a mission.
  mutating func note(_ change: MissionChange) {
    switch change {
    case .retryQueued: retries += 1
    case .failed(let code, _, _): failures[code, default: 0] += 1
    default: break
    }
  }

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
  /// That it has, at most.
  package let mostAttempts: Int
}

extension Scheduler {
  /// Missions in slots, by id; for a view that is drawn a few times a second.
  package var activeMissions: [ActiveMission] {
    missions.values.filter(\.isInSlot).map {
      ActiveMission(
        id: $0.state.id, parameters: $0.state.parameters, lane: $0.state.lane, stage: $0.state.stage,
        attempt: 1 + $0.state.retryCount, mostAttempts: mostAttempts(ofRoute: $0.route))
    }.sorted { $0.id < $1.id }
  }

  private func mostAttempts(ofRoute route: Int) -> Int {
    let policy = routes[route].machine.policy
    return policy.autoRetry ? 1 + policy.maxRetries : 1
  }

  package var laneNames: [String] { lanes.map(\.name.lane) }
}
