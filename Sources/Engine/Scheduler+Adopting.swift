import MissionCore

// What earlier runs left on the lanes.
extension Scheduler {
  /// Jobs of earlier runs come before everything else: they run, and are paid for, already. Then lanes on which a job
  /// may run that nobody knows are freed of it, when the known ones there have ended.
  func adoptAll() {
    guard let records = adoptable else { return }
    adoptable = nil
    var unanswered: [(id: MissionID, lane: Int)] = []
    let repeated = JobHolders.repeated(in: (records + notChosen).compactMap(journaledJob))
    disownRepeated(records + notChosen, of: repeated)
    for record in records {
      // A source that is not configured any more: its missions stay in the journal's queue.
      guard let route = route(of: record) else { continue }
      routes[route].hadWork = true
      let entry = Entry(MissionState(record), route: route)
      missions[record.id] = entry
      let job = journaledJob(of: record)
      let isRepeated = job.map { repeated.contains($0) } ?? false
      if isRepeated { entry.state.forgetJob() }
      guard let lane = lane(of: record) else {
        if !isRepeated { forgetJob(of: entry) }
        enqueue(entry)
        continue
      }
      if let job, !isRepeated { adopts(job, entry) }
      let mustBeCleared = isRepeated || record.jobID == nil
      if mustBeCleared, !routes[route].machine.source.findsStarts {
        unanswered.append((record.id, lane))
      } else if isRepeated {
        enqueue(entry)
      } else if record.crashes >= Recovery.deferredFrom {
        adoptedLast.append(record.id)
      } else {
        adopt(entry, lane: lane)
      }
    }
    for found in unanswered {
      hold(found.id, on: found.lane)
      drive(lane: found.lane, .unknownJobFound)
    }
    for lane in lanes.indices { drive(lane: lane, .adoptionEnded) }
  }

  private func adopt(_ entry: Entry, lane: Int) {
    entry.isGranted = true
    drive(lane: lane, .jobAdopted)
    adapt(lane, .adopted(entry.state.id))
    give(slotTo: entry, lane: lanes[lane].name.lane)
  }

  /// The next of the jobs that wait until everything else is done.
  func adoptLast() {
    guard inFlight == 0, !adoptedLast.isEmpty, missions.count <= adoptedLast.count,
      routes.allSatisfy({ $0.isQueueExhausted && $0.queue.isEmpty })
    else { return }
    guard let entry = missions[adoptedLast.removeFirst()], entry.state.stage == .queued,
      entry.state.mayBeAdopted
    else { return adoptLast() }
    if let lane = lane(of: entry), !standing(of: lane).isSetAside {
      adopt(entry, lane: lane)
    } else {
      forgetJob(of: entry)
      enqueue(entry)
      fillSlots()
    }
  }

  func forgetJob(of entry: Entry) {
    entry.state.forgetJob()
    forgetHolder(entry)
    write(.mission(MissionTransition(mission: entry.state.id, change: .jobForgotten, events: [], at: wall)))
  }
}
