import MissionCore

// Which mission gets a free slot.
extension Scheduler {
  /// Gives free slots to what may start: retries first, then the queue in its order; missions that go on
  /// at DB or S3 do not wait for a worker.
  func fillSlots() {
    guard !isStopping, !isFinishing, !hasFinished else { return }
    while inFlight < policy.maxConcurrency {
      if let id = queue.popLocal() {
        startLocal(id)
        continue
      }
      guard !isScrapingClosed, queue.hasScrape, let lane = bestLane(), let id = queue.popScrape() else {
        break
      }
      guard let entry = missions[id] else { continue }
      give(slotTo: entry, worker: lanes[lane].state.worker)
      if entry.state.stage == .awaitingSession { assign(id, lane: lane) }
    }
    claimMore()
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
    give(slotTo: entry, worker: nil)
  }

  func give(slotTo entry: Entry, worker: String?) {
    entry.isInSlot = true
    inFlight += 1
    drive(entry, .slotGiven(worker: worker))
  }

  /// A ready session before one that must be opened; among equals the least busy worker.
  private func bestLane() -> Int? {
    var best: (rank: Int, load: Double, lane: Int)?
    for (index, lane) in lanes.enumerated() where sessionMachine.accepts(lane.state) {
      let rank = lane.state.phase == .ready ? 0 : lane.state.phase == .inherited ? 1 : 2
      let load = Double(lane.state.users + lane.state.waiting.count) / Double(lane.state.capacity)
      if let found = best, (found.rank, found.load) <= (rank, load) { continue }
      best = (rank, load, index)
    }
    return best?.lane
  }

  /// Pages are small and asked for early, so that the queue's length costs no memory and nobody waits.
  private func claimMore() {
    let page = min(max(2 * policy.maxConcurrency, 64), 1024)
    guard !isClaiming, !isQueueExhausted, queue.claimedCount < page / 2 else { return }
    isClaiming = true
    effects.append(.claim(limit: page))
  }

  func claimed(_ records: [MissionRecord], isLast: Bool) {
    isClaiming = false
    isQueueExhausted = isLast
    guard !isStopping else { return }
    for record in records where missions[record.id] == nil {
      if cancelledElsewhere.remove(record.id) != nil { continue }
      if isScrapingClosed, record.checkpoint == .scrape {
        progress.parked += 1
        continue
      }
      let entry = Entry(MissionState(record))
      missions[record.id] = entry
      if let worker = record.worker, let lane = laneIndex[worker], record.checkpoint == .scrape,
        isTainted(lane)
      {
        // An earlier run ended before the session in which its job may run did.
        holds[worker, default: []].append(record.id)
      } else {
        queue.appendClaimed(entry.state)
      }
    }
  }
}
