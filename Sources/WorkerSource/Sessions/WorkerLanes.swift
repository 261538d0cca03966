import MissionCore
import Ports

/// The workers' lanes: one session each, opened through proxies that all of them share.
///
/// The rules of one session are `SessionMachine`'s; here a proxy is chosen for it, and what happens to a session goes
/// into the history of the missions that wait for it.
package struct WorkerLanes: LaneMachine {
  private let machine: SessionMachine
  private var proxies: ProxyPool
  private var sessions: [SessionState]

  package init(policy: SessionPolicy, sessions: [SessionState], proxies: ProxyPool) {
    machine = SessionMachine(policy: policy)
    self.sessions = sessions
    self.proxies = proxies
  }

  package func standing(of lane: Int) -> LaneStanding {
    let session = sessions[lane]
    var standing = LaneStanding()
    if machine.accepts(session) {
      switch session.phase {
      case .ready: standing.readiness = .ready
      case .inherited: standing.readiness = .unproven
      default: standing.readiness = .toPrepare
      }
    }
    standing.missions = session.users + session.waiting.count
    standing.isSetAside = session.isSetAside
    standing.isTainted = (session.isTainted || session.mayLiveOn) && !session.isSetAside
    standing.isEnding = session.phase == .ending
    return standing
  }

  package mutating func handle(
    _ event: LaneEvent, of lane: Int, at moment: LaneMoment, random: inout SeededRandom
  ) -> [LaneAction] {
    if case .missionAvoids(let mission, let session) = event, proxies.entries.count < 2 {
      // There is no other proxy: another session is all that can be had.
      let withoutProxy = SessionGrant(sessionID: session.sessionID, proxy: nil, isReused: session.isReused)
      return drive(lane, .missionAvoids(mission, withoutProxy), moment, &random)
    }
    guard case .missionAssigned(let mission) = event, sessions[lane].isBeingOpened else {
      return drive(lane, event, moment, &random)
    }
    // It joins those that wait for a session that is being opened already: its proxy is this mission's too.
    let attempt = note([mission], .sessionAwaited(proxy: sessions[lane].proxy), [], moment)
    return drive(lane, event, moment, &random) + attempt
  }

  private mutating func drive(
    _ lane: Int, _ event: LaneEvent, _ moment: LaneMoment, _ random: inout SeededRandom
  ) -> [LaneAction] {
    let before = (sessions[lane].phase, sessions[lane].proxy)
    let actions = machine.handle(
      event, &sessions[lane], now: moment.now, wall: moment.wall, random: &random)
    noteProbe(of: lane, before)
    return actions.flatMap { perform($0, lane, moment, &random) }
  }

  private mutating func noteProbe(of lane: Int, _ before: (phase: SessionPhase, proxy: String?)) {
    guard let proxy = before.proxy, sessions[lane].phase != before.phase else { return }
    switch sessions[lane].phase {
    case .ready: proxies.recordSuccess(of: proxy)
    case .none, .ending: proxies.forgetProbe(of: proxy)
    default: break
    }
  }

  private mutating func perform(
    _ action: SessionMachine.Action, _ lane: Int, _ moment: LaneMoment, _ random: inout SeededRandom
  ) -> [LaneAction] {
    switch action {
    case .open: return open(lane, moment, &random)
    case .look: return [.ask(SessionRequest.look)]
    case .end: return [.ask(SessionRequest.end)]
    case .countProxyFailure(let server):
      let failures = proxies.recordFailure(of: server, now: moment.wall)
      return failures.map { [.journal(.proxyFailed(server: server, failures: $0))] } ?? []
    case .lane(.journal(.sessionOpened(let worker, let sessionID, let proxy, let at))):
      let details: EventDetails = [("worker", .text(worker)), ("session_id", .text(sessionID))]
      let created = JournalEvent(.sessionCreated, details)
      return [.journal(.sessionOpened(worker: worker, sessionID: sessionID, proxy: proxy, at: at))]
        + note(sessions[lane].waiting, .none, [created], moment)
    case .lane(let action): return [action]
    }
  }

  private mutating func open(
    _ lane: Int, _ moment: LaneMoment, _ random: inout SeededRandom
  ) -> [LaneAction] {
    guard machine.policy.usesProxies else {
      sessions[lane].open(through: nil)
      return noteCreating(lane, moment) + [.ask(SessionRequest.open(proxy: nil))]
    }
    // An opening that was put off is made again, perhaps through another.
    if let before = sessions[lane].proxy { proxies.forgetProbe(of: before) }
    let avoided = sessions[lane].avoidedProxy
    guard let server = proxies.take(now: moment.wall, avoiding: avoided, random: &random) else {
      sessions[lane].open(through: nil)
      return note(sessions[lane].waiting, .sessionAwaited(proxy: nil), [], moment)
        + drive(lane, .answered(SessionAnswer.noProxy), moment, &random)
    }
    sessions[lane].open(through: server)
    return [.journal(.proxyUsed(server: server, at: moment.wall))] + noteCreating(lane, moment)
      + [.ask(SessionRequest.open(proxy: server))]
  }

  /// The missions that wait for a session have its story in their history.
  private func noteCreating(_ lane: Int, _ moment: LaneMoment) -> [LaneAction] {
    let session = sessions[lane]
    var details: EventDetails = [("worker", .text(session.worker))]
    if let proxy = session.proxy { details.append(("proxy", .text(proxy))) }
    return note(
      session.waiting, .sessionAwaited(proxy: session.proxy), [JournalEvent(.sessionCreating, details)],
      moment)
  }

  private func note(
    _ missions: [MissionID], _ change: MissionChange, _ events: [JournalEvent], _ moment: LaneMoment
  ) -> [LaneAction] {
    missions.map {
      .journal(.mission(MissionTransition(mission: $0, change: change, events: events, at: moment.wall)))
    }
  }
}
