import MissionCore
import Ports

// How many jobs each lane gets at once, as it shows what it can take.
extension Scheduler {
  func adapt(_ lane: Int, _ event: AdaptiveLimit.Event) {
    guard lanes[lane].adaptive != nil else { return }
    let before = lanes[lane].adaptive?.told
    lanes[lane].adaptive?.handle(event, at: now)
    let after = lanes[lane].adaptive?.told
    guard before != after else { return }
    write(.laneLimited(lane: lanes[lane].name.lane, after, at: wall))
    tellLimit(lane, after)
    if before?.limit != after?.limit { limitJobs(on: lane) }
  }

  func adapt(_ entry: Entry, _ event: AdaptiveLimit.Event) {
    if let lane = lane(of: entry) { adapt(lane, event) }
  }

  func noteCompletion(of entry: Entry) {
    guard let lane = lane(of: entry), let adaptive = lanes[lane].adaptive else { return }
    adapt(lane, .completed(entry.state.id, left: adaptive.asksWhatIsLeft ? left(for: lane) : 0))
  }

  /// A request about the mission's job was answered: was it an answer of a lane that has too much to do?
  func noteRefusal(_ event: MissionEvent, of entry: Entry) {
    switch event {
    case .startFailed(let failure) where failure.kind == .busy: adapt(entry, .startRefused(entry.state.id))
    case .jobLooked(.failure(let failure)) where failure.kind == .busy:
      adapt(entry, .lookRefused(entry.state.id))
    default: break
    }
  }

  /// Once per session, however many missions it takes with it.
  func noteSessionFailure(_ failure: Failure, on lane: Int) {
    switch failure.code {
    case .sessionNotReady, .sessionStuck, .sessionDisconnected: adapt(lane, .sessionFailed)
    default: break
    }
  }

  /// The queue of a route is known, so it is known how much its lanes have before them.
  func expectMissions(of route: Int) {
    for lane in routes[route].lanes { adapt(lane, .expected(left(for: lane))) }
  }

  /// Missions that wait for the lane: its share of those that wait for any lane of its routes.
  private func left(for lane: Int) -> Int {
    var left = 0
    let isOpen = routes.contains { !$0.isQueueExhausted }
    for route in routes where !route.isClosed && route.lanes.contains(lane) {
      let capacity = route.lanes.reduce(0) { $0 + (isUsable($1) ? lanes[$1].capacity : 0) }
      guard capacity > 0 else { continue }
      // Whose source the rest of the journal's queue names is not known: all routes with more to come share it.
      let unread =
        isOpen && !route.isQueueExhausted ? unclaimed / routes.filter { !$0.isQueueExhausted }.count : 0
      left += (route.queue.claimedCount + unread) * lanes[lane].capacity / capacity
    }
    return left
  }

  /// Missions of the run that are neither ended nor in memory.
  private var unclaimed: Int {
    guard let selected else { return 0 }
    return max(
      0, selected - progress.done - progress.failed - progress.cancelled - progress.parked - missions.count)
  }

  /// When the lane gets fewer for a new reason, and when it gets all again; not each step.
  private func tellLimit(_ lane: Int, _ limit: LaneLimit?) {
    let name = lanes[lane].name.lane
    guard let limit else {
      if lanes[lane].toldLimit != nil {
        lanes[lane].toldLimit = nil
        effects.append(.log(.info, "\(name) gets \(lanes[lane].capacity) jobs at once again"))
      }
      return
    }
    switch limit.reason {
    case .comparing: return
    // It is told with the missions that it took along; only many of them are worth a word more.
    case .sessionFailed where 2 * limit.limit > limit.capacity: return
    default: break
    }
    if let told = lanes[lane].toldLimit, told.isAlike(limit) { return }
    lanes[lane].toldLimit = limit
    effects.append(
      .log(
        .info, "\(name) gets \(limit.limit) of \(limit.capacity) jobs at once: \(limit.reason.words)"))
  }

  /// Lanes that get fewer jobs than they could have, for views.
  package var laneLimits: [String: LaneLimit] {
    Dictionary(
      lanes.compactMap { lane in lane.adaptive?.told.map { (lane.name.lane, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}

extension LaneLimit {
  /// Whether a person who knows the one need not be told the other.
  fileprivate func isAlike(_ other: LaneLimit) -> Bool {
    let isSameKind: Bool
    switch (reason, other.reason) {
    case (.slower, .slower): isSameKind = true
    default: isSameKind = reason == other.reason
    }
    return isSameKind && 2 * other.limit > limit
  }
}
