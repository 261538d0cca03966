// SCRAPE, first half: from a ready session to a job. `POST /scrape` may start a job whose answer is lost.
extension MissionMachine {
  /// Journals the intent before the request that cannot be repeated for free.
  func announce(_ grant: SessionGrant, _ state: inout MissionState) -> [MissionAction] {
    guard let worker = state.worker else { return [] }
    state.stage = .announcing
    var session: EventDetails = [("worker", .text(worker)), ("session_id", .text(grant.sessionID))]
    if let proxy = grant.proxy { session.append(("proxy", .text(proxy))) }
    return [
      .sessionServed(worker: worker),
      .commit(
        .scrapeStarting(worker: worker, proxy: grant.proxy),
        [
          JournalEvent(grant.isReused ? .sessionReused : .sessionReady, session),
          JournalEvent(.scrapeStarting, [("worker", .text(worker))]),
        ]),
    ]
  }

  func announced(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    if state.wantsCancel { return cancel(&state, verdict: .good) }
    if state.isStopping { return setBack(&state, forgettingJob: true) }
    state.tries = 0
    state.deadline = context.now + policy.timeoutJob
    return start(&state, context)
  }

  /// After a wait: the session is asked first when a job that nobody knows may run in it. A worker that asked
  /// to come back later than the stage lasts is not asked earlier.
  func startAgain(
    _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    if state.mustVerifyStart { return verifyStart(&state, context) }
    if let refusal = state.refusal, context.now >= state.deadline, context.now < refusal.until {
      return failScrape(Failure(.jobNotFinishedInTime, refusal.message), &state, random: &random)
    }
    return start(&state, context)
  }

  private func verifyStart(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    guard let worker = state.worker else { return [] }
    state.askedAt = context.now
    state.stage = .verifyingStart
    return [.verifyStart(worker: worker)]
  }

  func start(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    guard let worker = state.worker else { return [] }
    state.askedAt = context.now
    state.stage = .starting
    state.mustVerifyStart = false
    state.failedChecks = 0
    state.refusal = nil
    return [.requestJob(worker: worker)]
  }

  /// `POST /scrape` is never sent again before the session has shown that no job of it runs.
  func requestFailed(
    _ failure: WorkerFailure, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    switch failure.kind {
    case .unavailable:
      return loseWorker(failure.message, &state, context, settingAside: true)
    case .unreachable:
      state.tries += 1
      if state.tries >= Backoff.triesInsideStep {
        return loseWorker(failure.message, &state, context, settingAside: true)
      }
      return postponeStart(Backoff.again(try: state.tries, random: &random), &state)
    case .busy:
      if state.askedAt >= state.deadline {
        return failScrape(Failure(.jobNotFinishedInTime, failure.message), &state, random: &random)
      }
      let delay = Backoff.wait(retryAfter: failure.retryAfter, random: &random)
      state.refusal = (failure.message, context.now + delay)
      return postponeStart(Self.wait(delay, until: state.deadline, from: context.now), &state)
    case .again: return verifyStart(&state, context)
    case .notFound, .unusable:
      return failScrape(Failure(.scrapeOther, failure.message), &state, random: &random)
    case .mismatch, .tooLarge:
      // A 2xx whose job id cannot be read may have started a job; a 4xx has not.
      let failure = Failure(.scrapeOther, failure.message, mayHaveUnknownJob: true)
      return failScrape(failure, &state, random: &random)
    case .spoolFull, .diskFails:
      return [.stopRun(Failure(.internalError, failure.message), diskFails: failure.kind == .diskFails)]
    }
  }

  private func postponeStart(_ delay: Duration, _ state: inout MissionState) -> [MissionAction] {
    if state.wantsCancel { return cancel(&state, verdict: .good) }
    if state.isStopping { return setBack(&state, forgettingJob: true) }
    state.stage = .awaitingStart
    return [.setTimer(after: delay)]
  }

  func startVerified(
    _ outcome: Result<SessionStatus, WorkerFailure>, _ state: inout MissionState, _ context: Context,
    random: inout SeededRandom
  ) -> [MissionAction] {
    if case .success = outcome { state.mustVerifyStart = false }
    switch outcome {
    case .success(.ready) where context.sessionIsShared,
      .success(.scraping) where context.sessionIsShared, .success(.waiting) where context.sessionIsShared:
      return startUnknown(&state, random: &random)
    case .success(.ready):
      state.tries += 1
      if state.tries >= Backoff.triesInsideStep {
        let message = "POST /scrape was not taken in \(Backoff.triesInsideStep) tries"
        return failScrape(Failure(.scrapeOther, message), &state, random: &random)
      }
      return postponeStart(Backoff.again(try: state.tries, random: &random), &state)
    case .success(.stuck):
      // While others' jobs keep a broken session from being ended, a job of the mission may run on in it.
      let failure = Failure(
        .sessionStuck, "session stuck after POST /scrape", mayHaveUnknownJob: context.sessionIsShared)
      return failScrape(failure, &state, random: &random)
    case .success(.disconnected), .success(.terminated):
      let message = "session disconnected after POST /scrape"
      let failure = Failure(
        .sessionDisconnected, message, mayHaveUnknownJob: context.sessionIsShared)
      return failScrape(failure, &state, random: &random)
    case .success(.scraping), .success(.waiting):
      let message = "POST /scrape had no clear answer and the session may run a job nobody knows"
      return failScrape(
        Failure(.scrapeOther, message, mayHaveUnknownJob: true), &state, random: &random)
    case .failure(let failure): return checkFailed(failure, &state, context, random: &random)
    }
  }

  /// `ready` only says that there is room for another job, not that this mission's does not run already.
  private func startUnknown(_ state: inout MissionState, random: inout SeededRandom) -> [MissionAction] {
    if state.isStopping, !state.wantsCancel {
      // The start stays unanswered in the journal: the run that resumes ends the session.
      state.mustVerifyStart = true
      return setBack(&state)
    }
    let reason = "POST /scrape had no clear answer and the session may run a job nobody knows"
    return startUnclear(reason, &state, random: &random)
  }

  /// The look at the session failed itself: it is a GET and may be sent again.
  private func checkFailed(
    _ failure: WorkerFailure, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    let isOver = state.askedAt >= state.deadline
    switch failure.kind {
    case .unavailable: return loseWorker(failure.message, &state, context, settingAside: true)
    case .busy where !isOver:
      let delay = Backoff.wait(retryAfter: failure.retryAfter, random: &random)
      return postponeCheck(Self.wait(delay, until: state.deadline, from: context.now), &state)
    case .again, .unreachable:
      state.failedChecks += 1
      if state.failedChecks < Backoff.triesInsideStep {
        return postponeCheck(Backoff.again(try: state.failedChecks, random: &random), &state)
      }
      if failure.kind == .unreachable {
        return loseWorker(failure.message, &state, context, settingAside: true)
      }
    default: break
    }
    let failure = Failure(.scrapeOther, failure.message, mayHaveUnknownJob: true)
    return failScrape(failure, &state, random: &random)
  }

  private func postponeCheck(_ delay: Duration, _ state: inout MissionState) -> [MissionAction] {
    state.mustVerifyStart = true
    if state.wantsCancel { return cancel(&state, verdict: .failedWithUnknownJob) }
    if state.isStopping { return setBack(&state) }
    state.stage = .awaitingStart
    return [.setTimer(after: delay)]
  }
}
