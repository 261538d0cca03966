/// The rules of a mission: `(state, event) → (state, actions)`, nothing else (SPEC 6, 8; FAULTS).
///
/// Pure: no clock, no I/O. Run time comes with each event, chance from a seeded generator. What it
/// leaves to others: which mission gets a slot and the lanes that missions share (`LaneMachine`, the
/// engine's `Scheduler`), and carrying actions out.
public struct MissionMachine: Sendable {
  /// With what the source says of its own.
  public let policy: RunPolicy
  public let source: SourcePolicy

  public init(policy: RunPolicy, source: SourcePolicy = SourcePolicy()) {
    var policy = policy
    if let timeout = source.timeout { policy.timeoutJob = timeout }
    if let retries = source.maxRetries { policy.maxRetries = retries }
    if let interval = source.lookInterval { policy.jobInterval = interval }
    self.policy = policy
    self.source = source
  }

  /// What a mission must know of the run at the moment of an event.
  public struct Context: Sendable {
    /// Time since the run began; monotonic.
    public var now: Duration
    /// False once a breaker has closed the way to DB or S3.
    public var mayLoad = true
    public var mayUpload = true
    /// Run time before which no upload starts (a store asked everybody to slow down).
    public var uploadsNotBefore: Duration = .zero
    /// Whether another lane of the mission's source can still be used.
    public var hasOtherLane = true
    /// Run time before which no mission of the source is started (its pace).
    public var startsNotBefore: Duration = .zero
    /// The day that it is, for missions that expire.
    public var today: CalendarDay?
    /// What a second look's wait counts from.
    public var wall = Timestamp(milliseconds: 0)
    public var runID = ""
    /// Drawn at random for a start that is announced now.
    public var token: UInt64 = 0

    public init(now: Duration) { self.now = now }
  }

  public func handle(
    _ event: MissionEvent, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    if let broken = state.brokenSession,
      let actions = endWithSession(broken, event, &state, context, random: &random)
    {
      return actions
    }
    switch event {
    case .cancelRequested: return cancelRequested(&state)
    case .stopRequested: return stopRequested(&state)
    case .journaled: return journaled(&state, context, random: &random)
    case .timerFired: return timerFired(&state, context, random: &random)
    case .slotGiven(let lane): return slotGiven(lane: lane, &state, context)
    case .laneReady(let grant):
      return state.stage == .awaitingLane ? announce(grant, &state, context) : []
    case .laneFailed(let failure):
      return state.stage == .awaitingLane ? failScrape(failure, &state, random: &random) : []
    case .laneBroke(let failure): return laneBroke(failure, &state, context, random: &random)
    case .laneLost(let reason):
      return state.stage == .awaitingLane ? loseWorker(reason, &state, context) : []
    case .jobStarted, .startEnded, .startFailed, .startFound, .jobLooked, .jobCancelAnswered:
      return handleSourceAnswer(event, &state, context, random: &random)
    case .jobIDRepeated(let jobID): return jobIDRepeated(jobID, &state, random: &random)
    case .judged(let verdict):
      guard case .judging(let result) = state.stage else { return [] }
      return judged(verdict, result, &state, context)
    case .spoolVerified, .ledgerRead, .loaded, .loadRefused, .loadFailed, .uploaded, .uploadFailed,
      .objectLoaded:
      return handleLocalStep(event, &state, context, random: &random)
    }
  }

  private func slotGiven(lane: String?, _ state: inout MissionState, _ context: Context) -> [MissionAction] {
    guard state.stage == .queued else { return [] }
    if lane != nil, !state.mayBeAdopted, isExpired(state, context) { return expire(&state) }
    state.stepBegan = context.now
    state.tries = 0
    state.mustVerifyStart = false
    state.mayHaveStarted = false
    state.brokenSession = nil
    state.mustLookOnceMore = false
    state.isDisowned = false
    state.replacesRows = false
    state.isAdopting = lane != nil && state.jobID != nil
    let event = JournalEvent(
      state.isResumed ? .resumed : .started, [("checkpoint", .text(state.checkpoint.rawValue))])
    state.isResumed = false
    guard let lane else {
      if state.checkpoint == .scrape, state.firstLook != nil {
        let why: Message = "no second look: no lane is left for it, or nobody knows what became of it"
        return [.write(.started(worker: nil), [event])]
          + endSecondLook(Failure(.scrapeOther, why), &state)
      }
      state.stage = .verifyingSpool
      guard let result = state.result else { return discardScrape(&state) }
      return [.write(.started(worker: nil), [event]), .verifySpool(result)]
    }
    state.lane = lane
    state.holdsLane = true
    let began = MissionAction.write(.started(worker: lane), [event])
    guard state.jobID != nil else {
      if state.hasUnansweredStart, source.findsStarts { return [began] + findEarlierStart(&state, context) }
      state.stage = .awaitingLane
      return [began]
    }
    state.deadline = context.now + policy.timeoutJob
    return [began] + look(&state, context)
  }

  private func journaled(
    _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    switch state.stage {
    case .announcing: return announced(&state, context)
    case .announcingAgain: return announcedAgain(&state, context)
    case .recordingJob: return jobRecorded(&state, context, random: &random)
    case .recordingScrape: return goOnAtDB(&state, context)
    case .recordingReload: return reloadRecorded(&state, context, random: &random)
    case .recordingReplacement: return replacementRecorded(&state, context)
    case .recordingUpload:
      state.stage = .left(.finished(.done))
      return [.removeSpool, .leave(.finished(.done))]
    case .leaving(let departure):
      // Asked for while the write of its return to the queue was on its way.
      if state.wantsCancel, !departure.isEnd { return cancel(&state, verdict: .unused) }
      state.stage = .left(departure)
      return departure == .finished(.cancelled) ? [.removeSpool, .leave(departure)] : [.leave(departure)]
    default: return []
    }
  }

  private func timerFired(
    _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    switch state.stage {
    case .awaitingPace(let grant): return announce(grant, &state, context)
    case .awaitingStart: return startAgain(&state, context, random: &random)
    case .awaitingLook: return look(&state, context)
    case .awaitingLedger(let check): return verifyLedger(check, &state, context)
    case .awaitingLoad: return load(&state, context)
    case .awaitingUpload: return upload(&state, context)
    default: return []
    }
  }
}
