import Engine
import MissionCore
import Ports

@testable import WorkerSource

// How the simulated world carries effects out, and how it fails.
extension SimulatedWorld {
  func perform(_ effect: Effect) {
    switch effect {
    case .journal(let writes, let tickets):
      commit { [self] in
        journal.apply(writes)
        return .journaled(tickets)
      }
    case .cancelInJournal(let mission):
      commit { [self] in
        journal.cancel(mission, at: wall)
        return nil
      }
    case .claim(_, let limit): commit { [self] in claim(limit: limit) }
    case .setTimer(let key, let at): schedule(at: at) { .timerFired(key) }
    case .start(let ticket, let lane, _):
      let worker = lane.lane
      // The job may end before the answer has come back.
      later { [self] in
        let answer = requestJob(ticket.mission, worker)
        var job: StartedJob?
        if case .jobStarted(let id, _) = answer { job = startedJob(worker, id) }
        later { [job] in
          if let job, !self.isDying { self.answered.insert(job) }
          return .mission(ticket, answer)
        }
        return nil
      }
    case .find(let ticket, let lane, _, _):
      let isShared = workers[lane.lane]!.capacity > 1
      later { [self] in
        .mission(ticket, .startFound(status(lane.lane, 20).map { $0.finding(isShared: isShared) }))
      }
    case .look(let ticket, let lane, let job, _):
      let (worker, jobID) = (lane.lane, job.id)
      if workers[worker]!.jobs[jobID]?.outcome == .completed { spooling.insert(ticket.mission) }
      later { [self] in .mission(ticket, .jobLooked(look(job.start, worker, jobID))) }
    case .cancel(let ticket, let lane, let job):
      later { [self] in .mission(ticket, cancelJob(lane.lane, job.id)) }
    case .judge(let ticket, _): later { .mission(ticket, .judged(.ok)) }
    case .verifySpool(let ticket, let result):
      later { [self] in .mission(ticket, .spoolVerified(askSpool(ticket.mission, result))) }
    case .verifyLedger(let ticket): later { [self] in .mission(ticket, readLedger(ticket.mission)) }
    case .load(let one):
      later { [self] in .mission(one.ticket, load(one.ticket.mission, one.result)) }
    case .upload(let ticket, _, let result, _):
      later { [self] in .mission(ticket, upload(ticket.mission, result)) }
    case .loadObject(let ticket, _): later { .mission(ticket, .objectLoaded(.success(false))) }
    case .removeSpool(let id):
      if journal.records[id]!.status == .done { spool[id] = nil } else { loseSpool(of: id) }
    case .prepare(let ticket, let request):
      guard let request = request as? SessionRequest else { return }
      later { [self] in .lane(ticket, .answered(answer(request, of: ticket.lane.lane))) }
    case .log(_, let message): noteSetAside(message.plain)
    case .forgetBytes, .tell, .finish: break
    }
  }

  private func answer(_ request: SessionRequest, of worker: String) -> SessionAnswer {
    switch request {
    case .open: return openSession(worker)
    case .look:
      breakSession(of: worker)
      return .looked(status(worker, 10))
    case .end: return endSession(worker)
    }
  }

  /// One thread commits in order: a later batch never lands before an earlier one. Now and then the disk is
  /// slower than every worker.
  private func commit(_ act: @escaping () -> SchedulerEvent?) {
    let isSlow = Int.random(in: 0..<8, using: &dice) == 0
    commitAt =
      max(commitAt, now) + .microseconds(300) + (isSlow ? dice.duration(upTo: .milliseconds(200)) : .zero)
    schedule(at: commitAt, isCommit: true, act)
  }

  private var again: SourceFailure { SourceFailure(.again, "reset") }

  private func status(_ worker: String, _ share: Int) -> Result<SessionStatus, SourceFailure> {
    if let refusal = refusal(of: worker) { return .failure(refusal) }
    return fails(share) ? .failure(again) : .success(workers[worker]!.status(now: now))
  }

  /// Now and then, and only while jobs run in it.
  private func breakSession(of worker: String) {
    guard workers[worker]!.liveJobs(now) > 0, workers[worker]!.status(now: now) == .scraping, fails(30) else {
      return
    }
    counts.brokenSessions += 1
    let fate = [SessionStatus.stuck, .disconnected, .terminated].randomElement(using: &dice)!
    workers[worker]!.breakSession(fate, now: now)
  }

  private func openSession(_ worker: String) -> SessionAnswer {
    if let refusal = refusal(of: worker) { return .openFailed(refusal) }
    if fails(10) { return .openFailed(again) }
    if fails(5) { return .openFailed(SourceFailure(.busy, "429", retryAfter: .seconds(2))) }
    let fates: [SessionStatus] = [.stuck, .disconnected, .terminated, .waiting("warming_up", isKnown: true)]
    let fate = fails(50) ? fates.randomElement(using: &dice)! : .ready
    let takes = dice.duration(upTo: .seconds(90))
    watch.sessionEnds(worker, in: self)
    return .opened(sessionID: workers[worker]!.openSession(now: now, fate: fate, readyAfter: takes))
  }

  private func endSession(_ worker: String) -> SessionAnswer {
    // The session lives on, and what runs in it; only the next POST /session replaces it.
    if refusal(of: worker) != nil || fails(10) {
      counts.sessionsThatStay += 1
      return .endFailed
    }
    watch.sessionEnds(worker, in: self)
    workers[worker]!.endSession(now: now)
    // Done, but the answer gets lost.
    return fails(20) ? .endFailed : .ended
  }

  /// What runs on a worker that is of no use cannot be ended.
  private func noteSetAside(_ message: String) {
    guard message.contains("is set aside for this run") else { return }
    for name in workerNames where message.hasPrefix("\(name) ") { workers[name]!.giveUp { _, _ in true } }
  }

  private func requestJob(_ mission: MissionID, _ worker: String) -> MissionEvent {
    if let refusal = refusal(of: worker) { return .startFailed(refusal) }
    if fails(5) { return .startFailed(SourceFailure(.busy, "409")) }
    if fails(10) { return .startFailed(again) }
    let status = workers[worker]!.status(now: now)
    guard status == .ready || status == .scraping else {
      return .startFailed(SourceFailure(.unusable, "no session"))
    }
    guard workers[worker]!.liveJobs(now) < workers[worker]!.capacity else {
      return .startFailed(SourceFailure(.busy, "409"))
    }
    for (name, other) in workers where other.hasLiveJob(of: mission, now) {
      watch.violations.append("\(mission) runs on \(name) and is started on \(worker)")
    }
    let outcomes: [SimulatedWorker.Job.Outcome] = [.failed, .paused, .cancelled]
    let outcome = fails(50) ? outcomes.randomElement(using: &dice)! : .completed
    if fails(60) { restart(worker, keepsSession: true) }
    let isQuick = Int.random(in: 0..<4, using: &dice) == 0
    let takes = fails(10) ? .seconds(8000) : dice.duration(upTo: isQuick ? .milliseconds(20) : .seconds(200))
    let id = workers[worker]!.start(mission, now: now, takes: takes, outcome: outcome)
    // The answer gets lost, or cannot be read: nobody knows the id.
    if fails(20) { return .startFailed(again) }
    return fails(5) ? .startFailed(SourceFailure(.mismatch, "no job_id")) : .jobStarted(jobID: id)
  }

  private func startedJob(_ worker: String, _ id: String) -> StartedJob? {
    workers[worker]!.jobs[id].map { StartedJob(worker: worker, number: $0.number) }
  }

  private func cancelJob(_ worker: String, _ jobID: String) -> MissionEvent {
    let isConfirmed = refusal(of: worker) == nil && !fails(10)
    if isConfirmed { workers[worker]!.cancel(jobID, now: now) }
    return .jobCancelAnswered(isConfirmed: isConfirmed)
  }

  private func look(_ start: MissionStart, _ worker: String, _ jobID: String) -> Result<
    JobLook, SourceFailure
  > {
    let mission = start.mission
    defer { spooling.remove(mission) }
    if let refusal = refusal(of: worker) { return .failure(refusal) }
    if fails(15) { return .failure(again) }
    if fails(10) { restart(worker) }
    guard let job = workers[worker]!.jobs[jobID] else { return .failure(SourceFailure(.notFound, "404")) }
    guard now >= job.endsAt else { return .success(.waiting(status: "running", isKnown: true)) }
    switch job.outcome {
    case .completed:
      if mission == poison {
        killWhileSpooling(mission)
        return .failure(again)
      }
      taken[mission] = startedJob(worker, jobID)
      let result = ScrapedResult(adsCount: 3, size: 100, sha256: "sha-\(job.mission)")
      (spool[mission], spooledBy[mission]) = (result, start.attempt)
      return .success(.completed(result))
    case .failed: return .success(.failed(message: "no"))
    case .cancelled: return .success(.cancelled(message: "no"))
    case .paused: return .success(.paused)
    }
  }

  /// What the spool says of the bytes; lost ones are put aside with that.
  private func askSpool(_ mission: MissionID, _ result: ScrapedResult) -> SpoolFinding {
    if fails(80) {
      counts.untoldSpools += 1
      return .unknown(why: "input/output error", diskFails: Bool.random(using: &dice))
    }
    if spool[mission] == result, !fails(10) { return .intact }
    counts.lostSpools += 1
    loseSpool(of: mission)
    return .lost(why: "altered")
  }

  private func load(_ mission: MissionID, _ result: ScrapedResult) -> MissionEvent {
    // A step that cannot read the bytes asks the spool what that means.
    if fails(15) {
      let finding = askSpool(mission, result)
      guard finding == .intact else { return .spoolVerified(finding) }
    }
    if spool[mission] != result { watch.violations.append("\(mission) loaded without its spool") }
    if destinationRefuses {
      watch.isDestinationClosed = true
      counts.breakers += 1
      return .loadFailed(StepFailure(Failure(.destinationRefused, "wrong password"), isAgain: false))
    }
    let failure = Failure(.destinationTimedOut, "went away")
    if fails(20) { return .loadFailed(StepFailure(failure, isAgain: false)) }
    if fails(10) { return .loadFailed(StepFailure(Failure(.destinationOther, "deadlock"), isAgain: true)) }
    let wasLoaded = ledger[mission] == result.sha256
    ledger[mission] = result.sha256
    lostRows.remove(mission)
    confirmed.insert(mission)
    if fails(25) { anotherMachineBegins(mission) }
    // The connection is lost after COMMIT.
    if fails(10) { return .loadFailed(StepFailure(failure, isAgain: false)) }
    return .loaded(LoadedRows(rows: 3, repeatedIDs: 0, wasLoadedBefore: wasLoaded))
  }

  private func readLedger(_ mission: MissionID) -> MissionEvent {
    if destinationRefuses {
      watch.isDestinationClosed = true
      let failure = Failure(.destinationRefused, "wrong password")
      return .ledgerRead(.failure(StepFailure(failure, isAgain: false)))
    }
    let failure = Failure(.destinationTimedOut, "went away")
    if fails(20) { return .ledgerRead(.failure(StepFailure(failure, isAgain: false))) }
    if fails(10) {
      return .ledgerRead(.failure(StepFailure(Failure(.destinationOther, "busy"), isAgain: true)))
    }
    if ledger[mission] == journal.records[mission]!.sha256 { confirmed.insert(mission) }
    return .ledgerRead(.success(ledger[mission]))
  }

  private func upload(_ mission: MissionID, _ result: ScrapedResult) -> MissionEvent {
    if fails(15) {
      let finding = askSpool(mission, result)
      guard finding == .intact else { return .spoolVerified(finding) }
    }
    if !confirmed.contains(mission) {
      watch.violations.append("\(mission) uploaded before its load, or without a look at the ledger")
    }
    if fails(20) { loseRows(of: mission) }
    if fails(25) { anotherMachineBegins(mission) }
    if storeRefuses {
      watch.isStoreClosed = true
      counts.breakers += 1
      return .uploadFailed(StepFailure(Failure(.storeCredentials, "InvalidAccessKeyId"), isAgain: false))
    }
    let slow = StepFailure(Failure(.storeOther, "SlowDown"), isAgain: true, retryAfter: .seconds(1))
    if fails(30) { return .uploadFailed(slow) }
    objects[mission] = result.sha256
    if fails(10) { return .uploadFailed(StepFailure(Failure(.uploadTimedOut, "reset"), isAgain: true)) }
    return .uploaded(UploadedObject(key: "k/\(mission)", etag: "e", size: 100, sha256: "s"))
  }
}
