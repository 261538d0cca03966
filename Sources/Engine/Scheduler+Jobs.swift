import MissionCore

// Whose a job is, where a worker may give one id to two missions.
extension Scheduler {
  /// The job of a start is known. An id that a live mission has already may stand for the job of either.
  func jobStarted(_ event: MissionEvent, _ jobID: String, of entry: Entry) {
    guard let lane = lane(of: entry) else { return drive(entry, event) }
    let job = JobName(lane: lanes[lane].name, id: jobID)
    let claim = jobs.claim(job, for: entry.state.id)
    disownExposed()
    switch claim {
    case .own:
      entry.job = job
      drive(entry, event)
    case .shared(let holder):
      if let holder { disown(job, by: holder) }
      drive(entry, .jobIDRepeated(jobID))
    }
    limitJobs(on: lane)
    startAnswered(entry)
  }

  /// A lane whose jobs cannot be told apart gets one at a time; others as many as they show that they can take.
  func limitJobs(on lane: Int) {
    let takesOneJob = jobs.takesOneJob(lanes[lane].name)
    let limit = takesOneJob ? 1 : lanes[lane].adaptive?.told?.limit
    let isNew = takesOneJob && !lanes[lane].takesOneJob
    lanes[lane].takesOneJob = takesOneJob
    if lanes[lane].limit != limit {
      lanes[lane].limit = limit
      drive(lane: lane, .limited(to: limit))
    }
    guard isNew else { return }
    let name = lanes[lane].name.lane
    effects.append(.log(.warning, "\(name) gives every job the same id: it gets one job at a time"))
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
      // It waits until all others are done: from now on for the lane to be free of it.
      entry.state.forgetJob()
      forgetJob(of: holder, job)
      if let lane = laneIndex[job.lane] { hold(holder, on: lane) }
    case .leaving(.parked): forgetJob(of: holder, job)
    default: drive(entry, .jobIDRepeated(job.id))
    }
  }

  /// What earlier runs left with one job for several missions: all start anew when the lane is free of it.
  func disownRepeated(_ records: [MissionRecord], of repeated: Set<JobName>) {
    for lane in Set(repeated.map(\.lane.lane)).sorted() { write(.sessionTainted(worker: lane)) }
    for record in records {
      guard let job = journaledJob(of: record), repeated.contains(job) else { continue }
      forgetJob(of: record.id, job)
    }
  }

  private func forgetJob(of mission: MissionID, _ job: JobName) {
    let reason: Message = "\(job.lane.lane) gave job id \(job.id) to two missions at once"
    let event = JournalEvent(
      .scrapeError, [("error_code", .text(ErrorCode.scrapeOther.rawValue)), ("message", .said(reason))])
    write(
      .mission(MissionTransition(mission: mission, change: .jobForgotten, events: [event], at: wall)))
  }

  func adopts(_ job: JobName, _ entry: Entry) {
    if jobs.claim(job, for: entry.state.id) == .own { entry.job = job }
  }

  /// Its job has ended, or ends with what it runs in.
  func forgetHolder(_ entry: Entry) {
    guard let job = entry.job else { return }
    jobs.release(job, by: entry.state.id)
    entry.job = nil
  }

  // MARK: Results while a start is under way

  func noteStart(of entry: Entry) {
    guard let lane = lane(of: entry), lanes[lane].capacity > 1 else { return }
    starts[lane, default: []].insert(entry.state.id)
  }

  /// A start that is under way may yet be answered with this mission's job id. Until it is, nobody knows whose the
  /// result is.
  func completed(_ look: MissionEvent, _ result: ScrapedResult, of entry: Entry) {
    judge(result, of: entry)
    noteCompletion(of: entry)
    guard let lane = lane(of: entry), let open = starts[lane], !open.isEmpty else {
      return drive(entry, look)
    }
    entry.heldLook = (look, open)
    heldLooks[lane, default: []].append(entry.state.id)
  }

  private func judge(_ result: ScrapedResult, of entry: Entry) {
    guard let job = entry.job else { return }
    jobs.completed(job, with: result)
    disownExposed()
    if let lane = laneIndex[job.lane] { limitJobs(on: lane) }
  }

  func startAnswered(_ entry: Entry) {
    let id = entry.state.id
    guard let lane = lane(of: entry), starts[lane]?.remove(id) != nil else { return }
    for waiting in heldLooks.removeValue(forKey: lane) ?? [] {
      guard let other = missions[waiting], var held = other.heldLook else { continue }
      held.starts.remove(id)
      if held.starts.isEmpty {
        other.heldLook = nil
        drive(other, held.event)
      } else {
        other.heldLook = held
        heldLooks[lane, default: []].append(waiting)
      }
    }
  }
}
