// How a mission leaves its slot: failed, tried again, cancelled, or set back.
extension MissionMachine {
  /// A failed scrape: the lane takes no new missions before it was made ready anew, the mission is tried again.
  func failScrape(
    _ failure: Failure, _ state: inout MissionState, random: inout SeededRandom
  ) -> [MissionAction] {
    if state.firstLook != nil { return endSecondLook(failure, &state) }
    state.putOff = (.zero, 0)
    let failure = judgedOnce(failure, state)
    return release(&state, .failed(failure)) + fail(failure, &state, retryAfter: source.retryDelay)
  }

  /// Of a source whose starts are never repeated, a failure after a start that may have been taken is final. Where no job
  /// is known, where the time is over, or where a later run would take it up by itself, it is told as what it is: nobody
  /// knows.
  private func judgedOnce(_ failure: Failure, _ state: MissionState) -> Failure {
    guard source.startsOnce, state.jobID != nil || state.mayHaveStarted else { return failure }
    let isOpen =
      state.jobID == nil || failure.code.isOfSurroundings || failure.code == .jobNotFinishedInTime
    return Failure(isOpen ? .startUnknown : failure.code, failure.message, isFinal: true)
  }

  /// Counts a retry while there is one left; else the mission is FAILED (SPEC 6, 8).
  func fail(_ failure: Failure, _ state: inout MissionState, retryAfter: Duration) -> [MissionAction] {
    var actions: [MissionAction] = failure.code.opensBreaker ? [.openBreaker(failure)] : []
    let told = JournalEvent(
      Self.errorEvent(for: state.checkpoint),
      [("error_code", .text(failure.code.rawValue)), ("message", .said(failure.message))])
    if state.wantsCancel { return actions + cancel(&state, verdict: .unused) }
    if failure.code.isRetried, !failure.isFinal, policy.autoRetry, state.retryCount < policy.maxRetries {
      state.retryCount += 1
      if state.checkpoint == .scrape {
        state.jobID = nil
        state.hasUnansweredStart = false
      }
      let held = failure.mayHaveUnknownJob ? state.lane : nil
      state.stage = .leaving(state.isStopping ? .parked : .requeued(after: retryAfter, heldByLane: held))
      let queued = JournalEvent(.retryQueued, [("retry_count", .integer(Int64(state.retryCount)))])
      actions.append(.commit(.retryQueued(code: failure.code, message: failure.message), [told, queued]))
      return actions
    }
    let isUsedUp = state.retryCount > 0 && !failure.isFinal
    let final = isUsedUp ? failure.code.whenRetriesAreUsedUp ?? failure.code : failure.code
    let cause = final == failure.code ? nil : failure.code
    state.stage = .leaving(.finished(.failed))
    let failed = JournalEvent(.failed, [("error_code", .text(final.rawValue))])
    actions.append(.commit(.failed(code: final, cause: cause, message: failure.message), [told, failed]))
    return actions
  }

  /// The lane is of no use in this run: the mission goes to another, uncounted, while there is one.
  func loseWorker(
    _ reason: Message, _ state: inout MissionState, _ context: Context, settingAside: Bool = false
  ) -> [MissionAction] {
    let failure = Failure(.workerUnavailable, reason)
    var actions: [MissionAction] = []
    if settingAside, let lane = state.lane { actions.append(.setLaneAside(lane, failure)) }
    actions += release(&state, .unused)
    if state.wantsCancel { return actions + cancel(&state, verdict: .unused) }
    // A start whose answer is not known may have been taken: it was the second look.
    let mayHaveRun = state.jobID != nil || state.mayHaveStarted || state.stage == .findingStart
    if state.firstLook != nil, mayHaveRun || !context.hasOtherLane {
      return actions + endSecondLook(failure, &state)
    }
    guard context.hasOtherLane else {
      return actions + fail(judgedOnce(failure, state), &state, retryAfter: .zero)
    }
    return actions + requeueUncounted(&state, because: reason, code: .workerUnavailable)
  }

  /// Back to the queue at SCRAPE without counting; the job is forgotten.
  /// - Parameters:
  ///   - held: not before its lane is free of whatever ran there, for its job may run.
  ///   - wait: not before it is over.
  func requeueUncounted(
    _ state: inout MissionState, because reason: Message, code: ErrorCode = .scrapeOther, held: Bool = false,
    after wait: Duration = .zero
  ) -> [MissionAction] {
    state.jobID = nil
    state.hasUnansweredStart = false
    let lane = held ? state.lane : nil
    state.stage = .leaving(state.isStopping ? .parked : .requeued(after: wait, heldByLane: lane))
    let told = JournalEvent(
      .scrapeError, [("error_code", .text(code.rawValue)), ("message", .said(reason))])
    return [.write(.jobForgotten, [told])] + keepSecondLook(&state) + [.commit(requeued(state), [])]
  }

  /// What was announced last has surely started nothing: the second look is still to be had.
  private func keepSecondLook(_ state: inout MissionState) -> [MissionAction] {
    guard state.firstLook != nil, state.firstLook?.starts != state.start.attempt else { return [] }
    state.firstLook?.starts = state.start.attempt
    return [.write(.firstLookKept(state.firstLook), [])]
  }

  /// Left for a later run, with its job id and checkpoint.
  func setBack(_ state: inout MissionState, forgettingJob: Bool = false) -> [MissionAction] {
    let mayHaveJob = !forgettingJob && (state.jobID != nil || state.mustVerifyStart)
    var actions = release(&state, mayHaveJob ? .left : .unused)
    if forgettingJob { actions += [.write(.jobForgotten, [])] + keepSecondLook(&state) }
    state.stage = .leaving(.parked)
    actions.append(.commit(requeued(state), []))
    return actions
  }

  /// Back to the queue uncounted; what brought the process down again and again stays behind all others.
  func requeued(_ state: MissionState) -> MissionChange {
    .requeued(crashes: state.crashes, deferred: state.crashes >= Recovery.deferredFrom)
  }

  func cancel(_ state: inout MissionState, verdict: LaneVerdict) -> [MissionAction] {
    state.stage = .leaving(.finished(.cancelled))
    return release(&state, verdict) + [.commit(.cancelled, [JournalEvent(.cancelled)])]
  }

  func release(_ state: inout MissionState, _ verdict: LaneVerdict) -> [MissionAction] {
    guard state.holdsLane, let lane = state.lane else { return [] }
    state.holdsLane = false
    return [.releaseLane(lane, verdict)]
  }

  /// A person wants it ended. What waits ends at once; what is under way ends at its next event.
  func cancelRequested(_ state: inout MissionState) -> [MissionAction] {
    switch state.stage {
    case .awaitingLook: return cancelJob(then: .cancel, &state)
    case .awaitingPace: return cancel(&state, verdict: .good)
    case .awaitingStart where state.mustVerifyStart: return cancel(&state, verdict: .abandoned)
    case .queued, .awaitingLane, .awaitingStart, .awaitingLedger, .awaitingLoad, .awaitingUpload:
      return cancel(&state, verdict: .unused)
    case .leaving(.finished), .left: return []
    default:
      state.wantsCancel = true
      return []
    }
  }

  /// The run stops: what waits is set back at once, what is under way after its next event.
  func stopRequested(_ state: inout MissionState) -> [MissionAction] {
    state.isStopping = true
    switch state.stage {
    case .awaitingLook: return leaveJob(&state)
    // Its answer may be held back longer than a stop may take.
    case .looking where source.jobsEndWithRun: return leaveJob(&state)
    case .awaitingLane, .awaitingPace, .awaitingLedger, .awaitingLoad, .awaitingUpload:
      return setBack(&state)
    case .awaitingStart: return setBackUnstarted(&state)
    default: return []
    }
  }

  static func errorEvent(for checkpoint: Checkpoint) -> EventKind {
    switch checkpoint {
    case .scrape: return .scrapeError
    case .db: return .dbError
    case .s3: return .s3Error
    }
  }
}
