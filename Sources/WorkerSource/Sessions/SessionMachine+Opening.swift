import MissionCore
import Ports

// From POST /session to a session that is ready, or a failure for those who wait for it.
extension SessionMachine {
  func open(_ state: inout SessionState, now: Duration) -> [Action] {
    state.phase = .opening
    state.tries = 0
    state.refusal = nil
    state.deadline = now + policy.timeoutSession
    state.askedAt = now
    return [.open]
  }

  /// Opens a session that no mission asked for, in place of one that may live on. A worker that can neither end nor open
  /// one is of no use.
  func replace(_ state: inout SessionState, now: Duration) -> [Action] {
    guard state.phase == .none, state.mayLiveOn, !state.isSetAside else { return [] }
    state.replacements += 1
    guard state.replacements <= Backoff.triesInsideStep else {
      return loseAll("its session can be neither ended nor replaced", &state)
    }
    return open(&state, now: now)
  }

  func opened(_ sessionID: String, _ state: inout SessionState, now: Duration, wall: Timestamp) -> [Action] {
    guard state.phase == .opening else { return [] }
    state.sessionID = sessionID
    state.served = 0
    state.isTainted = false
    state.isBroken = false
    state.isFresh = true
    state.mayBeReplaced = false
    state.foreignLooks = []
    state.tries = 0
    state.deadline = now + policy.timeoutSession
    state.phase = .settling
    state.replacements = 0
    let hasReplaced = state.mayLiveOn
    state.mayLiveOn = false
    return [
      .lane(
        .journal(.sessionOpened(worker: state.worker, sessionID: sessionID, proxy: state.proxy, at: wall))),
      .lane(.setTimer(after: min(policy.sessionInitial, policy.timeoutSession))),
    ] + (hasReplaced ? [.lane(.isCleared)] : [])
  }

  func openFailed(
    _ failure: SourceFailure, _ state: inout SessionState, now: Duration, random: inout SeededRandom
  ) -> [Action] {
    guard state.phase == .opening else { return [] }
    switch failure.kind {
    case .unavailable: return loseAll(failure.message, &state)
    case .busy where state.askedAt < state.deadline:
      state.phase = .awaitingOpen
      let delay = Backoff.wait(retryAfter: failure.retryAfter, random: &random)
      state.refusal = (failure.message, now + delay)
      return [.lane(.setTimer(after: MissionMachine.wait(delay, until: state.deadline, from: now)))]
    case .busy:
      state.phase = .none
      return failAll(Failure(.sessionNotReady, failure.message), &state)
    case .again, .unreachable:
      state.tries += 1
      if state.tries < Backoff.triesInsideStep {
        state.phase = .awaitingOpen
        return [.lane(.setTimer(after: Backoff.again(try: state.tries, random: &random)))]
      }
      if failure.kind == .unreachable { return loseAll(failure.message, &state) }
      return failAndEnd(Failure(.scrapeOther, failure.message), &state)
    default: return failAndEnd(Failure(.scrapeOther, failure.message), &state)
    }
  }

  func looked(
    _ outcome: Result<SessionStatus, SourceFailure>, _ state: inout SessionState, now: Duration,
    random: inout SeededRandom
  ) -> [Action] {
    if state.phase == .questioning { return questioned(outcome, &state) }
    if state.phase == .probing { return probed(outcome, &state, now: now) }
    if state.watch == .asking { return watched(outcome, &state, random: &random) }
    guard state.phase == .looking else { return [] }
    switch outcome {
    case .success(.ready):
      state.phase = .ready
      return advance(&state, now: now)
    case .success(.waiting(let status, let isKnown)):
      return (isKnown ? [] : [.lane(.unknownStatus(status))])
        + lookLater(policy.sessionInterval, status: "\(status)", &state, now: now)
    case .success(.scraping) where policy.leavesOthers:
      return scrapesForOthers(&state, now: now)
    case .success(.scraping):
      return failAndEnd(Failure(.scrapeOther, "the new session runs a job nobody asked for"), &state)
    case .success(.stuck): return failAndEnd(Failure(.sessionStuck, "session stuck"), &state)
    case .success(.disconnected):
      return failAndEnd(Failure(.sessionDisconnected, "session disconnected"), &state)
    case .success(.terminated):
      return failAndEnd(Failure(.sessionDisconnected, "session terminated"), &state)
    case .failure(let failure): return lookFailed(failure, &state, now: now, random: &random)
    }
  }

  private func lookFailed(
    _ failure: SourceFailure, _ state: inout SessionState, now: Duration, random: inout SeededRandom
  ) -> [Action] {
    switch failure.kind {
    case .unavailable: return loseAll(failure.message, &state)
    case .notFound: return failAndEnd(Failure(.sessionDisconnected, failure.message), &state)
    case .busy:
      let delay = Backoff.wait(retryAfter: failure.retryAfter, random: &random)
      guard state.askedAt >= state.deadline else { return settle(for: delay, &state, now: now) }
      // The session's time is over and so is that of waiting, but one busy answer does not condemn it.
      state.tries += 1
      if state.tries < Backoff.triesInsideStep {
        return settle(for: min(delay, policy.sessionInterval), &state, now: now)
      }
      return lookLater(delay, status: failure.message, &state, now: now)
    case .again, .unreachable:
      state.tries += 1
      if state.tries < Backoff.triesInsideStep {
        return settle(for: Backoff.again(try: state.tries, random: &random), &state, now: now)
      }
      if failure.kind == .unreachable { return loseAll(failure.message, &state) }
      return failAndEnd(Failure(.scrapeOther, failure.message), &state)
    default: return failAndEnd(Failure(.scrapeOther, failure.message), &state)
    }
  }

  private func lookLater(
    _ delay: Duration, status: Message, _ state: inout SessionState, now: Duration
  ) -> [Action] {
    guard state.askedAt < state.deadline else {
      let message: Message =
        "session on \(state.worker) not ready within \(policy.timeoutSession): \(status)"
      return failAndEnd(Failure(.sessionNotReady, message), &state)
    }
    return settle(for: delay, &state, now: now)
  }

  func settle(for delay: Duration, _ state: inout SessionState, now: Duration) -> [Action] {
    state.phase = .settling
    return [.lane(.setTimer(after: MissionMachine.wait(delay, until: state.deadline, from: now)))]
  }

  /// What an earlier run left: used on when it is ready, else ended. `scraping` without a job of ours is
  /// the job whose id never reached the journal.
  private func probed(
    _ outcome: Result<SessionStatus, SourceFailure>, _ state: inout SessionState, now: Duration
  ) -> [Action] {
    switch outcome {
    case .success(.ready):
      state.phase = .ready
      return advance(&state, now: now)
    case .success(.waiting):
      state.deadline = now + policy.timeoutSession
      state.phase = .settling
      state.isFresh = true
      return [.lane(.setTimer(after: policy.sessionInterval))]
    case .failure(let failure) where failure.kind == .unavailable: return loseAll(failure.message, &state)
    default: return end(&state)
    }
  }

  func failAll(_ failure: Failure, _ state: inout SessionState) -> [Action] {
    let failed = state.waiting
    state.waiting = []
    var actions: [Action] = []
    // A worker that was too busy to open a session has not used the proxy.
    let isOpened = state.phase != .none
    if ProxyBlame.isEarned(by: failure, worker: state.worker), isOpened { actions += blame(&state) }
    if !failed.isEmpty { actions.append(.lane(.fail(failed, failure))) }
    return actions
  }

  private func failAndEnd(_ failure: Failure, _ state: inout SessionState) -> [Action] {
    end(&state) + failAll(failure, &state)
  }

  func loseAll(_ reason: Message, _ state: inout SessionState) -> [Action] {
    let lost = state.waiting
    state.waiting = []
    state.phase = .none
    state.isSetAside = true
    return [.lane(.lose(lost, reason)), .lane(.isCleared)]
  }
}
