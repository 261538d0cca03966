import MissionCore
import Ports

// Which mission gets a free slot.
extension Scheduler {
  /// Gives free slots to what may start: retries first, then the queue in its order; missions that go on
  /// at DB or S3 do not wait for a lane. Of several sources the one with the fewest missions under way comes first.
  func fillSlots() {
    guard !isStopping, !isFinishing, !hasFinished else { return }
    while inFlight < policy.maxConcurrency {
      if let source = leastBusy(where: { $0.queue.hasLocal }), let id = sources[source].queue.popLocal() {
        startLocal(id)
        continue
      }
      guard let (source, lane) = nextLane(), let id = sources[source].queue.popScrape() else { break }
      guard let entry = missions[id] else { continue }
      give(slotTo: entry, lane: lanes[lane].name.lane)
      if entry.state.stage == .awaitingLane { drive(lane: lane, .missionAssigned(id)) }
    }
    for source in sources.indices { claimMore(of: source) }
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
    sources[entry.source].inFlight += 1
    drive(entry, .slotGiven(lane: lane))
  }

  private func leastBusy(where isChosen: (SourceState) -> Bool) -> Int? {
    sources.indices.filter { isChosen(sources[$0]) }.min { sources[$0].inFlight < sources[$1].inFlight }
  }

  /// The lane that the next mission starts on, and its source.
  private func nextLane() -> (source: Int, lane: Int)? {
    for source in sources.indices.sorted(by: { sources[$0].inFlight < sources[$1].inFlight })
    where !sources[source].isClosed && sources[source].queue.hasScrape {
      if let lane = bestLane(of: source) { return (source, lane) }
    }
    return nil
  }

  /// A lane that is ready before one that must be prepared; among equals the least busy one.
  private func bestLane(of source: Int) -> Int? {
    var best: (readiness: LaneStanding.Readiness, load: Double, lane: Int)?
    for lane in sources[source].lanes {
      let standing = standing(of: lane)
      guard let readiness = standing.readiness else { continue }
      let load = Double(standing.missions) / Double(lanes[lane].capacity)
      if let found = best, (found.readiness, found.load) <= (readiness, load) { continue }
      best = (readiness, load, lane)
    }
    return best?.lane
  }

  /// Pages are small and asked for early, so that the queue's length costs no memory and nobody waits.
  private func claimMore(of source: Int) {
    let page = min(max(2 * policy.maxConcurrency, 64), 1024)
    guard !sources[source].isClaiming, !sources[source].isQueueExhausted,
      sources[source].queue.claimedCount < page / 2
    else { return }
    sources[source].isClaiming = true
    effects.append(.claim(sources[source].missions, limit: page))
  }

  func claimed(_ records: [MissionRecord], of names: SourceNames, isLast: Bool) {
    guard let source = sources.firstIndex(where: { $0.missions == names }) else { return }
    sources[source].isClaiming = false
    sources[source].isQueueExhausted = isLast
    guard !isStopping else { return }
    for record in records where missions[record.id] == nil {
      if cancelledElsewhere.remove(record.id) != nil { continue }
      let entry = Entry(MissionState(record), source: source)
      if isClosed(entry) {
        progress.parked += 1
        continue
      }
      missions[record.id] = entry
      if record.checkpoint == .scrape, let lane = lane(of: record), isTainted(lane) {
        // An earlier run ended before what its job may run in did.
        holds[lane, default: []].append(record.id)
      } else {
        sources[source].queue.appendClaimed(entry.state)
      }
    }
  }
}
