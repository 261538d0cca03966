import MissionCore
import Ports

// Carrying out what a mission's rules say.
extension Scheduler {
  func deliver(_ event: MissionEvent, to ticket: Ticket) {
    guard let entry = missions[ticket.mission], entry.serial == ticket.serial else { return }
    noteRefusal(event, of: entry)
    switch event {
    case .jobStarted(let jobID, _): jobStarted(event, jobID, of: entry)
    case .startFound(.success(.found(let jobID, _))): jobStarted(event, jobID, of: entry)
    case .startFailed, .startEnded:
      if case .startEnded(.completed) = event { noteCompletion(of: entry) }
      drive(entry, event)
      startAnswered(entry)
    case .jobLooked(.success(.completed(let result))): completed(event, result, of: entry)
    case .jobLooked(.success(.waiting)), .jobLooked(.failure):
      driveLane(of: entry, .jobGoesOn)
      drive(entry, event)
    default: drive(entry, event)
    }
  }

  /// Runs the mission's machine and carries its actions out. An action that will be answered makes every
  /// older ticket void; a mission waits for one answer at a time.
  func drive(_ entry: Entry, _ event: MissionEvent) {
    var context = MissionMachine.Context(now: now)
    context.mayLoad = mayLoad
    context.mayUpload = mayUpload
    context.uploadsNotBefore = uploadsNotBefore
    context.hasOtherLane = hasUsableLane(entry.route, besides: lane(of: entry))
    context.startsNotBefore = startsNotBefore(entry.route)
    if routes[entry.route].machine.source.expires { context.today = dayOf(wall) }
    context.wall = wall
    context.runID = runID
    context.token = tokens.next()
    noteSlowDown(event)
    for action in routes[entry.route].machine.handle(event, &entry.state, context, random: &random) {
      perform(action, for: entry)
    }
    tellIfItWaits(entry)
  }

  private func perform(_ action: MissionAction, for entry: Entry) {
    let id = entry.state.id
    switch action {
    case .write(let change, let events):
      write(.mission(MissionTransition(mission: id, change: change, events: events, at: wall)))
      tell(change, events, of: entry)
    case .note(let change, let events):
      note(.mission(MissionTransition(mission: id, change: change, events: events, at: wall)))
      tell(change, events, of: entry)
    case .commit(let change, let events):
      write(.mission(MissionTransition(mission: id, change: change, events: events, at: wall)))
      commits.append(nextTicket(entry))
      tell(change, events, of: entry)
    case .countStart: countStart(of: entry)
    case .expired:
      tell(
        .warning,
        "mission \(id) (\(entry.state.parameters.dateStart)) is cancelled: its last day is past, and its source does not start it any more",
        facts(.cancelled, of: entry))
    case .start(let lane):
      noteStart(of: entry)
      noteSent(entry)
      adapt(entry, .began(id))
      effects.append(.start(nextTicket(entry), on: name(lane, entry), start(of: entry)))
    case .find(let lane):
      effects.append(
        .find(nextTicket(entry), on: name(lane, entry), start(of: entry), known: entry.state.jobIDs))
    case .look(let lane, let jobID):
      let wait = routes[entry.route].machine.source.lookWait
      effects.append(
        .look(nextTicket(entry), on: name(lane, entry), job(jobID, on: lane, of: entry), atMost: wait))
    case .cancel(let lane, let jobID):
      effects.append(.cancel(nextTicket(entry), on: name(lane, entry), job(jobID, on: lane, of: entry)))
    case .setTimer(let delay): effects.append(.setTimer(.mission(nextTicket(entry)), at: now + delay))
    case .judge(let records): effects.append(.judge(nextTicket(entry), records: records))
    case .verifySpool(let result): effects.append(.verifySpool(nextTicket(entry), result))
    case .verifyLedger: effects.append(.verifyLedger(nextTicket(entry)))
    case .load(let result, let replacing):
      effects.append(
        .load(
          Load(
            ticket: nextTicket(entry), parameters: entry.state.parameters, result: result,
            replacing: replacing)))
    case .upload(let result, let former):
      effects.append(.upload(nextTicket(entry), entry.state.parameters, result, replacing: former))
    case .loadObject: effects.append(.loadObject(nextTicket(entry), entry.state.parameters))
    case .removeSpool: effects.append(.removeSpool(id))
    case .bytesLost(let why):
      tell(
        .warning,
        "mission \(id) (\(entry.state.parameters.dateStart)) is scraped again, its bytes are lost: \(why)",
        facts(.resumed, of: entry))
    case .laneUsed: driveLane(of: entry, .missionStarts)
    case .releaseLane(_, let verdict):
      leaveLane(entry)
      adapt(entry, .dropped(id))
      // A mission that was never granted the lane only waited for it.
      driveLane(of: entry, entry.isGranted ? .missionReleased(verdict) : .missionLeft(id))
      entry.isGranted = false
      // A job that is left to a later run stays the mission's.
      if verdict != .left { forgetHolder(entry) }
    case .setLaneAside(_, let failure): if let lane = lane(of: entry) { setAside(lane, failure) }
    case .openBreaker(let failure): openBreaker(failure)
    case .stopRun(let failure, let diskFails):
      breakOff(RunFailure(exitCode: diskFails ? .journalBroken : .cannotWrite, message: failure.message))
    case .unknownStatus(let lane, let status): tellUnknownStatus(lane: lane, status: status)
    case .freeSlot:
      freeSlot(of: entry)
      entry.isConcluding = true
      concluding += 1
    case .leave(let departure): leave(entry, departure)
    }
  }

  /// The latest start of the mission, as its source knows it.
  private func start(of entry: Entry) -> MissionStart {
    let state = entry.state
    return MissionStart(
      mission: state.id, parameters: state.parameters, attempt: state.start.attempt, runID: state.startRunID,
      token: MissionStart.token(state.start.token), isSecondLook: state.firstLook != nil)
  }

  private func job(_ id: String, on lane: String, of entry: Entry) -> SourceJob {
    SourceJob(id: id, lane: lane, kept: entry.state.kept, start: start(of: entry))
  }

  private func name(_ lane: String, _ entry: Entry) -> LaneName {
    LaneName(source: source(of: entry), lane: lane)
  }

  private func driveLane(of entry: Entry, _ event: LaneEvent) {
    if let lane = lane(of: entry) { drive(lane: lane, event) }
  }

  private func freeSlot(of entry: Entry) {
    guard entry.isInSlot else { return }
    entry.isInSlot = false
    inFlight -= 1
    routes[entry.route].inFlight -= 1
  }

  private func leaveLane(_ entry: Entry) {
    guard entry.isOnLane else { return }
    entry.isOnLane = false
    routes[entry.route].onLanes -= 1
  }

  private func nextTicket(_ entry: Entry) -> Ticket {
    entry.serial &+= 1
    return entry.ticket
  }

  private func leave(_ entry: Entry, _ departure: Departure) {
    freeSlot(of: entry)
    leaveLane(entry)
    if entry.isConcluding { concluding -= 1 }
    let id = entry.state.id
    effects.append(.forgetBytes(id))
    switch departure {
    case .finished(let status):
      forgetHolder(entry)
      missions[id] = nil
      progress.count(status)
    case .parked:
      missions[id] = nil
      progress.parked += 1
    case .requeued(let delay, let heldBy):
      entry.state.requeue()
      entry.serial &+= 1
      if isStopping {
        missions[id] = nil
      } else if heldBy != nil, let lane = lane(of: entry), isTainted(lane) {
        hold(id, on: lane)
      } else if delay > .zero {
        effects.append(.setTimer(.retry(id), at: now + delay))
      } else {
        enqueue(entry)
      }
    }
  }

  /// In line for a slot; when nothing can be scraped any more, a mission at SCRAPE stays in the journal's
  /// queue instead. One that is being ended stays out of it.
  func enqueue(_ entry: Entry) {
    guard !entry.isInSlot, entry.state.stage == .queued else { return }
    if entry.state.firstLook != nil, entry.state.checkpoint == .scrape { return enqueueSecondLook(entry) }
    guard isClosed(entry) else { return routes[entry.route].queue.appendRetry(entry.state) }
    missions[entry.state.id] = nil
    progress.parked += 1
  }

  /// A person's cancel. A page of the queue that is on its way may still hold a mission that is ended in
  /// the journal now.
  func cancel(_ ids: [MissionID]) {
    for id in ids {
      guard let entry = missions[id] else {
        cancelledElsewhere.insert(id)
        effects.append(.cancelInJournal(id))
        continue
      }
      if !entry.isInSlot { routes[entry.route].queue.remove(id) }
      drive(entry, .cancelRequested)
    }
  }

  /// When one store asks to slow down, all uploads wait.
  private func noteSlowDown(_ event: MissionEvent) {
    guard case .uploadFailed(let failed) = event, let pause = failed.retryAfter else { return }
    uploadsNotBefore = max(uploadsNotBefore, now + min(pause, Backoff.longestWait))
  }

  func tellUnknownStatus(lane: String, status: String) {
    guard toldStatuses.insert("\(lane) \(status)").inserted else { return }
    effects.append(
      .log(
        .warning,
        "\(lane) reports the unknown status \"\(ForeignWords.marked(status))\"; waiting as for a running one"
      ))
  }
}
