import MissionCore
import Ports

// Carrying out what a lane's rules say.
extension Scheduler {
  func deliver(_ event: LaneEvent, to ticket: LaneTicket) {
    guard lanes[ticket.index].serial == ticket.serial else { return }
    drive(lane: ticket.index, event)
  }

  func drive(lane: Int, _ event: LaneEvent) {
    let moment = LaneMoment(now: now, wall: wall)
    let actions = sources[lanes[lane].source].machine.handle(
      event, of: lanes[lane].number, at: moment, random: &random)
    for action in actions { perform(action, lane: lane) }
    switch event {
    case .answered, .timerFired: if holds[lane]?.isEmpty == false { tellHeld(lane) }
    default: break
    }
  }

  /// The mission starts anew when a job of its that nobody knows is surely gone from the lane.
  func hold(_ mission: MissionID, on lane: Int) {
    holds[lane, default: []].append(mission)
    tellHeld(lane)
  }

  private func tellHeld(_ lane: Int) {
    let isOpen = routes.contains { !$0.isClosed && $0.lanes.contains(lane) }
    if isOpen { drive(lane: lane, .missionsHeld) }
  }

  private func perform(_ action: LaneAction, lane: Int) {
    switch action {
    case .ask(let request): effects.append(.prepare(nextTicket(lane: lane), request))
    case .setTimer(let delay): effects.append(.setTimer(.lane(nextTicket(lane: lane)), at: now + delay))
    case .grant(let id, let session):
      guard let entry = missions[id] else { return drive(lane: lane, .missionReleased(.unused)) }
      entry.isGranted = true
      drive(entry, .laneReady(session))
    case .fail(let ids, let failure):
      noteSessionFailure(failure, on: lane)
      for id in ids { if let entry = missions[id] { drive(entry, .laneFailed(failure)) } }
    case .lose(let ids, let reason):
      noteSetAside(lane, reason)
      for id in ids { if let entry = missions[id] { drive(entry, .laneLost(reason)) } }
    case .breakUsers(let failure):
      noteSessionFailure(failure, on: lane)
      let users = missions.values.filter { $0.isGranted && self.lane(of: $0) == lane }
      for entry in users.sorted(by: { $0.state.id < $1.state.id }) { drive(entry, .laneBroke(failure)) }
    case .journal(let entry):
      write(entry)
      if case .mission(let transition) = entry, case .sessionAwaited(let proxy) = transition.change {
        missions[transition.mission]?.state.proxy = proxy
      }
    case .isCleared: releaseHeld(by: lane)
    case .unknownStatus(let status): tellUnknownStatus(lane: lanes[lane].name.lane, status: status)
    case .closeSource(let failure):
      for route in routes.indices where routes[route].source == lanes[lane].source {
        close(route, because: failure)
      }
    }
  }

  private func nextTicket(lane: Int) -> LaneTicket {
    lanes[lane].serial &+= 1
    return LaneTicket(lane: lanes[lane].name, index: lane, serial: lanes[lane].serial)
  }

  private func releaseHeld(by lane: Int) {
    jobs.laneIsCleared(lanes[lane].name)
    for id in holds.removeValue(forKey: lane) ?? [] {
      guard let entry = missions[id], !entry.isInSlot, entry.state.stage == .queued else { continue }
      if self.lane(of: entry) == lane, entry.state.jobID == nil { forgetJob(of: entry) }
      enqueue(entry)
    }
  }

  /// Whether a job that nobody knows may run there.
  func isTainted(_ lane: Int) -> Bool { standing(of: lane).isTainted }

  func setAside(_ lane: Int, _ failure: Failure) {
    guard !standing(of: lane).isSetAside else { return }
    noteSetAside(lane, failure.message)
    drive(lane: lane, .setAside(failure.message))
  }

  private func noteSetAside(_ lane: Int, _ reason: Message) {
    let name = lanes[lane].name.lane
    guard outcome.lanesSetAside.updateValue("\(reason)", forKey: name) == nil else { return }
    effects.append(.log(.error, "\(name) is set aside for this run: \(reason)"))
    let lost = routes.indices.filter {
      routes[$0].lanes.contains(lane) && !hasUsableLane($0, besides: lane)
    }
    for route in lost { close(route) }
    if !lost.isEmpty, routes.allSatisfy(\.isClosed) { outcome.hasNoLane = true }
  }
}
