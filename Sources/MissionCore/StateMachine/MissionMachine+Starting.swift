// SCRAPE, first half: from a lane that is ready to a job. A start may be taken whose answer is lost.
extension MissionMachine {
  /// Journals the intent before the request that cannot be repeated for free.
  func announce(
    _ session: SessionGrant?, _ state: inout MissionState, _ context: Context
  ) -> [MissionAction] {
    guard let lane = state.lane else { return [] }
    if isExpired(state, context) { return expire(&state) }
    if context.startsNotBefore > context.now {
      state.stage = .awaitingPace(session)
      return [.setTimer(after: context.startsNotBefore - context.now)]
    }
    state.stage = .announcing
    state.start = StartIntent(attempt: state.start.attempt + 1, token: context.token)
    state.startRunID = context.runID
    state.session = session
    if let session { state.proxy = session.proxy }
    state.kept = KeptValues()
    state.hasUnansweredStart = false
    state.mayHaveStarted = false
    state.lostAnswer = nil
    var events: [JournalEvent] = []
    if let session {
      var details: EventDetails = [("worker", .text(lane)), ("session_id", .text(session.sessionID))]
      if let proxy = session.proxy { details.append(("proxy", .text(proxy))) }
      events.append(JournalEvent(session.isReused ? .sessionReused : .sessionReady, details))
    }
    events.append(JournalEvent(.scrapeStarting, [("worker", .text(lane))]))
    let counted: [MissionAction] = source.pace == nil ? [] : [.countStart]
    return counted + [
      .laneUsed(lane),
      .commit(.scrapeStarting(worker: lane, proxy: session?.proxy, start: state.start), events),
    ]
  }

  func announced(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    if state.wantsCancel { return cancel(&state, verdict: .good) }
    if state.isStopping { return setBack(&state, forgettingJob: true) }
    state.tries = 0
    state.deadline = context.now + policy.timeoutJob
    return start(&state, context)
  }

  /// After a wait: the source is asked first what became of a start that may have been taken. One that asked to come
  /// back later than the stage lasts is not asked earlier.
  func startAgain(
    _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    if state.mustVerifyStart { return findStart(&state, context) }
    if isExpired(state, context) {
      guard source.startsOnce, state.mayHaveStarted else { return expire(&state) }
      let message: Message = "its last day is past, and an earlier start may have been taken"
      return failScrape(Failure(.startUnknown, message), &state, random: &random)
    }
    if let refusal = state.refusal, context.now >= state.deadline, context.now < refusal.until {
      return failScrape(Failure(.jobNotFinishedInTime, refusal.message), &state, random: &random)
    }
    guard source.pace != nil else { return start(&state, context) }
    guard context.startsNotBefore <= context.now else {
      return [.setTimer(after: context.startsNotBefore - context.now)]
    }
    state.stage = .announcingAgain
    return [.countStart, .commit(.none, [])]
  }

  func announcedAgain(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    if state.wantsCancel { return cancel(&state, verdict: state.mayHaveStarted ? .abandoned : .good) }
    if state.isStopping { return setBackUnstarted(&state) }
    return start(&state, context)
  }

  /// Whether its source would not start it any more.
  func isExpired(_ state: MissionState, _ context: Context) -> Bool {
    guard source.expires, let today = context.today else { return false }
    return state.parameters.dateEnd < today
  }

  func expire(_ state: inout MissionState) -> [MissionAction] {
    if state.firstLook != nil {
      return release(&state, .unused)
        + endSecondLook(Failure(.scrapeOther, "its last day is past"), &state)
    }
    state.stage = .leaving(.finished(.cancelled))
    let event = JournalEvent(.cancelled, [("reason", .said("its last day is past"))])
    return release(&state, .unused) + [.expired, .commit(.cancelled, [event])]
  }

  /// What an earlier process announced may have been sent, and taken.
  func findEarlierStart(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    state.deadline = context.now + policy.timeoutJob
    state.mayHaveStarted = true
    state.mustVerifyStart = true
    return findStart(&state, context)
  }

  private func findStart(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    guard let lane = state.lane else { return [] }
    state.askedAt = context.now
    state.stage = .findingStart
    return [.find(lane: lane)]
  }

  func start(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    guard let lane = state.lane else { return [] }
    state.askedAt = context.now
    state.stage = .starting
    state.mustVerifyStart = false
    state.failedChecks = 0
    state.refusal = nil
    return [.start(lane: lane)]
  }

  /// A start that may have been taken is never repeated before the source has shown that no job of it runs.
  func requestFailed(
    _ failure: SourceFailure, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
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
    case .again: return lostStart(failure, &state, context)
    case .mismatch where source.findsStarts: return lostStart(failure, &state, context)
    case .tooLarge where source.findsStarts:
      return failScrape(Failure(.scrapeOther, failure.message, isFinal: true), &state, random: &random)
    case .notFound, .unusable, .unreadable:
      let failure = Failure(.scrapeOther, failure.message, isFinal: source.startsOnce)
      return failScrape(failure, &state, random: &random)
    case .refused:
      return failScrape(Failure(.jobFailed, failure.message, isFinal: true), &state, random: &random)
    case .mismatch, .tooLarge:
      // A 2xx whose job id cannot be read may have started a job; a 4xx has not.
      let failure = Failure(.scrapeOther, failure.message, mayHaveUnknownJob: true)
      return failScrape(failure, &state, random: &random)
    case .spoolFull, .diskFails:
      return [.stopRun(Failure(.internalError, failure.message), diskFails: failure.kind == .diskFails)]
    }
  }

  private func lostStart(
    _ failure: SourceFailure, _ state: inout MissionState, _ context: Context
  ) -> [MissionAction] {
    state.lostAnswer = failure.message
    state.mayHaveStarted = source.findsStarts
    state.mustVerifyStart = state.mayHaveStarted
    return findStart(&state, context)
  }

  private func postponeStart(_ delay: Duration, _ state: inout MissionState) -> [MissionAction] {
    if state.wantsCancel { return cancel(&state, verdict: state.mayHaveStarted ? .abandoned : .good) }
    if state.isStopping { return setBackUnstarted(&state) }
    state.stage = .awaitingStart
    return [.setTimer(after: delay)]
  }

  /// A stop before the mission has a job. One that an earlier sending may have started stays to be found.
  func setBackUnstarted(_ state: inout MissionState) -> [MissionAction] {
    if state.mayHaveStarted { state.mustVerifyStart = true }
    return setBack(&state, forgettingJob: !state.mustVerifyStart)
  }

  func startFound(
    _ outcome: Result<StartFinding, SourceFailure>, _ state: inout MissionState, _ context: Context,
    random: inout SeededRandom
  ) -> [MissionAction] {
    if case .success = outcome { state.mustVerifyStart = false }
    switch outcome {
    case .success(.found(let id, let kept)): return adoptFound(id, kept, &state)
    case .success(.unclear(let reason)): return startUnknown(reason, &state, random: &random)
    case .success(.notStarted(let request)):
      state.tries += 1
      if state.tries >= Backoff.triesInsideStep {
        let message: Message = "\(request) was not taken in \(Backoff.triesInsideStep) tries"
        return failScrape(explained(Failure(.scrapeOther, message), state), &state, random: &random)
      }
      return postponeStart(Backoff.again(try: state.tries, random: &random), &state)
    case .success(.failed(let failure)):
      // What an earlier process did not live to learn is no failure of the mission.
      if state.hasUnansweredStart, failure.code.isRetried, !failure.isFinal, state.firstLook == nil {
        return release(&state, .lost) + requeueUncounted(&state, because: failure.message)
      }
      return failScrape(explained(failure, state), &state, random: &random)
    case .failure(let failure): return findFailed(failure, &state, context, random: &random)
    }
  }

  /// With what the lost answer was, which is what a person can mend: that nobody found a job says too little.
  private func explained(_ failure: Failure, _ state: MissionState) -> Failure {
    guard let lost = state.lostAnswer else { return failure }
    return Failure(
      failure.code, "\(failure.message); before that \(lost)", isFinal: failure.isFinal,
      mayHaveUnknownJob: failure.mayHaveUnknownJob)
  }

  /// The start was taken, and this is its job. The first look at it is told as JOB_ADOPTED.
  private func adoptFound(
    _ id: String, _ kept: KeptValues, _ state: inout MissionState
  ) -> [MissionAction] {
    state.isAdopting = true
    return recordJob(id, kept, &state)
  }

  /// The job may run, and nobody can tell its id.
  private func startUnknown(
    _ reason: Message, _ state: inout MissionState, random: inout SeededRandom
  ) -> [MissionAction] {
    if state.isStopping, !state.wantsCancel {
      // The start stays unanswered in the journal: the run that resumes frees the lane of it.
      state.mustVerifyStart = true
      return setBack(&state)
    }
    return startUnclear(reason, &state, random: &random)
  }

  /// The question failed itself: it starts nothing and may be asked again.
  private func findFailed(
    _ failure: SourceFailure, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    let isOver = state.askedAt >= state.deadline
    switch failure.kind {
    case .unavailable: return loseWorker(failure.message, &state, context, settingAside: true)
    case .busy where !isOver:
      let delay = Backoff.wait(retryAfter: failure.retryAfter, random: &random)
      return postponeFind(Self.wait(delay, until: state.deadline, from: context.now), &state)
    case .unreachable where source.findsStarts && !isOver:
      state.failedChecks += 1
      return postponeFind(Backoff.again(try: state.failedChecks, random: &random), &state)
    case .again, .unreachable:
      state.failedChecks += 1
      if state.failedChecks < Backoff.triesInsideStep {
        return postponeFind(Backoff.again(try: state.failedChecks, random: &random), &state)
      }
      if failure.kind == .unreachable, !source.findsStarts {
        return loseWorker(failure.message, &state, context, settingAside: true)
      }
    default: break
    }
    let unfound = Failure(.scrapeOther, failure.message, mayHaveUnknownJob: true)
    return failScrape(explained(unfound, state), &state, random: &random)
  }

  private func postponeFind(_ delay: Duration, _ state: inout MissionState) -> [MissionAction] {
    state.mustVerifyStart = true
    if state.wantsCancel { return cancel(&state, verdict: .abandoned) }
    if state.isStopping { return setBack(&state) }
    state.stage = .awaitingStart
    return [.setTimer(after: delay)]
  }
}
