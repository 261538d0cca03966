import Engine
import MissionCore

// How the simulated world carries effects out, and how it fails.
extension SimulatedWorld {
  func perform(_ effect: Effect) {
    switch effect {
    case .journal(let writes, let tickets):
      // One thread commits in order: a later batch never lands before an earlier one.
      commitAt = max(commitAt, now) + .microseconds(300)
      schedule(at: commitAt) { [self] in
        journal.apply(writes)
        return .journaled(tickets)
      }
    case .claim(let limit):
      commitAt = max(commitAt, now) + .microseconds(300)
      schedule(at: commitAt) { [self] in claim(limit: limit) }
    case .setTimer(let key, let at): schedule(at: at) { .timerFired(key) }
    case .requestJob(let ticket, let worker, _): later { [self] in
      .mission(ticket, requestJob(ticket.mission, worker)) }
    case .verifyStart(let ticket, let worker): later { [self] in
      .mission(ticket, .startVerified(fails(20) ? .failure(again) : .success(workers[worker]!.status(now: now)))) }
    case .lookAtJob(let ticket, let worker, let jobID):
      later { [self] in .mission(ticket, .jobLooked(look(ticket.mission, worker, jobID))) }
    case .cancelJob(let ticket, let worker, let jobID): later { [self] in
      let isConfirmed = !fails(10)
      if isConfirmed { workers[worker]!.cancel(jobID, now: now) }
      return .mission(ticket, .jobCancelAnswered(isConfirmed: isConfirmed)) }
    case .verifySpool(let ticket, let result): later { [self] in
      .mission(ticket, .spoolVerified(spool[ticket.mission] == result)) }
    case .load(let ticket, _, let result): later { [self] in .mission(ticket, load(ticket.mission, result)) }
    case .upload(let ticket, _, let result): later { [self] in .mission(ticket, upload(ticket.mission, result)) }
    case .removeSpool(let id): spool[id] = nil
    case .openSession(let ticket, _): later { [self] in .session(ticket, openSession(ticket.worker)) }
    case .lookAtSession(let ticket): later { [self] in
      .session(ticket, .looked(fails(10) ? .failure(again) : .success(workers[ticket.worker]!.status(now: now)))) }
    case .endSession(let ticket): later { [self] in
      workers[ticket.worker]!.endSession(now: now)
      return .session(ticket, .ended) }
    case .forgetBytes, .log, .finish: break
    }
  }

  private var again: WorkerFailure { WorkerFailure(.again, "reset") }

  private func openSession(_ worker: String) -> SessionMachine.Event {
    if fails(10) { return .openFailed(again) }
    if fails(5) { return .openFailed(WorkerFailure(.busy, "429", retryAfter: .seconds(2))) }
    let fates: [SessionStatus] = [.stuck, .disconnected, .terminated, .waiting("warming_up", isKnown: true)]
    let fate = fails(50) ? fates.randomElement(using: &dice)! : .ready
    let takes = dice.duration(upTo: .seconds(90))
    return .opened(sessionID: workers[worker]!.openSession(now: now, fate: fate, readyAfter: takes))
  }

  private func requestJob(_ mission: MissionID, _ worker: String) -> MissionEvent {
    if fails(5) { return .jobRequestFailed(WorkerFailure(.busy, "409")) }
    if fails(10) { return .jobRequestFailed(again) }
    guard workers[worker]!.status(now: now) == .ready || workers[worker]!.status(now: now) == .scraping else {
      return .jobRequestFailed(WorkerFailure(.unusable, "no session"))
    }
    guard workers[worker]!.liveJobs(now) < workers[worker]!.capacity else {
      return .jobRequestFailed(WorkerFailure(.busy, "409"))
    }
    for (name, other) in workers where other.hasLiveJob(of: mission, now) {
      violations.append("\(mission) runs on \(name) and is started on \(worker)")
    }
    let outcomes: [SimulatedWorker.Job.Outcome] = [.failed, .paused, .cancelled]
    let outcome = fails(50) ? outcomes.randomElement(using: &dice)! : .completed
    let id = newJobID()
    let takes = fails(10) ? .seconds(8000) : dice.duration(upTo: .seconds(200))
    workers[worker]!.start(mission, id: id, now: now, takes: takes, outcome: outcome)
    // The answer gets lost: nobody knows the id.
    return fails(20) ? .jobRequestFailed(again) : .jobRequested(jobID: id)
  }

  private func look(_ mission: MissionID, _ worker: String, _ jobID: String) -> Result<JobLook, WorkerFailure> {
    if fails(15) { return .failure(again) }
    if fails(3) { workers[worker]!.forgetAll() }
    guard let job = workers[worker]!.jobs[jobID] else { return .failure(WorkerFailure(.notFound, "404")) }
    guard now >= job.endsAt else { return .success(.waiting(status: "running", isKnown: true)) }
    switch job.outcome {
    case .completed, .unknownStatus:
      let result = ScrapedResult(adsCount: 3, size: 100, sha256: "sha-\(mission)")
      spool[mission] = result
      return .success(.completed(result))
    case .failed: return .success(.failed(message: "no"))
    case .cancelled: return .success(.cancelled(message: "no"))
    case .paused: return .success(.paused)
    }
  }

  private func load(_ mission: MissionID, _ result: ScrapedResult) -> MissionEvent {
    if spool[mission] != result { violations.append("\(mission) loaded without its spool") }
    let failure = Failure(.destinationTimedOut, "went away")
    if fails(20) { return .loadFailed(StepFailure(failure, isAgain: false)) }
    if fails(10) { return .loadFailed(StepFailure(Failure(.destinationOther, "deadlock"), isAgain: true)) }
    let wasLoaded = ledger[mission] == result.sha256
    ledger[mission] = result.sha256
    // The connection is lost after COMMIT.
    if fails(10) { return .loadFailed(StepFailure(failure, isAgain: false)) }
    return .loaded(LoadedRows(rows: 3, repeatedIDs: 0, wasLoadedBefore: wasLoaded))
  }

  private func upload(_ mission: MissionID, _ result: ScrapedResult) -> MissionEvent {
    if ledger[mission] != result.sha256 { violations.append("\(mission) uploaded before its load") }
    let slow = StepFailure(Failure(.storeOther, "SlowDown"), isAgain: true, retryAfter: .seconds(1))
    if fails(30) { return .uploadFailed(slow) }
    objects[mission] = result.sha256
    if fails(10) { return .uploadFailed(StepFailure(Failure(.uploadTimedOut, "reset"), isAgain: true)) }
    return .uploaded(UploadedObject(key: "k/\(mission)", etag: "e", size: 100, sha256: "s"))
  }
}
