// Is the result like those before it? One that is not is scraped once more, on another worker and through another proxy
// where there is one, before it counts (TRUST 1). The first result stays in the spool and in the journal until one of the
// two was taken, so that whatever happens meanwhile neither loses it nor leads to a third scrape.
extension MissionMachine {
  /// The job has ended well, and its bytes are durable.
  func completed(
    _ result: ScrapedResult, _ state: inout MissionState, _ context: Context
  ) -> [MissionAction] {
    guard let lane = state.lane else { return [] }
    state.holdsLane = false
    state.scrapeSeconds = Self.seconds(context.now - state.stepBegan)
    let released = MissionAction.releaseLane(lane, .good)
    if let first = state.firstLook { return [released] + compare(first, with: result, &state) }
    guard source.quality.onSuspicious != .off else { return [released] + take(result, &state, context) }
    return [released] + judge(result, &state)
  }

  private func judge(_ result: ScrapedResult, _ state: inout MissionState) -> [MissionAction] {
    state.stage = .judging(result)
    return [.judge(records: result.adsCount)]
  }

  func judged(
    _ verdict: SuspicionVerdict, _ result: ScrapedResult, _ state: inout MissionState, _ context: Context
  ) -> [MissionAction] {
    guard case .suspicious(let kind, let expected) = verdict, !state.wantsCancel else {
      return take(result, &state, context)
    }
    let looks = state.firstLook == nil ? 1 : 2
    let suspicion = Suspicion(kind: kind, expected: expected, got: result.adsCount, looks: looks)
    switch source.quality.onSuspicious {
    // Where one start was promised, nobody but a person repeats it.
    case .secondLook where looks == 1 && !source.startsOnce:
      return lookAgain(result, suspicion, &state, context)
    case .fail: return hold(result, suspicion, &state)
    case .secondLook, .flag, .off: return take(result, because: suspicion, &state, context)
    }
  }

  /// Back to the queue for a second look, uncounted; the bytes stay.
  private func lookAgain(
    _ result: ScrapedResult, _ suspicion: Suspicion, _ state: inout MissionState, _ context: Context
  ) -> [MissionAction] {
    let wait = source.quality.secondLookAfter
    let first = FirstLook(
      result, seconds: state.scrapeSeconds, kind: suspicion.kind, expected: suspicion.expected,
      starts: state.start.attempt, lane: state.lane ?? "", session: state.session,
      dueAt: context.wall.later(by: wait))
    state.firstLook = first
    state.jobID = nil
    state.stage = .leaving(state.isStopping ? .parked : .requeued(after: wait, heldByLane: nil))
    let told = JournalEvent(.scrapeCompleted, Self.details(of: result, isCompared: true))
    return [.write(.firstLookKept(first), [told]), .commit(requeued(state), [])]
  }

  private func compare(
    _ first: FirstLook, with second: ScrapedResult, _ state: inout MissionState
  ) -> [MissionAction] {
    // Of equal ones the later: its worker and its job are those of the mission's row.
    guard second.adsCount < first.result.adsCount else { return judge(second, &state) }
    state.stage = .comparing(second)
    let told = JournalEvent(.scrapeCompleted, Self.details(of: second, isCompared: true))
    return [.write(.none, [told]), .verifySpool(first.result)]
  }

  /// The second look brought nothing: the first result counts.
  func endSecondLook(_ failure: Failure, _ state: inout MissionState) -> [MissionAction] {
    guard let first = state.firstLook else { return [] }
    state.putOff = (.zero, 0)
    if state.wantsCancel {
      return cancel(&state, verdict: failure.mayHaveUnknownJob ? .abandoned : .failed(failure))
    }
    let told = JournalEvent(
      .scrapeError,
      [
        ("error_code", .text(failure.code.rawValue)), ("message", .said(failure.message)),
        ("second_look", .flag(true)),
      ])
    let actions = release(&state, .failed(failure)) + [.write(.jobForgotten, [told])]
    state.jobID = nil
    state.hasUnansweredStart = false
    state.stage = .comparing(nil)
    return actions + [.verifySpool(first.result)]
  }

  /// What the spool says of the first result's bytes.
  func firstLookVerified(
    _ finding: SpoolFinding, second: ScrapedResult?, _ state: inout MissionState, _ context: Context
  ) -> [MissionAction] {
    guard let first = state.firstLook else { return [] }
    switch finding {
    case .intact:
      if state.wantsCancel { return cancel(&state, verdict: .unused) }
      let suspicion = Suspicion(
        kind: first.kind, expected: first.expected, got: first.result.adsCount, looks: second == nil ? 1 : 2)
      state.scrapeSeconds = first.seconds
      return take(first.result, because: suspicion, isTold: true, &state, context)
    case .lost(let why):
      if let second { return [.bytesLost(why: why)] + judge(second, &state) }
      state.firstLook = nil
      return [.bytesLost(why: why), .write(.firstLookKept(nil), [])]
        + requeueUncounted(&state, because: "the bytes of the first look are lost")
    case .unknown(let why, let diskFails):
      return [.stopRun(Failure(.internalError, why), diskFails: diskFails)]
    }
  }

  /// The load waits for the journal only where recovery could not take the result as it is from the spool.
  ///
  /// - Parameter isTold: that this scrape was completed is in the history already.
  private func take(
    _ result: ScrapedResult, because suspicion: Suspicion? = nil, isTold: Bool = false,
    _ state: inout MissionState, _ context: Context
  ) -> [MissionAction] {
    let isFoundAgain = Recovery.finds(state, source) && suspicion == nil
    state.former.files = state.former.files(after: state.keptFiles, without: result.keptFiles)
    state.keptFiles = result.keptFiles
    state.result = result
    state.firstLook = nil
    var events = isTold ? [] : [JournalEvent(.scrapeCompleted, Self.details(of: result))]
    var actions: [MissionAction] = []
    if let suspicion {
      events.append(JournalEvent(.suspicious, suspicion.details))
      actions.append(.write(.suspected(suspicion), []))
    }
    let change = MissionChange.scrapeCompleted(
      adsCount: result.adsCount, size: result.size, sha256: result.sha256, seconds: state.scrapeSeconds,
      keptFiles: result.keptFiles, formerFiles: state.former.files)
    if isFoundAgain { return [.note(change, events)] + goOnAtDB(&state, context) }
    state.stage = .recordingScrape
    return actions + [.commit(change, events)]
  }

  /// What is journaled of a result that an earlier process left in the spool without living to journal it.
  ///
  /// - Parameter record: of a mission whose result recovery finds (`Recovery.awaitsResult`).
  public func takingUp(_ result: ScrapedResult, of record: MissionRecord) -> (MissionChange, [JournalEvent])?
  {
    var state = MissionState(record)
    for case .note(let change, let events) in take(result, &state, Context(now: .zero)) {
      return (change, events)
    }
    return nil
  }

  /// FAILED with its bytes in the spool: a person accepts it, or has it scraped again.
  private func hold(
    _ result: ScrapedResult, _ suspicion: Suspicion, _ state: inout MissionState
  ) -> [MissionAction] {
    state.firstLook = nil
    let former = state.former.files(after: state.keptFiles, without: result.keptFiles)
    state.stage = .leaving(.finished(.failed))
    let code = ErrorCode.resultSuspicious
    let message: Message =
      suspicion.got == 1
      ? "it brought 1 record where about \(suspicion.expected) were expected: accept it when that is right, else retry it"
      : "it brought \(suspicion.got) records where about \(suspicion.expected) were expected: accept it when that is right, else retry it"
    let events = [
      JournalEvent(.scrapeCompleted, Self.details(of: result)),
      JournalEvent(.suspicious, suspicion.details),
    ]
    return [
      .write(.suspected(suspicion), events),
      .write(.resultHeld(result, seconds: state.scrapeSeconds, formerFiles: former), []),
      .commit(
        .failed(code: code, cause: nil, message: message),
        [JournalEvent(.failed, [("error_code", .text(code.rawValue))])]),
    ]
  }

  /// - Parameter isCompared: it is one of two looks, and not yet the one that counts.
  private static func details(of result: ScrapedResult, isCompared: Bool = false) -> EventDetails {
    var details: EventDetails = [
      ("ads_count", .integer(Int64(result.adsCount))), ("size", .integer(result.size)),
      ("sha256", .text(result.sha256)),
    ]
    if !result.keptFiles.isEmpty { details.append(("kept_files", .integer(Int64(result.keptFiles.count)))) }
    if isCompared { details.append(("second_look", .flag(true))) }
    return details
  }
}

extension MissionState {
  /// The second look was begun and nothing is known of it any more: it must not be begun again.
  package func hasLostSecondLook(_ source: SourcePolicy) -> Bool {
    guard let firstLook, start.attempt > firstLook.starts, jobID == nil else { return false }
    return !(hasUnansweredStart && source.findsStarts)
  }
}
