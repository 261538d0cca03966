import MissionCore
import Ports

@testable import Engine

// How the source, the spool, the destination and the store answer.
extension JobsWorld {
  func perform(_ effect: Effect) {
    switch effect {
    case .journal(let writes, let tickets):
      commit { [self] in
        journal.apply(writes)
        return .journaled(tickets)
      }
    case .claim(_, let limit): commit { [self] in claim(limit: limit) }
    case .setTimer(let key, let at): schedule(at: at) { .timerFired(key) }
    case .start(let ticket, _, let start):
      sendings.append(wall)
      later(isStart: true) { [self] in
        let answer = take(start)
        later { .mission(ticket, answer) }
        return nil
      }
    case .find(let ticket, _, let start, let known):
      later { [self] in .mission(ticket, .startFound(find(start, known))) }
    case .look(let ticket, _, let job, _):
      later { [self] in .mission(ticket, .jobLooked(look(job))) }
    case .cancel(let ticket, _, let job):
      later { [self] in
        jobs[job.id]?.endsAt = now
        return .mission(ticket, .jobCancelAnswered(isConfirmed: true))
      }
    case .judge(let ticket, let records):
      let verdict =
        records < 3 ? SuspicionVerdict.suspicious(records == 0 ? .empty : .thin, expected: 9) : .ok
      later { .mission(ticket, .judged(verdict)) }
    case .verifySpool(let ticket, let result):
      let isThere = [ticket.mission, ticket.mission.otherLook].contains { spool[$0] == result }
      if !isThere { violations.append("\(ticket.mission) has lost the bytes that count") }
      let finding = isThere ? SpoolFinding.intact : .lost(why: "gone")
      later { .mission(ticket, .spoolVerified(finding)) }
    case .verifyLedger(let ticket):
      let sha256 = loaded[ticket.mission]
      later { .mission(ticket, .ledgerRead(.success(sha256))) }
    case .load(let load):
      loaded[load.ticket.mission] = load.result.sha256
      later { .mission(load.ticket, .loaded(LoadedRows(rows: 3, repeatedIDs: 0, wasLoadedBefore: false))) }
    case .upload(let ticket, _, _, _):
      later { .mission(ticket, .uploaded(UploadedObject(key: "k", etag: "e", size: 1, sha256: "s"))) }
    case .loadObject(let ticket, _): later { .mission(ticket, .objectLoaded(.success(false))) }
    case .removeSpool, .prepare, .cancelInJournal, .forgetBytes, .log, .tell, .finish: break
    }
  }

  /// What the source does with a start that reaches it.
  private func take(_ start: MissionStart) -> MissionEvent {
    if fails() { return .startFailed(SourceFailure(.busy, "429", retryAfter: .seconds(1))) }
    if fails() { return .startFailed(SourceFailure(.unreachable, "refused")) }
    if fails() { return .startFailed(SourceFailure(.again, "lost on its way")) }
    judge(start)
    let id = "job-\(jobs.count + 1)"
    let ends: [Job.End] = [.completes, .fails, .putsOff, .isForgotten]
    let end = fails() ? ends.randomElement(using: &dice)! : .completes
    let takes = fails() ? Duration.seconds(2000) : dice.duration(upTo: .seconds(100))
    jobs[id] = Job(mission: start.mission, attempt: start.attempt, endsAt: now + takes, end: end)
    if start.isSecondLook, end != .putsOff {
      secondJobs[start.mission, default: []].append(id)
      if secondJobs[start.mission]!.count > 1 {
        violations.append("\(start.mission) is looked at a third time")
      }
    }
    // Now and then a source brings less than there is.
    if Int.random(in: 0..<4, using: &dice) == 0 { jobs[id]?.records = Int.random(in: 0...2, using: &dice) }
    if fails() {
      count("lost answers")
      return .startFailed(SourceFailure(fails() ? .mismatch : .again, "its answer is lost"))
    }
    return .jobStarted(jobID: id, kept: ["attempt": "\(start.attempt)"])
  }

  private func judge(_ start: MissionStart) {
    let earlier = jobs.values.filter { $0.mission == start.mission }
    if policy.startsOnce, earlier.contains(where: { $0.end != .fails && $0.end != .putsOff }) {
      violations.append("\(start.mission) is started twice")
    }
    if canFind, earlier.contains(where: { $0.attempt == start.attempt }) {
      violations.append("start \(start.attempt) of \(start.mission) is repeated although it was taken")
    }
    if jobs.values.filter({ $0.endsAt > now }).count > missionIDs.count * 4 {
      violations.append("too many jobs run")
    }
  }

  private func find(_ start: MissionStart, _ known: [String]) -> Result<StartFinding, SourceFailure> {
    count("finds")
    if fails() { return .failure(SourceFailure(fails() ? .unreachable : .again, "no answer")) }
    guard canFind else {
      let code: ErrorCode = policy.startsOnce ? .startUnknown : .scrapeOther
      return .success(.failed(Failure(code, "not known whether it was started")))
    }
    let found = jobs.filter {
      $0.value.mission == start.mission && $0.value.attempt == start.attempt && !known.contains($0.key)
    }
    guard let id = found.keys.min() else { return .success(.notStarted(request: "POST /jobs")) }
    count("found")
    return .success(.found(id: id, kept: ["attempt": "\(start.attempt)"]))
  }

  private func look(_ asked: SourceJob) -> Result<JobLook, SourceFailure> {
    if fails() { return .failure(SourceFailure(fails() ? .unreachable : .again, "no answer")) }
    guard let job = jobs[asked.id], job.end != .isForgotten else {
      return .failure(SourceFailure(.notFound, "404"))
    }
    if job.mission != asked.start.mission { violations.append("\(asked.id) is another mission's") }
    if asked.kept["attempt"] != "\(job.attempt)" || asked.start.attempt != job.attempt {
      violations.append("\(asked.id) is looked at with what another start kept")
    }
    guard now >= job.endsAt else { return .success(.waiting(status: "running", isKnown: true)) }
    switch job.end {
    case .completes, .isForgotten:
      if fails() {
        count("unreadable results")
        return .failure(SourceFailure(.unreadable, "no JSON"))
      }
      let sha256 = "sha-\(job.mission)" + (job.records < 3 ? "-\(asked.id)" : "")
      let result = ScrapedResult(adsCount: job.records, size: 100, sha256: sha256)
      let name = asked.start.isSecondLook ? asked.start.mission.otherLook : asked.start.mission
      (spool[name], spooledBy[name]) = (result, asked.start.attempt)
      completed[asked.start.mission, default: [:]][asked.id] = result
      if asked.start.isSecondLook, let first = journal.records[asked.start.mission]?.firstLook {
        looks[asked.start.mission] = (first.result, result)
      }
      return .success(.completed(result))
    case .fails: return .success(.failed(message: "no"))
    case .putsOff:
      count("put off")
      return .success(.putOff(message: "later"))
    }
  }
}
