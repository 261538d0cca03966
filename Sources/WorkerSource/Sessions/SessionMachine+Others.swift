import MissionCore
import Ports

// Two runs with the same worker (TRUST 4): a worker has one session, and whoever opens another ends that of the other run
// with its jobs. So a run that lost its session that way leaves the worker to the other one instead of taking it back.
extension SessionMachine {
  /// Whether a job that ended so may have been ended by another run's session: the worker itself says that it failed or
  /// was cancelled, that its session is gone, or does not know the job any more. What this run cancelled, or may still run,
  /// says nothing of others.
  func mayBeEndedByOthers(_ verdict: LaneVerdict) -> Bool {
    switch verdict {
    case .lost: return true
    case .failed(let failure) where !failure.mayHaveUnknownJob:
      return [.jobFailed, .jobCancelled, .sessionDisconnected].contains(failure.code)
    default: return false
    }
  }

  /// Before it is ended the session is looked at once more.
  func question(_ state: inout SessionState) -> [Action] {
    state.phase = .questioning
    state.foreignLooks = []
    return [.look]
  }

  /// No job of ours runs, and the session was ready before. That it runs a job, or is being opened, twice in a row, is
  /// another run's doing; once may be a worker that is slow to say what has become of our own job.
  func questioned(
    _ outcome: Result<SessionStatus, SourceFailure>, _ state: inout SessionState
  ) -> [Action] {
    guard case .success(let status) = outcome, status.showsOthers(after: state.foreignLooks.last) else {
      return end(&state)
    }
    state.foreignLooks.append(status)
    guard state.foreignLooks.count > 1 else { return [.lane(.setTimer(after: policy.sessionInterval))] }
    return leaveToOthers(&state)
  }

  /// A session that we have just opened runs a job that we have not started.
  func scrapesForOthers(_ state: inout SessionState, now: Duration) -> [Action] {
    state.foreignLooks.append(.scraping)
    guard state.foreignLooks.count > 1 else {
      return settle(for: policy.sessionInterval, &state, now: now)
    }
    return leaveToOthers(&state)
  }

  private func leaveToOthers(_ state: inout SessionState) -> [Action] {
    let worker = state.worker
    let lost = loseAll(
      "its session is another run's, which is not fought over: give each run workers of its own (--worker, or --shard "
        + "auto for the shards of an engine)", &state)
    // The next run is not to take it for one of ours.
    state.forgetSession()
    return [.lane(.journal(.sessionEnded(worker: worker)))] + lost
  }
}

extension SessionStatus {
  /// Whether a session in which no job of ours runs says what only another run can have brought about.
  fileprivate func showsOthers(after before: SessionStatus?) -> Bool {
    switch (self, before) {
    case (.scraping, _), (.waiting(_, isKnown: true), _): return true
    // It was being opened, and now it is there.
    case (.ready, .waiting): return true
    default: return false
    }
  }
}
