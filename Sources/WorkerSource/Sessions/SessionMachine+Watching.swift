import MissionCore
import Ports

// While jobs run the session is looked at too: a session that breaks says so long before its jobs time out.
extension SessionMachine {
  /// Once per worker and `session` interval, but not more often than the jobs are looked at (SPEC 7).
  private var watchInterval: Duration { max(policy.sessionInterval, policy.jobInterval) }

  /// Lets looks begin when a job goes on, and forgets them when nobody may use the session any more. Jobs that have ended
  /// when they are looked at first need none: their results come before any look could.
  func keepWatch(_ state: inout SessionState) -> [Action] {
    if state.users == 0 { state.hasLongJobs = false }
    guard state.phase == .ready || state.phase == .inherited, !state.isSetAside, !state.isBroken else {
      state.watch = .off
      return []
    }
    guard state.watch == .off, state.hasLongJobs, !state.isLeft else { return [] }
    state.watch = .waiting
    return [.lane(.setTimer(after: watchInterval))]
  }

  func lookAgain(_ state: inout SessionState) -> [Action] {
    guard state.watch == .waiting else { return [] }
    // The last job has ended meanwhile: whoever comes next begins anew.
    guard state.users > 0, !state.isLeft else {
      state.watch = .off
      return []
    }
    state.watch = .asking
    return [.look]
  }

  /// A look that fails changes nothing: the looks at the jobs find out what a worker that does not answer means.
  func watched(
    _ outcome: Result<SessionStatus, SourceFailure>, _ state: inout SessionState, random: inout SeededRandom
  ) -> [Action] {
    state.watch = .off
    // Jobs that are left to a later run are for that run to judge.
    if state.isLeft { return [] }
    switch outcome {
    case .success(.ready), .success(.scraping), .success(.waiting(_, isKnown: true)): return []
    case .success(.waiting(let status, isKnown: false)): return [.lane(.unknownStatus(status))]
    case .success(.stuck): return broke(.sessionStuck, "session stuck under a running job", &state)
    case .success(.disconnected):
      return broke(.sessionDisconnected, "session disconnected under a running job", &state)
    case .success(.terminated):
      return broke(.sessionDisconnected, "session terminated under a running job", &state)
    case .failure(let failure) where failure.kind == .notFound:
      return broke(.sessionDisconnected, failure.message, &state)
    case .failure(let failure):
      guard failure.kind == .busy, state.users > 0 else { return [] }
      state.watch = .waiting
      let asked = Backoff.wait(retryAfter: failure.retryAfter, random: &random)
      return [.lane(.setTimer(after: max(watchInterval, asked)))]
    }
  }

  private func broke(_ code: ErrorCode, _ message: Message, _ state: inout SessionState) -> [Action] {
    guard state.users > 0 else { return blame(&state) + end(&state) }
    state.isBroken = true
    var actions: [Action] = []
    if !state.isTainted {
      state.isTainted = true
      actions.append(.lane(.journal(.sessionTainted(worker: state.worker))))
    }
    return actions + [.lane(.breakUsers(Failure(code, message)))]
  }

  /// Counts the session's failure against its proxy, once.
  func blame(_ state: inout SessionState) -> [Action] {
    guard let proxy = state.proxy, !state.isBlamed else { return [] }
    state.isBlamed = true
    return [.countProxyFailure(server: proxy)]
  }
}
