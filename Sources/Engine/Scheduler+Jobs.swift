import MissionCore

// Whose a job is, where a worker may give one id to two missions.
extension Scheduler {
  func isShared(_ worker: String?) -> Bool {
    worker.flatMap { laneIndex[$0] }.map { lanes[$0].state.capacity > 1 } ?? false
  }

  /// The answer to a start. An id that a live mission has already may stand for the job of either.
  func jobRequested(_ jobID: String, of entry: Entry) {
    guard let worker = entry.state.worker else { return drive(entry, .jobRequested(jobID: jobID)) }
    let job = JobName(worker: worker, id: jobID)
    let claim = jobs.claim(job, for: entry.state.id)
    disownExposed()
    switch claim {
    case .own:
      entry.job = job
      drive(entry, .jobRequested(jobID: jobID))
    case .shared(let holder):
      if let holder { disown(job, by: holder) }
      drive(entry, .jobIDRepeated(jobID))
    }
    limitJobs(of: worker)
    startAnswered(entry)
  }

  /// A worker whose jobs cannot be told apart gets one at a time.
  private func limitJobs(of worker: String) {
    guard let lane = laneIndex[worker] else { return }
    let takesOneJob = jobs.takesOneJob(worker)
    guard lanes[lane].state.takesOneJob != takesOneJob else { return }
    lanes[lane].state.takesOneJob = takesOneJob
    guard takesOneJob else { return }
    effects.append(
      .log(.warning, "\(worker) gives every job the same id: it gets one job at a time"))
  }

  private func disownExposed() {
    guard let job = jobs.takeExposed() else { return }
    let holders = missions.values.filter { $0.job == job }.map(\.state.id)
    for holder in holders.sorted() { disown(job, by: holder) }
  }

  private func disown(_ job: JobName, by holder: MissionID) {
    guard let entry = missions[holder] else {
      if !cancelledElsewhere.contains(holder) { forgetJob(of: holder, job) }
      return
    }
    guard entry.job == job else { return }
    entry.job = nil
    switch entry.state.stage {
    case .queued:
      // It waits until all others are done: from now on for the end of the session.
      entry.state.forgetJob()
      forgetJob(of: holder, job)
      holds[job.worker, default: []].append(holder)
    case .leaving(.parked): forgetJob(of: holder, job)
    default: drive(entry, .jobIDRepeated(job.id))
    }
  }

  /// What earlier runs left with one job for several missions: all start anew when the session has ended.
  func disownRepeated(_ records: [MissionRecord], of repeated: Set<JobName>) {
    for worker in Set(repeated.map(\.worker)).sorted() { write(.sessionTainted(worker: worker)) }
    for record in records {
      guard let job = JobName(record), repeated.contains(job) else { continue }
      forgetJob(of: record.id, job)
    }
  }

  private func forgetJob(of mission: MissionID, _ job: JobName) {
    let reason = "\(job.worker) gave job id \(job.id) to two missions at once"
    let event = JournalEvent(
      .scrapeError, [("error_code", .text(ErrorCode.scrapeOther.rawValue)), ("message", .text(reason))])
    write(
      .mission(MissionTransition(mission: mission, change: .jobForgotten, events: [event], at: wall)))
  }

  func adopts(_ job: JobName, _ entry: Entry) {
    if jobs.claim(job, for: entry.state.id) == .own { entry.job = job }
  }

  /// Its job has ended, or ends with its session.
  func forgetHolder(_ entry: Entry) {
    guard let job = entry.job else { return }
    jobs.release(job, by: entry.state.id)
    entry.job = nil
  }

  // MARK: Results while a start is under way

  func noteStart(of entry: Entry, on worker: String) {
    if isShared(worker) { starts[worker, default: []].insert(entry.state.id) }
  }

  /// A start that is under way may yet be answered with this mission's job id. Until it is, nobody knows whose the
  /// result is.
  func completed(_ look: MissionEvent, _ result: ScrapedResult, of entry: Entry) {
    judge(result, of: entry)
    guard let worker = entry.state.worker, let open = starts[worker], !open.isEmpty else {
      return drive(entry, look)
    }
    entry.heldLook = (look, open)
    heldLooks[worker, default: []].append(entry.state.id)
  }

  private func judge(_ result: ScrapedResult, of entry: Entry) {
    guard let job = entry.job else { return }
    jobs.completed(job, with: result)
    disownExposed()
    limitJobs(of: job.worker)
  }

  func startAnswered(_ entry: Entry) {
    let id = entry.state.id
    guard let worker = entry.state.worker, starts[worker]?.remove(id) != nil else { return }
    for waiting in heldLooks.removeValue(forKey: worker) ?? [] {
      guard let other = missions[waiting], var held = other.heldLook else { continue }
      held.starts.remove(id)
      if held.starts.isEmpty {
        other.heldLook = nil
        drive(other, held.event)
      } else {
        other.heldLook = held
        heldLooks[worker, default: []].append(waiting)
      }
    }
  }
}
