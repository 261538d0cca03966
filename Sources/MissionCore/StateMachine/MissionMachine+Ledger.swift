// Does the destination still hold the rows of these bytes? It may have been replaced by an older copy since the load,
// and another program may have loaded another scrape of the mission. Only the ledger's answer is believed.
extension MissionMachine {
  /// Uploads by whose end another program had replaced the rows: two programs that go on for ever must end.
  static let mostForeignLoads = 3

  func verifyLedger(
    _ check: LedgerCheck, _ state: inout MissionState, _ context: Context
  ) -> [MissionAction] {
    guard state.result != nil else { return discardScrape(&state) }
    switch check {
    case .beforeUpload:
      if state.wantsCancel { return cancel(&state, verdict: .unused) }
      if state.isStopping || !context.mayLoad || !context.mayUpload { return setBack(&state) }
    case .afterRefusal:
      if state.wantsCancel { return cancel(&state, verdict: .unused) }
      if state.isStopping || !context.mayLoad { return setBack(&state) }
    case .afterUpload:
      // The object is written: only the question is left, also when the run stops.
      if !context.mayLoad { return setBack(&state) }
    }
    state.stage = .verifyingLedger(check)
    return [.verifyLedger]
  }

  func ledgerRead(
    _ answer: Result<String?, StepFailure>, _ check: LedgerCheck, _ state: inout MissionState,
    _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    switch answer {
    case .success(let digest):
      if case .afterRefusal(let existing, let failure) = check {
        return refused(failure, existing, ledger: digest, &state)
      }
      guard let digest, digest == state.result?.sha256 else {
        return reload(digest, check, &state, random: &random)
      }
      state.tries = 0
      switch check {
      case .beforeUpload: return upload(&state, context)
      case .afterUpload(let object): return recordUpload(object, &state, context)
      case .afterRefusal: return []  // judged above
      }
    case .failure(let failed): return ledgerUnread(failed, check, &state, random: &random)
    }
  }

  /// Ledger and object of another program agree: the mission was done there, and our bytes are dropped. They agreed until
  /// our rows took the place of those: then these are made again, of the object. Else a person must look; nothing is
  /// written over.
  private func refused(
    _ failure: Failure, _ existing: ExistingObject, ledger: String?, _ state: inout MissionState
  ) -> [MissionAction] {
    if let ledger, ledger == existing.dataSHA256 { return doneElsewhere(existing, &state) }
    guard ledger == state.result?.sha256, state.replacedRows == existing.dataSHA256 else {
      return fail(failure, &state, retryAfter: .zero)
    }
    state.stage = .loadingObject(existing, failure)
    return [.loadObject]
  }

  /// What the object is not good for stays with a person, as it would without a try.
  func objectLoaded(
    _ answer: Result<Bool, Failure>, _ existing: ExistingObject, _ refusal: Failure,
    _ state: inout MissionState
  ) -> [MissionAction] {
    switch answer {
    case .success(true): return doneElsewhere(existing, &state)
    case .success(false): return fail(refusal, &state, retryAfter: .zero)
    case .failure(let why):
      let message: Message = "\(refusal.message); its rows were not put back: \(why.message)"
      return fail(Failure(refusal.code, message), &state, retryAfter: .zero)
    }
  }

  /// Before anything was loaded: the ledger has another program's scrape. Has the store its object, the mission was done
  /// there; else what is there is of no use, and ours takes its place.
  func loadRefused(
    _ refusal: LoadRefusal, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    switch refusal.object {
    case .success(let existing?) where existing.dataSHA256 == refusal.ledger:
      return doneElsewhere(existing, &state)
    case .failure(let failed) where failed.failure.code != .storePermissionDenied:
      let failure = Failure(failed.failure.code, "the object was not looked at: \(failed.failure.message)")
      return loadFailed(
        StepFailure(failure, isAgain: failed.isAgain, retryAfter: failed.retryAfter), &state, context,
        random: &random)
    // Who may not look at objects cannot know.
    case .success, .failure:
      state.replacedRows = refusal.ledger
      state.stage = .recordingReplacement
      return [.commit(.rowsReplaced(sha256: refusal.ledger), [])]
    }
  }

  func replacementRecorded(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    state.replacesRows = true
    return load(&state, context)
  }

  private func doneElsewhere(_ existing: ExistingObject, _ state: inout MissionState) -> [MissionAction] {
    state.stage = .recordingUpload
    let mission = RecoveredMission(
      adsCount: existing.adsCount ?? state.result?.adsCount ?? 0, sha256: existing.dataSHA256,
      object: existing.object)
    let details: EventDetails = [
      ("key", .text(existing.object.key)), ("sha256", .text(existing.dataSHA256)),
    ]
    return [.freeSlot, .commit(.recovered(mission), [JournalEvent(.recovered, details)])]
  }

  /// The rows are gone or of another scrape: they are loaded once more from the spool, and the object is written again.
  private func reload(
    _ found: String?, _ check: LedgerCheck, _ state: inout MissionState, random: inout SeededRandom
  ) -> [MissionAction] {
    if case .afterUpload = check { state.foreignLoads += 1 }
    if state.foreignLoads >= Self.mostForeignLoads {
      let message: Message =
        "after \(state.foreignLoads) uploads the destination held rows of another scrape each time: "
        + "another program runs the mission too; let only one do so, then retry it"
      let failure = Failure(.destinationOther, message, isFinal: true)
      return failAtDB(failure, &state, random: &random)
    }
    if state.wantsCancel { return cancel(&state, verdict: .unused) }
    state.stage = .recordingReload
    let reason: Message = found == nil ? "rows lost" : "rows of another scrape"
    let event = JournalEvent(.resumed, [("checkpoint", .text("DB")), ("reason", .said(reason))])
    return [.commit(.loadDiscarded, [event])]
  }

  /// Two programs that load the same mission by turns do not meet again after waits of different lengths.
  func reloadRecorded(
    _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    state.checkpoint = .db
    state.tries = 0
    state.stepBegan = context.now
    guard state.foreignLoads > 0, !state.wantsCancel, !state.isStopping else { return load(&state, context) }
    state.stage = .awaitingLoad
    return [.setTimer(after: Backoff.again(try: state.foreignLoads, random: &random))]
  }

  /// Not being told is never taken for "not there": it is the destination's failure.
  private func ledgerUnread(
    _ failed: StepFailure, _ check: LedgerCheck, _ state: inout MissionState, random: inout SeededRandom
  ) -> [MissionAction] {
    state.tries += 1
    guard failed.isAgain, state.tries < Backoff.triesInsideStep else {
      let failure = Failure(failed.failure.code, "the ledger was not read: \(failed.failure.message)")
      return failAtDB(failure, &state, retryAfter: failed.retryAfter, random: &random)
    }
    if state.wantsCancel { return cancel(&state, verdict: .unused) }
    if state.isStopping { return setBack(&state) }
    state.stage = .awaitingLedger(check)
    let delay = Backoff.again(try: state.tries, retryAfter: failed.retryAfter, random: &random)
    return [.setTimer(after: delay)]
  }

  /// The next try begins at DB, where a load of what is there already changes nothing.
  private func failAtDB(
    _ failure: Failure, _ state: inout MissionState, retryAfter: Duration? = nil,
    random: inout SeededRandom
  ) -> [MissionAction] {
    state.checkpoint = .db
    let delay = Backoff.retry(state.retryCount, retryAfter: retryAfter, random: &random)
    return [.write(.loadDiscarded, [])] + fail(failure, &state, retryAfter: delay)
  }
}
