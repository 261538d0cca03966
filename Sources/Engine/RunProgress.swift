import MissionCore

/// How far this run is, for the progress view.
public struct RunProgress: Hashable, Sendable {
  public var done = 0
  public var failed = 0
  public var cancelled = 0
  /// Left for a later run.
  public var parked = 0

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
public struct ActiveMission: Hashable, Sendable {
  public let id: MissionID
  public let parameters: MissionParameters
  public let worker: String?
  public let stage: MissionStage
  /// From 1 on.
  public let attempt: Int
}

extension Scheduler {
  /// Missions in slots, by id; for a view that is drawn a few times a second.
  public var activeMissions: [ActiveMission] {
    missions.values.filter(\.isInSlot).map {
      ActiveMission(
        id: $0.state.id, parameters: $0.state.parameters, worker: $0.state.worker, stage: $0.state.stage,
        attempt: 1 + $0.state.retryCount)
    }.sorted { $0.id < $1.id }
  }

  public var workerNames: [String] { lanes.map(\.state.worker) }
}
