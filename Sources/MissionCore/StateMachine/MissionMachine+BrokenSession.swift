// The session fails under a mission that uses it (SPEC 7). Its job ends with it, but one that had ended before, and whose
// result is there, counts: the job is looked at a last time.
extension MissionMachine {
  func laneBroke(
    _ failure: Failure, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    switch state.stage {
    case .awaitingLook:
      state.brokenSession = failure
      state.mustLookOnceMore = false
      state.tries = 0
      return look(&state, context)
    case .awaitingPace: return failScrape(failure.with(unknownJob: false), &state, random: &random)
    case .awaitingStart:
      return failScrape(failure.with(unknownJob: state.mustVerifyStart), &state, random: &random)
    case .announcing, .announcingAgain, .starting, .findingStart, .recordingJob, .looking:
      state.brokenSession = failure
      // What is on its way may tell of the time before.
      state.mustLookOnceMore = state.stage == .looking
      return []
    default: return []
    }
  }

  /// What an event means for a mission whose session is known to have failed; nil when it means what it always does.
  func endWithSession(
    _ broken: Failure, _ event: MissionEvent, _ state: inout MissionState, _ context: Context,
    random: inout SeededRandom
  ) -> [MissionAction]? {
    // Who cancels wants no retry; who stops leaves the judgement to the run that resumes.
    guard !state.wantsCancel, !state.isStopping else { return nil }
    if case .jobLooked(.success(.waiting)) = event, state.stage == .looking, state.mustLookOnceMore {
      state.mustLookOnceMore = false
      return look(&state, context)
    }
    // An answer that got lost is asked for again, as always, before a result is given up.
    if case .jobLooked(.failure(let failure)) = event, state.stage == .looking,
      [.busy, .again, .unreachable].contains(failure.kind), state.tries + 1 < Backoff.triesInsideStep
    {
      if failure.kind == .busy { state.tries += 1 }
      return nil
    }
    guard let mayRun = mayHaveUnknownJob(event, in: state.stage, mustVerify: state.mustVerifyStart) else {
      return nil
    }
    return failScrape(broken.with(unknownJob: mayRun), &state, random: &random)
  }

  /// Whether the mission's job may still run in the session when it fails at this event; nil when it does not fail.
  private func mayHaveUnknownJob(_ event: MissionEvent, in stage: MissionStage, mustVerify: Bool) -> Bool? {
    switch (stage, event) {
    case (.announcing, .journaled): return false
    case (.awaitingStart, .timerFired): return mustVerify
    case (.starting, .startFailed(let failure)):
      switch failure.kind {
      case .unreachable, .busy, .notFound, .unusable, .unreadable, .refused: return false
      case .again, .mismatch, .tooLarge: return true
      case .unavailable, .spoolFull, .diskFails: return nil
      }
    case (.findingStart, .startFound(.failure(let failure))):
      return failure.kind == .unavailable ? nil : true
    case (.findingStart, .startFound(.success)): return true
    case (.looking, .jobLooked(.success(let look))):
      switch look {
      case .waiting, .paused: return true
      case .failed, .cancelled, .putOff: return false
      case .completed: return nil
      }
    case (.looking, .jobLooked(.failure(let failure))):
      switch failure.kind {
      case .busy, .again, .unreachable, .unusable, .unreadable, .refused: return true
      // The worker was started anew (404), is of no use, or the result itself is wrong.
      case .notFound, .unavailable, .mismatch, .tooLarge, .spoolFull, .diskFails: return nil
      }
    default: return nil
    }
  }
}

extension Failure {
  fileprivate func with(unknownJob: Bool) -> Failure {
    var failure = self
    failure.mayHaveUnknownJob = unknownJob
    return failure
  }
}
