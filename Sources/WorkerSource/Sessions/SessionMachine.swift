import MissionCore
import Ports

/// The rules of a worker's session: `(state, event) → (state, actions)` (SPEC 6 and 7).
///
/// One session serves several missions, with a capacity above 1 at the same time. It is replaced after
/// `refresh_interval` missions or a failure, never while a job of ours runs in it.
package struct SessionMachine: Sendable {
  package let policy: SessionPolicy

  package init(policy: SessionPolicy) { self.policy = policy }

  /// What is to be done for a session.
  package enum Action: Sendable {
    /// Choose a proxy and `POST /session`; answered by `.opened`, `.openFailed` or `.noProxy`.
    case open
    /// `GET /session/status`; answered by `.looked`.
    case look
    /// `DELETE /session`; answered by `.ended` or `.endFailed`.
    case end
    case countProxyFailure(server: String)
    /// For the scheduler, as it stands.
    case lane(LaneAction)
  }

  /// Whether the worker can take one more mission now.
  package func accepts(_ state: SessionState) -> Bool {
    guard !state.isSetAside, state.users + state.waiting.count < state.room else { return false }
    switch state.phase {
    case .ready:
      // A mission waits for another session: it has its turn soon.
      guard !state.waiting.contains(where: state.avoids) else { return false }
      return !state.isTainted && state.served + state.waiting.count < policy.refreshInterval
    case .inherited: return state.users == 0 && state.waiting.count < policy.refreshInterval
    case .none, .opening, .awaitingOpen, .settling, .looking, .probing, .questioning, .ending:
      return state.waiting.count < policy.refreshInterval
    }
  }

  package func handle(
    _ event: LaneEvent, _ state: inout SessionState, now: Duration, wall: Timestamp,
    random: inout SeededRandom
  ) -> [Action] {
    defer {
      if !state.avoided.isEmpty { state.avoided = state.avoided.filter { state.waiting.contains($0.key) } }
    }
    if case .missionAvoids(let mission, let session) = event {
      // Of the mission that is assigned next.
      state.waiting.append(mission)
      state.avoided[mission] = session
      return []
    }
    return decide(event, &state, now: now, wall: wall, random: &random) + keepWatch(&state)
  }

  private func decide(
    _ event: LaneEvent, _ state: inout SessionState, now: Duration, wall: Timestamp,
    random: inout SeededRandom
  ) -> [Action] {
    switch event {
    case .missionAssigned(let mission):
      if state.avoided[mission] == nil { state.waiting.append(mission) }
      return advance(&state, now: now)
    case .missionAvoids: return []  // taken note of before
    case .jobAdopted:
      state.users += 1
      inherit(&state)
      return []
    case .unknownJobFound:
      inherit(&state)
      state.isTainted = true
      return advance(&state, now: now)
    case .runFinished:
      guard state.isIdle, !state.isSetAside, state.phase == .ready || state.phase == .settling else {
        return []
      }
      return end(&state)
    case .missionLeft(let mission):
      state.waiting.removeAll { $0 == mission }
      return []
    case .missionStarts:
      state.served += 1
      return [.lane(.journal(.sessionServed(worker: state.worker, served: state.served)))]
    case .jobGoesOn:
      state.hasLongJobs = true
      return []
    case .missionReleased(let verdict): return released(verdict, &state, now: now)
    case .adoptionEnded:
      return state.phase == .inherited && state.isTainted ? advance(&state, now: now) : []
    case .answered(let answer):
      // The scheduler hands a lane only what its own kind has answered.
      guard let answer = answer as? SessionAnswer else { return [] }
      return answered(answer, &state, now: now, wall: wall, random: &random)
    case .timerFired: return timerFired(&state, now: now)
    case .missionsHeld: return replace(&state, now: now)
    case .limited(let limit):
      state.limit = limit
      return advance(&state, now: now)
    case .setAside(let reason):
      state.isSetAside = true
      let lost = state.waiting
      state.waiting = []
      // The session may live on; a later run looks at it. Who waits for its end need not wait for it.
      return (lost.isEmpty ? [] : [.lane(.lose(lost, reason))]) + [.lane(.isCleared)]
    }
  }

  private func answered(
    _ answer: SessionAnswer, _ state: inout SessionState, now: Duration, wall: Timestamp,
    random: inout SeededRandom
  ) -> [Action] {
    switch answer {
    case .opened(let sessionID): return opened(sessionID, &state, now: now, wall: wall)
    case .openFailed(let failure): return openFailed(failure, &state, now: now, random: &random)
    case .noProxy:
      state.phase = .none
      let failure = Failure(.noProxyAvailable, "no active proxy is configured")
      return failAll(failure, &state) + [.lane(.closeSource(failure))]
    case .looked(let outcome): return looked(outcome, &state, now: now, random: &random)
    case .ended: return ended(&state, now: now)
    case .endFailed: return endFailed(&state, now: now)
    }
  }

  /// Does what comes next for the missions that wait, or ends a session that is used up.
  func advance(_ state: inout SessionState, now: Duration) -> [Action] {
    guard !state.isSetAside else { return [] }
    switch state.phase {
    case .none:
      return state.waiting.isEmpty ? [] : open(&state, now: now)
    case .inherited:
      if state.users > 0 { return [] }
      if state.isTainted { return end(&state) }
      guard !state.waiting.isEmpty else { return [] }
      state.phase = .probing
      return [.look]
    case .ready:
      if isUsedUp(state) { return state.users == 0 ? end(&state) : [] }
      let granted = grantAll(&state)
      // Those that still wait are to have another session.
      return granted + (state.users == 0 && !state.waiting.isEmpty ? end(&state) : [])
    default: return []
    }
  }

  /// A journaled job runs on the worker, so it has a session, whatever the journal knows of it.
  private func inherit(_ state: inout SessionState) {
    guard state.phase == .none else { return }
    state.phase = .inherited
    state.isFresh = false
  }

  func isUsedUp(_ state: SessionState) -> Bool {
    state.isTainted || state.served >= policy.refreshInterval
  }

  private func grantAll(_ state: inout SessionState) -> [Action] {
    var actions: [Action] = []
    // `served` grows when the granted mission announces its request, in the same turn.
    var room = min(policy.refreshInterval - state.served, state.room - state.users)
    while room > 0, let next = state.waiting.firstIndex(where: { !state.avoids($0) }) {
      let mission = state.waiting.remove(at: next)
      state.users += 1
      room -= 1
      let grant = SessionGrant(sessionID: state.sessionID, proxy: state.proxy, isReused: !state.isFresh)
      state.isFresh = false
      actions.append(.lane(.grant(mission, grant)))
    }
    return actions
  }

  func end(_ state: inout SessionState) -> [Action] {
    state.phase = .ending
    return [.end]
  }

  private func released(_ verdict: LaneVerdict, _ state: inout SessionState, now: Duration) -> [Action] {
    var actions: [Action] = []
    state.users -= 1
    switch verdict {
    case .good, .unused: break
    case .left: state.isLeft = true
    case .failed, .lost, .abandoned:
      if mayBeEndedByOthers(verdict) { state.mayBeReplaced = true }
      if case .failed(let failure) = verdict, ProxyBlame.isEarned(by: failure, worker: state.worker) {
        actions += blame(&state)
      }
      if !state.isTainted {
        state.isTainted = true
        actions.append(.lane(.journal(.sessionTainted(worker: state.worker))))
      }
    }
    if state.isLeft { return actions }
    if state.phase == .ready || state.phase == .inherited, state.users == 0, state.isTainted {
      if state.isSetAside { return actions }
      return actions + (policy.leavesOthers && state.mayBeReplaced ? question(&state) : end(&state))
    }
    return actions + advance(&state, now: now)
  }

  private func ended(_ state: inout SessionState, now: Duration) -> [Action] {
    state.forgetSession()
    state.mayLiveOn = false
    state.replacements = 0
    return [.lane(.journal(.sessionEnded(worker: state.worker))), .lane(.isCleared)]
      + advance(&state, now: now)
  }

  /// What ran in the session may run on. Whoever waits for its end waits until another session has replaced it: a worker
  /// has one. The journal keeps it for the next run to judge.
  private func endFailed(_ state: inout SessionState, now: Duration) -> [Action] {
    state.forgetSession()
    state.mayLiveOn = true
    return advance(&state, now: now)
  }

  private func timerFired(_ state: inout SessionState, now: Duration) -> [Action] {
    switch state.phase {
    case .awaitingOpen:
      // Nobody waits any more: the session is not opened for nothing.
      guard !state.waiting.isEmpty || state.mayLiveOn else {
        state.phase = .none
        return []
      }
      // Asked to come back later than the stage lasts: given up, not asked earlier.
      if let refusal = state.refusal, now >= state.deadline, now < refusal.until {
        state.phase = .none
        return failAll(Failure(.sessionNotReady, refusal.message), &state)
      }
      state.refusal = nil
      state.askedAt = now
      state.phase = .opening
      return [.open]
    case .settling:
      state.askedAt = now
      state.phase = .looking
      return [.look]
    case .ready, .inherited: return lookAgain(&state)
    case .questioning: return [.look]
    default: return []
    }
  }
}
