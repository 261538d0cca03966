// SCRAPE, second half: from a job to its bytes in the spool.
extension MissionMachine {
  func handleSourceAnswer(
    _ event: MissionEvent, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    switch (event, state.stage) {
    case (.jobStarted(let jobID, let kept), .starting): return recordJob(jobID, kept, &state)
    case (.startEnded(let look), .starting): return startEnded(look, &state, context, random: &random)
    case (.startFailed(let failure), .starting):
      return requestFailed(failure, &state, context, random: &random)
    case (.startFound(let outcome), .findingStart):
      return startFound(outcome, &state, context, random: &random)
    case (.jobLooked(let answer), .looking) where state.isDisowned:
      return disownedLooked(answer, &state, random: &random)
    case (.jobLooked(.success(let look)), .looking): return looked(look, &state, context, random: &random)
    case (.jobLooked(.failure(let failure)), .looking):
      return lookFailed(failure, &state, context, random: &random)
    case (.jobCancelAnswered(let answer), .cancellingJob(let next)):
      // Of a job id that two missions have, a cancel may have ended the other one's job.
      let isConfirmed = answer && !state.isDisowned
      switch next {
      case .cancel: return cancel(&state, verdict: isConfirmed ? .good : .abandoned)
      case .leave: return setBack(&state, forgettingJob: true)
      case .fail(var failure):
        // A job that may still run ends with its session; until then the mission must not run elsewhere.
        failure.mayHaveUnknownJob = !isConfirmed
        return failScrape(failure, &state, random: &random)
      }
    default: return []
    }
  }

  func recordJob(_ jobID: String, _ kept: KeptValues, _ state: inout MissionState) -> [MissionAction] {
    state.jobID = jobID
    state.kept = kept
    state.hasUnansweredStart = false
    state.mayHaveStarted = false
    if source.findsStarts { state.jobIDs.append(jobID) }
    let change = MissionChange.scrapeStarted(jobID: jobID, kept: kept, isRemembered: source.findsStarts)
    let told = JournalEvent(.scrapeStarted, [("job_id", .text(jobID))])
    state.stage = .recordingJob
    return [.commit(change, [told])]
  }

  /// The answer to the start was the end of what it started.
  private func startEnded(
    _ look: JobLook, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    switch look {
    case .completed(let result): return completed(result, &state, context)
    case .failed(let message): return failScrape(Failure(.jobFailed, message), &state, random: &random)
    case .cancelled(let message):
      state.mayHaveStarted = true
      return failScrape(Failure(.jobCancelled, message), &state, random: &random)
    case .putOff(let message): return putOff(message, &state, random: &random)
    case .waiting, .paused:
      state.mayHaveStarted = true
      let message: Message = "\(state.lane ?? "") says that what it started goes on, without a job to look at"
      return failScrape(Failure(.scrapeOther, message), &state, random: &random)
    }
  }

  func jobRecorded(
    _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    if state.isDisowned { return disown(&state, random: &random) }
    if state.wantsCancel { return cancelJob(then: .cancel, &state) }
    if state.isStopping { return leaveJob(&state) }
    state.deadline = context.now + policy.timeoutJob
    state.tries = 0
    return look(&state, context)
  }

  func look(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    guard let lane = state.lane, let jobID = state.jobID else { return [] }
    state.askedAt = context.now
    state.stage = .looking
    return [.look(lane: lane, jobID: jobID)]
  }

  /// The run stops: the job runs on and is adopted by the next one, or ends with the run.
  func leaveJob(_ state: inout MissionState) -> [MissionAction] {
    source.jobsEndWithRun ? cancelJob(then: .leave, &state) : setBack(&state)
  }

  /// The last look, sent when the job's time was over, has not shown its end.
  private func giveUpJob(_ state: inout MissionState) -> [MissionAction] {
    guard let lane = state.lane, let jobID = state.jobID else { return [] }
    let message: Message = "job \(jobID) on \(lane) did not end within \(policy.timeoutJob)"
    return cancelJob(then: .fail(Failure(.jobNotFinishedInTime, message)), &state)
  }

  func cancelJob(then next: MissionStage.AfterCancel, _ state: inout MissionState) -> [MissionAction] {
    guard let lane = state.lane, let jobID = state.jobID else { return [] }
    state.stage = .cancellingJob(next)
    return [.cancel(lane: lane, jobID: jobID)]
  }

  private func looked(
    _ look: JobLook, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    guard let lane = state.lane, let jobID = state.jobID else { return [] }
    var actions: [MissionAction] = []
    if state.isAdopting {
      state.isAdopting = false
      actions = [
        .write(.none, [JournalEvent(.jobAdopted, [("job_id", .text(jobID)), ("worker", .text(lane))])])
      ]
    }
    state.tries = 0
    switch look {
    case .completed(let result): return actions + completed(result, &state, context)
    case .waiting(let status, let isKnown):
      if !isKnown { actions.append(.unknownStatus(lane: lane, status: status)) }
      if state.wantsCancel { return actions + cancelJob(then: .cancel, &state) }
      if state.isStopping { return actions + leaveJob(&state) }
      if state.askedAt >= state.deadline { return actions + giveUpJob(&state) }
      state.stage = .awaitingLook
      let left = state.deadline - context.now
      return actions + [.setTimer(after: max(.zero, min(policy.jobInterval, left)))]
    case .failed(let message):
      state.mayHaveStarted = false
      state.jobID = nil
      return actions + failScrape(Failure(.jobFailed, message), &state, random: &random)
    case .cancelled(let message):
      return actions + failScrape(Failure(.jobCancelled, message), &state, random: &random)
    case .paused:
      let failure = Failure(.jobFailed, "job \(jobID) on \(lane) was paused")
      return actions + cancelJob(then: .fail(failure), &state)
    case .putOff(let message): return actions + putOff(message, &state, random: &random)
    }
  }

  /// The source asks to be started again later. Not counted, but the waits of an attempt together are as long as an
  /// attempt may be.
  private func putOff(
    _ message: Message, _ state: inout MissionState, random: inout SeededRandom
  ) -> [MissionAction] {
    let left = policy.timeoutJob - state.putOff.time
    guard left > .zero else {
      return failScrape(Failure(.jobNotFinishedInTime, message), &state, random: &random)
    }
    if state.wantsCancel { return cancel(&state, verdict: .good) }
    let wait = min(Backoff.putOff(state.putOff.times, from: source.retryDelay), left)
    state.putOff = (state.putOff.time + wait, state.putOff.times + 1)
    return release(&state, .good) + requeueUncounted(&state, because: message, after: wait)
  }

  /// The result counts.
  func goOnAtDB(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    state.checkpoint = .db
    state.crashes = 0
    if state.wantsCancel { return cancel(&state, verdict: .good) }
    state.tries = 0
    state.stepBegan = context.now
    return load(&state, context)
  }

  private func lookFailed(
    _ failure: SourceFailure, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    switch failure.kind {
    case .unavailable: return loseWorker(failure.message, &state, context, settingAside: true)
    case .notFound: return jobIsUnknown(failure, &state, random: &random)
    case .busy:
      let delay = Backoff.wait(retryAfter: failure.retryAfter, random: &random)
      guard state.askedAt >= state.deadline else { return lookLater(delay, &state, context) }
      // The job's time is over and so is that of waiting, but one busy answer does not condemn a result.
      state.tries += 1
      guard state.tries < Backoff.triesInsideStep else { return giveUpJob(&state) }
      return lookLater(min(delay, policy.jobInterval), &state, context)
    case .mismatch: return failScrape(Failure(.jobFailed, failure.message), &state, random: &random)
    case .tooLarge:
      return failScrape(Failure(.scrapeOther, failure.message, isFinal: true), &state, random: &random)
    case .spoolFull, .diskFails:
      return [.stopRun(Failure(.internalError, failure.message), diskFails: failure.kind == .diskFails)]
    case .unusable, .refused:
      state.tries += 1
      if source.startsOnce, state.tries < Backoff.triesInsideStep {
        return lookLater(Backoff.again(try: state.tries, random: &random), &state, context)
      }
      return cancelJob(then: .fail(Failure(.scrapeOther, failure.message)), &state)
    case .unreadable: return cancelJob(then: .fail(Failure(.scrapeOther, failure.message)), &state)
    case .unreachable where source.findsStarts:
      state.tries += 1
      guard state.askedAt < state.deadline else { return giveUpJob(&state) }
      return lookLater(Backoff.again(try: state.tries, random: &random), &state, context)
    case .again, .unreachable:
      state.tries += 1
      guard state.tries >= Backoff.triesInsideStep else {
        return lookLater(Backoff.again(try: state.tries, random: &random), &state, context)
      }
      if failure.kind == .unreachable {
        return loseWorker(failure.message, &state, context, settingAside: true)
      }
      return cancelJob(then: .fail(Failure(.scrapeOther, failure.message)), &state)
    }
  }

  private func lookLater(_ delay: Duration, _ state: inout MissionState, _ context: Context)
    -> [MissionAction]
  {
    if state.wantsCancel { return cancelJob(then: .cancel, &state) }
    if state.isStopping { return leaveJob(&state) }
    state.stage = .awaitingLook
    return [.setTimer(after: Self.wait(delay, until: state.deadline, from: context.now))]
  }

  /// A wait ends with the time of the stage while that is not over.
  package static func wait(_ delay: Duration, until deadline: Duration, from now: Duration) -> Duration {
    now < deadline ? min(delay, deadline - now) : delay
  }

  /// The source forgot the job: the scrape starts again, not counted. One that forgets every job would
  /// make that endless, so from the third time on it counts as a failed scrape.
  private func jobIsUnknown(
    _ failure: SourceFailure, _ state: inout MissionState, random: inout SeededRandom
  ) -> [MissionAction] {
    state.lostJobs += 1
    if state.wantsCancel { return cancel(&state, verdict: .lost) }
    if state.firstLook != nil {
      return release(&state, .lost) + endSecondLook(Failure(.scrapeOther, failure.message), &state)
    }
    if source.startsOnce {
      return failScrape(Failure(.startUnknown, failure.message), &state, random: &random)
    }
    if state.lostJobs >= Backoff.triesInsideStep {
      state.lostJobs = 0
      return failScrape(Failure(.scrapeOther, failure.message), &state, random: &random)
    }
    // The session that knew the job is gone with it; its proxy is not to blame.
    return release(&state, .lost) + requeueUncounted(&state, because: failure.message)
  }

  /// The source gave the mission's job id to another live mission as well.
  func jobIDRepeated(
    _ jobID: String, _ state: inout MissionState, random: inout SeededRandom
  ) -> [MissionAction] {
    switch state.stage {
    case .starting, .awaitingLook:
      state.jobID = jobID
      return disown(&state, random: &random)
    case .findingStart where source.findsStarts:
      state.jobID = jobID
      return disown(&state, random: &random)
    case .recordingJob, .looking, .cancellingJob:
      // In the journal at once: a process that dies before the step's answer must not leave the job to be adopted.
      state.isDisowned = true
      return [.write(.jobForgotten, [])]
    default: return []
    }
  }

  /// What the look brought may be the other mission's.
  private func disownedLooked(
    _ answer: Result<JobLook, SourceFailure>, _ state: inout MissionState, random: inout SeededRandom
  ) -> [MissionAction] {
    switch answer {
    case .failure(let failure) where failure.kind == .spoolFull || failure.kind == .diskFails:
      return [.stopRun(Failure(.internalError, failure.message), diskFails: failure.kind == .diskFails)]
    case .success(.completed): return [.removeSpool] + disown(&state, random: &random)
    default: return disown(&state, random: &random)
    }
  }

  /// The scrape starts anew, not counted, when the lane is free of whatever runs there. A source that always gives the
  /// same id would make that endless, as one that forgets every job.
  private func disown(_ state: inout MissionState, random: inout SeededRandom) -> [MissionAction] {
    let reason: Message = "\(state.lane ?? "") gave job id \(state.jobID ?? "") to two missions at once"
    return startUnclear(reason, &state, random: &random)
  }

  /// Nobody knows which job on the lane is the mission's, or whether one is: it starts anew, not counted, when the lane
  /// is free of it.
  func startUnclear(
    _ reason: Message, _ state: inout MissionState, random: inout SeededRandom
  ) -> [MissionAction] {
    state.lostJobs += 1
    if state.wantsCancel { return cancel(&state, verdict: .abandoned) }
    if state.firstLook != nil {
      return endSecondLook(Failure(.scrapeOther, reason, mayHaveUnknownJob: true), &state)
    }
    if source.startsOnce { return failScrape(Failure(.startUnknown, reason), &state, random: &random) }
    if state.lostJobs >= Backoff.triesInsideStep {
      state.lostJobs = 0
      return failScrape(Failure(.scrapeOther, reason, mayHaveUnknownJob: true), &state, random: &random)
    }
    return release(&state, .lost) + requeueUncounted(&state, because: reason, held: true)
  }

  static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }
}
