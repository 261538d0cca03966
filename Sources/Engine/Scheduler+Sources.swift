import MissionCore
import Ports

// Which source runs a mission, and on which lane.
extension Scheduler {
  /// Nil when no source here runs missions of that name.
  func route(of record: MissionRecord) -> Int? {
    routes.firstIndex { $0.missions.contains(record.parameters.source) }
  }

  func source(of entry: Entry) -> String { sources[routes[entry.route].source].name }

  func lane(of entry: Entry) -> Int? {
    entry.state.lane.flatMap { laneIndex[LaneName(source: source(of: entry), lane: $0)] }
  }

  /// The lane that the journal names for a mission; nil when it is not configured any more.
  func lane(of record: MissionRecord) -> Int? { laneName(of: record).flatMap { laneIndex[$0] } }

  /// The job that the journal knows of a mission.
  func journaledJob(of record: MissionRecord) -> JobName? {
    guard let lane = laneName(of: record), let id = record.jobID else { return nil }
    return JobName(lane: lane, id: id)
  }

  private func laneName(of record: MissionRecord) -> LaneName? {
    guard let lane = record.worker else { return nil }
    let source = route(of: record).map { sources[routes[$0].source].name } ?? record.parameters.source
    return LaneName(source: source, lane: lane)
  }

  func standing(of lane: Int) -> LaneStanding {
    sources[lanes[lane].source].machine.standing(of: lanes[lane].number)
  }

  /// Whether missions may be started on the lane in this run.
  func isUsable(_ lane: Int) -> Bool { lanes[lane].capacity > 0 && !standing(of: lane).isSetAside }

  func hasUsableLane(_ route: Int, besides lane: Int? = nil) -> Bool {
    routes[route].lanes.contains { $0 != lane && isUsable($0) }
  }

  /// Whether a mission could not start a job any more in this run.
  func isClosed(_ entry: Entry) -> Bool {
    routes[entry.route].isClosed && entry.state.checkpoint == .scrape && entry.state.firstLook == nil
  }

  /// What waits for a lane of the route stays in the journal's queue, so that missions at DB and S3 behind it are
  /// reached.
  func close(_ route: Int, because breaker: Failure? = nil) {
    routes[route].isClosed = true
    while let id = routes[route].queue.popScrape() { if let entry = missions[id] { enqueue(entry) } }
    for id in routes[route].queue.secondLooks {
      routes[route].queue.remove(id)
      if let entry = missions[id] { enqueue(entry) }
    }
    if let breaker { openBreaker(breaker) }
  }
}
