// DB and S3: from the spool to the destination and the store.
extension MissionMachine {
  func handleLocalStep(
    _ event: MissionEvent, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    switch (event, state.stage) {
    case (.spoolVerified(let finding), .comparing(let second)):
      return firstLookVerified(finding, second: second, &state, context)
    case (.spoolVerified(.intact), .verifyingSpool):
      return state.checkpoint == .db ? load(&state, context) : verifyLedger(.beforeUpload, &state, context)
    case (.spoolVerified(.lost(let why)), .verifyingSpool), (.spoolVerified(.lost(let why)), .loading),
      (.spoolVerified(.lost(let why)), .uploading):
      return [.bytesLost(why: why)] + discardScrape(&state)
    case (.spoolVerified(.unknown(let why, let diskFails)), .verifyingSpool),
      (.spoolVerified(.unknown(let why, let diskFails)), .loading),
      (.spoolVerified(.unknown(let why, let diskFails)), .uploading):
      // Nothing is concluded: the mission stays where it is, and so do its bytes.
      return [.stopRun(Failure(.internalError, why), diskFails: diskFails)]
    case (.ledgerRead(let answer), .verifyingLedger(let check)):
      return ledgerRead(answer, check, &state, context, random: &random)
    case (.objectLoaded(let answer), .loadingObject(let existing, let refusal)):
      return objectLoaded(answer, existing, refusal, &state)
    case (.loaded(let rows), .loading): return loaded(rows, &state, context)
    case (.loadRefused(let refusal), .loading): return loadRefused(refusal, &state, context, random: &random)
    case (.loadFailed(let failure), .loading): return loadFailed(failure, &state, context, random: &random)
    case (.uploaded(let object), .uploading): return uploaded(object, &state, context)
    case (.uploadFailed(let failure), .uploading):
      return uploadFailed(failure, &state, context, random: &random)
    default: return []
    }
  }

  func load(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    guard let result = state.result else { return discardScrape(&state) }
    if state.wantsCancel { return cancel(&state, verdict: .unused) }
    if state.isStopping || !context.mayLoad { return setBack(&state) }
    state.stage = .loading
    return [.load(result, replacing: state.rowsToReplace(by: result))]
  }

  /// The upload does not wait for the journal: the ledger has the rows, and a load that is repeated changes nothing.
  private func loaded(_ rows: LoadedRows, _ state: inout MissionState, _ context: Context) -> [MissionAction]
  {
    let details: EventDetails = [
      ("rows", .integer(Int64(rows.rows))), ("repeated_ids", .integer(Int64(rows.repeatedIDs))),
      ("loaded_before", .flag(rows.wasLoadedBefore)),
    ]
    let seconds = Self.seconds(context.now - state.stepBegan)
    state.checkpoint = .s3
    state.crashes = 0
    state.tries = 0
    state.replacesRows = false
    state.stepBegan = context.now
    return [.note(.dbCompleted(seconds: seconds), [JournalEvent(.dbCompleted, details)])]
      + upload(&state, context)
  }

  func loadFailed(
    _ failed: StepFailure, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    state.tries += 1
    guard failed.isAgain, state.tries < Backoff.triesInsideStep else {
      let delay = Backoff.retry(state.retryCount, retryAfter: failed.retryAfter, random: &random)
      return fail(failed.failure, &state, retryAfter: delay)
    }
    if state.wantsCancel { return cancel(&state, verdict: .unused) }
    if state.isStopping { return setBack(&state) }
    state.stage = .awaitingLoad
    let delay = Backoff.again(try: state.tries, retryAfter: failed.retryAfter, random: &random)
    return [.setTimer(after: delay)]
  }

  func upload(_ state: inout MissionState, _ context: Context) -> [MissionAction] {
    guard let result = state.result else { return discardScrape(&state) }
    if state.wantsCancel { return cancel(&state, verdict: .unused) }
    if state.isStopping || !context.mayUpload { return setBack(&state) }
    if context.uploadsNotBefore > context.now {
      state.stage = .awaitingUpload
      return [.setTimer(after: context.uploadsNotBefore - context.now)]
    }
    state.stage = .uploading
    return [.upload(result, replacing: state.former)]
  }

  private func uploaded(
    _ object: UploadedObject, _ state: inout MissionState, _ context: Context
  ) -> [MissionAction] {
    state.tries = 0
    return verifyLedger(.afterUpload(object), &state, context)
  }

  /// Rows and object are there, of the same bytes.
  func recordUpload(
    _ object: UploadedObject, _ state: inout MissionState, _ context: Context
  ) -> [MissionAction] {
    state.stage = .recordingUpload
    let details: EventDetails = [
      ("key", .text(object.key)), ("etag", .text(object.etag)), ("size", .integer(object.size)),
      ("s3_sha256", .text(object.sha256)),
    ]
    return [
      .freeSlot,
      .commit(
        .s3Completed(
          key: object.key, etag: object.etag, size: object.size, sha256: object.sha256,
          seconds: Self.seconds(context.now - state.stepBegan)),
        [JournalEvent(.s3Completed, details), JournalEvent(.completed)]),
    ]
  }

  /// S3 is retried only inside the step; then the mission is FAILED and keeps its spool.
  private func uploadFailed(
    _ failed: StepFailure, _ state: inout MissionState, _ context: Context, random: inout SeededRandom
  ) -> [MissionAction] {
    if let existing = failed.existing {
      state.tries = 0
      return verifyLedger(.afterRefusal(existing, failed.failure), &state, context)
    }
    state.tries += 1
    guard failed.isAgain, state.tries < Backoff.triesInsideStep else {
      return fail(failed.failure, &state, retryAfter: .zero)
    }
    if state.wantsCancel { return cancel(&state, verdict: .unused) }
    if state.isStopping { return setBack(&state) }
    state.stage = .awaitingUpload
    let delay = Backoff.again(try: state.tries, retryAfter: failed.retryAfter, random: &random)
    return [.setTimer(after: delay)]
  }

  /// The spool is gone or altered: only a new scrape can bring the bytes back. What the spool has put aside stays there
  /// until that is durable.
  func discardScrape(_ state: inout MissionState) -> [MissionAction] {
    if state.wantsCancel { return cancel(&state, verdict: .unused) }
    state.checkpoint = .scrape
    state.result = nil
    state.jobID = nil
    // Its object may be written already.
    state.former.replaces = true
    state.stage = .leaving(.requeued(after: .zero, heldByLane: nil))
    let event = JournalEvent(.resumed, [("checkpoint", .text("SCRAPE")), ("reason", .said("spool lost"))])
    return [.write(.scrapeDiscarded, [event]), .commit(requeued(state), [])]
  }
}
