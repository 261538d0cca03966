import MissionCore
import Ports

// Which mission gets a free slot.
extension Scheduler {
  /// Gives free slots to what may start: retries first, then the queue in its order; missions that go on
  /// at DB or S3 do not wait for a lane. Of several sources the one with the fewest missions under way comes first.
  func fillSlots() {
    guard !isStopping, !isFinishing, !hasFinished else { return }
    while inFlight < policy.maxConcurrency {
      if let route = leastBusy(where: { $0.queue.hasLocal }), let id = routes[route].queue.popLocal() {
        startLocal(id)
        continue
      }
      if startSecondLook() { continue }
      guard let (route, lane) = nextLane(), let id = routes[route].queue.popScrape() else { break }
      guard let entry = missions[id] else { continue }
      give(slotTo: entry, lane: lanes[lane].name.lane)
      assign(entry, to: lane)
    }
    for route in routes.indices { claimMore(of: route) }
    adoptLast()
  }

  /// A mission whose checkpoint is closed stays in the journal's queue for a later run.
  private func startLocal(_ id: MissionID) {
    guard let entry = missions[id] else { return }
    // Also before an upload the destination is asked, for its ledger.
    let isOpen = mayLoad && (entry.state.checkpoint == .db || mayUpload)
    guard isOpen else {
      missions[id] = nil
      progress.parked += 1
      return
    }
    give(slotTo: entry, lane: nil)
  }

  func give(slotTo entry: Entry, lane: String?) {
    entry.isInSlot = true
    inFlight += 1
    routes[entry.route].inFlight += 1
    if lane != nil {
      entry.isOnLane = true
      routes[entry.route].onLanes += 1
    }
    drive(entry, .slotGiven(lane: lane))
  }

  private func leastBusy(where isChosen: (RouteState) -> Bool) -> Int? {
    routes.indices.filter { isChosen(routes[$0]) }.min { routes[$0].inFlight < routes[$1].inFlight }
  }

  /// The lane that the next mission starts on, and its route.
  private func nextLane() -> (route: Int, lane: Int)? {
    for route in routes.indices.sorted(by: { routes[$0].inFlight < routes[$1].inFlight })
    where !routes[route].isClosed && routes[route].queue.hasScrape {
      if let lane = bestLane(of: route), mayStart(route) { return (route, lane) }
    }
    return nil
  }

  /// A lane that is ready before one that must be prepared; among equals the least busy one.
  func bestLane(of route: Int, besides avoided: Int? = nil) -> Int? {
    var best: (readiness: LaneStanding.Readiness, load: Double, lane: Int)?
    for lane in routes[route].lanes where lane != avoided {
      let standing = standing(of: lane)
      guard let readiness = standing.readiness else { continue }
      let load = Double(standing.missions) / Double(lanes[lane].limit ?? lanes[lane].capacity)
      if let found = best, (found.readiness, found.load) <= (readiness, load) { continue }
      best = (readiness, load, lane)
    }
    return best?.lane
  }

  /// Pages are small and asked for early, so that the queue's length costs no memory and nobody waits.
  private func claimMore(of route: Int) {
    let page = min(max(2 * policy.maxConcurrency, 64), 1024)
    guard !routes[route].isClaiming, !routes[route].isQueueExhausted,
      routes[route].queue.claimedCount < page / 2
    else { return }
    routes[route].isClaiming = true
    effects.append(.claim(routes[route].missions, limit: page))
  }

  func claimed(_ records: [MissionRecord], of names: SourceNames, isLast: Bool) {
    guard let route = routes.firstIndex(where: { $0.missions == names }) else { return }
    routes[route].isClaiming = false
    routes[route].isQueueExhausted = isLast
    if !records.isEmpty { routes[route].hadWork = true }
    guard !isStopping else { return }
    for record in records where missions[record.id] == nil {
      if cancelledElsewhere.remove(record.id) != nil { continue }
      let entry = Entry(MissionState(record), route: route)
      if isClosed(entry) {
        progress.parked += 1
        continue
      }
      missions[record.id] = entry
      if entry.state.firstLook != nil, record.checkpoint == .scrape {
        enqueueSecondLook(entry)
      } else if record.checkpoint == .scrape, let lane = lane(of: record), isTainted(lane) {
        // An earlier run ended before what its job may run in did.
        hold(record.id, on: lane)
      } else {
        routes[route].queue.appendClaimed(entry.state)
      }
    }
    expectMissions(of: route)
  }
}
