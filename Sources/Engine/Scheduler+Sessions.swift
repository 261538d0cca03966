import MissionCore

// Carrying out what a session's rules say.
extension Scheduler {
  func deliver(_ event: SessionMachine.Event, to ticket: SessionTicket) {
    guard lanes[ticket.lane].serial == ticket.serial else { return }
    drive(lane: ticket.lane, event)
  }

  func driveLane(_ worker: String, _ event: SessionMachine.Event) {
    if let lane = laneIndex[worker] { drive(lane: lane, event) }
  }

  func drive(lane: Int, _ event: SessionMachine.Event) {
    let actions = sessionMachine.handle(event, &lanes[lane].state, now: now, wall: wall, random: &random)
    for action in actions { perform(action, lane: lane) }
    let state = lanes[lane].state
    if state.mayLiveOn, state.phase == .none, !state.isSetAside, !isScrapingClosed,
      holds[state.worker]?.isEmpty == false
    {
      drive(lane: lane, .replacementNeeded)
    }
  }

  private func perform(_ action: SessionMachine.Action, lane: Int) {
    let worker = lanes[lane].state.worker
    switch action {
    case .open: openSession(lane: lane)
    case .look: effects.append(.lookAtSession(nextTicket(lane: lane)))
    case .end: effects.append(.endSession(nextTicket(lane: lane)))
    case .setTimer(let delay):
      effects.append(.setTimer(.session(nextTicket(lane: lane)), at: now + delay))
    case .grant(let id, let grant):
      guard let entry = missions[id] else { return driveLane(worker, .missionReleased(.unused)) }
      entry.isGranted = true
      drive(entry, .sessionBecameReady(grant))
    case .fail(let ids, let failure):
      for id in ids { if let entry = missions[id] { drive(entry, .sessionFailed(failure)) } }
      if failure.code == .noProxyAvailable { closeScraping(failure) }
    case .lose(let ids, let reason):
      noteSetAside(worker, reason)
      for id in ids { if let entry = missions[id] { drive(entry, .workerLost(reason)) } }
    case .breakUsers(let failure):
      let users = missions.values.filter { $0.isGranted && $0.state.worker == worker }
      for entry in users.sorted(by: { $0.state.id < $1.state.id }) { drive(entry, .sessionBroke(failure)) }
    case .countProxyFailure(let server):
      let failures = proxies.recordFailure(of: server, now: wall)
      if let failures { write(.proxyFailed(server: server, failures: failures)) }
    case .journal(let entry):
      write(entry)
      if case .sessionOpened(let worker, let sessionID, _, _) = entry {
        noteSession(
          .sessionCreated, [("worker", .text(worker)), ("session_id", .text(sessionID))], lane: lane)
      }
    case .sessionIsGone: releaseHeld(by: worker)
    case .unknownStatus(let status): tellUnknownStatus(worker: worker, status: status)
    }
  }

  private func nextTicket(lane: Int) -> SessionTicket {
    lanes[lane].serial &+= 1
    return SessionTicket(worker: lanes[lane].state.worker, lane: lane, serial: lanes[lane].serial)
  }

  private func openSession(lane: Int) {
    guard policy.usesProxies else {
      lanes[lane].state.open(through: nil)
      noteCreating(lane: lane)
      return effects.append(.openSession(nextTicket(lane: lane), proxy: nil))
    }
    guard let server = proxies.take(now: wall, random: &random) else {
      lanes[lane].state.open(through: nil)
      for id in lanes[lane].state.waiting { noteAttempt(id, through: nil) }
      return drive(lane: lane, .noProxy)
    }
    lanes[lane].state.open(through: server)
    write(.proxyUsed(server: server, at: wall))
    noteCreating(lane: lane)
    effects.append(.openSession(nextTicket(lane: lane), proxy: server))
  }

  /// The missions that wait for a session have its story in their history.
  private func noteCreating(lane: Int) {
    var details: EventDetails = [("worker", .text(lanes[lane].state.worker))]
    if let proxy = lanes[lane].state.proxy { details.append(("proxy", .text(proxy))) }
    noteSession(
      .sessionCreating, details, change: .sessionAwaited(proxy: lanes[lane].state.proxy), lane: lane)
  }

  /// A mission joins those that wait for the worker's session; when that is being opened already, its proxy is this
  /// mission's too.
  func assign(_ id: MissionID, lane: Int) {
    let isOpening = [.opening, .awaitingOpen, .settling, .looking].contains(lanes[lane].state.phase)
    let proxy = lanes[lane].state.proxy
    drive(lane: lane, .missionAssigned(id))
    if isOpening { noteAttempt(id, through: proxy) }
  }

  private func noteAttempt(_ id: MissionID, through proxy: String?) {
    let change = MissionChange.sessionAwaited(proxy: proxy)
    write(.mission(MissionTransition(mission: id, change: change, events: [], at: wall)))
  }

  func noteSession(
    _ kind: EventKind, _ details: EventDetails, change: MissionChange = .none, lane: Int
  ) {
    let events = [JournalEvent(kind, details)]
    for id in lanes[lane].state.waiting {
      write(.mission(MissionTransition(mission: id, change: change, events: events, at: wall)))
    }
  }

  private func releaseHeld(by worker: String) {
    jobs.sessionIsGone(worker)
    for id in holds.removeValue(forKey: worker) ?? [] {
      guard let entry = missions[id], !entry.isInSlot, entry.state.stage == .queued else { continue }
      if entry.state.worker == worker, entry.state.jobID == nil { forgetJob(of: entry) }
      enqueue(entry)
    }
  }

  /// Whether the worker's session failed, or a session before it, and has not ended yet: a job that nobody knows may run
  /// in it.
  func isTainted(_ lane: Int) -> Bool {
    let state = lanes[lane].state
    return (state.isTainted || state.mayLiveOn) && !state.isSetAside
  }

  func setAside(_ worker: String, _ failure: Failure) {
    guard let lane = laneIndex[worker], !lanes[lane].state.isSetAside else { return }
    noteSetAside(worker, failure.message)
    drive(lane: lane, .setAside(failure.message))
  }

  private func noteSetAside(_ worker: String, _ reason: String) {
    guard outcome.workersSetAside.updateValue(reason, forKey: worker) == nil else { return }
    effects.append(.log(.error, "\(worker) is set aside for this run: \(reason)"))
    if lanes.allSatisfy({ !$0.state.isUsable || $0.state.worker == worker }) {
      outcome.hasNoWorker = true
      closeScraping(nil)
    }
  }

  /// What waits for a worker stays in the journal's queue, so that missions at DB and S3 behind it are reached.
  func closeScraping(_ breaker: Failure?) {
    isScrapingClosed = true
    while let id = queue.popScrape() { if let entry = missions[id] { enqueue(entry) } }
    if let breaker { openBreaker(breaker) }
  }
}
