import MissionCore
import WorkerSource

/// A job as the world knows it.
struct StartedJob: Hashable {
  let worker: String
  let number: Int
}

/// A worker whose session and jobs live on while Mission Control crashes.
struct SimulatedWorker {
  struct Job {
    let mission: MissionID
    /// Its own, whatever id the worker gives it.
    let number: Int
    var endsAt: Duration
    var outcome: Outcome
    /// Mission Control has let go of it, so that another start of its mission is no fault.
    var isGivenUp = false
    /// Its id was another mission's as well, so that its result is nobody's.
    var isDisowned = false

    enum Outcome { case completed, failed, paused, cancelled }
  }

  let name: String
  let capacity: Int
  /// Its session says `ready` while it has room, whatever runs.
  let tellsRoom: Bool
  private var lastJob = 0
  private var started = 0
  private(set) var sessionNumber = 0
  private(set) var hasSession = false
  private(set) var readyAt: Duration = .zero
  private(set) var sessionFate: SessionStatus = .ready
  private(set) var jobs: [String: Job] = [:]
  private(set) var startCounts: [MissionID: Int] = [:]
  private(set) var mostLiveJobs = 0
  /// Refuses every request with this until then.
  var refusal: (failure: SourceFailure, until: Duration)?

  init(name: String, capacity: Int, tellsRoom: Bool) {
    self.name = name
    self.capacity = capacity
    self.tellsRoom = tellsRoom
  }

  mutating func openSession(now: Duration, fate: SessionStatus, readyAfter: Duration) -> String {
    endSession(now: now)
    sessionNumber += 1
    hasSession = true
    readyAt = now + readyAfter
    sessionFate = fate
    return "session-\(name)-\(sessionNumber)"
  }

  /// Its session breaks under the jobs that run in it: they are gone with it, or hang until it is ended.
  mutating func breakSession(_ fate: SessionStatus, now: Duration) {
    for (id, job) in jobs where job.endsAt > now {
      if fate == .terminated { jobs[id] = nil } else { jobs[id]?.endsAt = now + .seconds(9000) }
    }
    if fate == .terminated { hasSession = false } else { sessionFate = fate }
  }

  mutating func endSession(now: Duration) {
    hasSession = false
    for (id, job) in jobs where job.endsAt > now { jobs[id] = nil }
  }

  func status(now: Duration) -> SessionStatus {
    guard hasSession else { return .terminated }
    guard now >= readyAt else { return .waiting("warming_up", isKnown: true) }
    if sessionFate != .ready { return sessionFate }
    return liveJobs(now) >= (tellsRoom ? capacity : 1) ? .scraping : .ready
  }

  func liveJobs(_ now: Duration) -> Int {
    var count = 0
    for job in jobs.values where job.endsAt > now { count += 1 }
    return count
  }

  func hasLiveJob(of mission: MissionID, _ now: Duration) -> Bool {
    jobs.values.contains { $0.mission == mission && $0.endsAt > now && !$0.isGivenUp }
  }

  /// - Returns: the job's id, one that the worker gave before it restarted perhaps.
  mutating func start(_ mission: MissionID, now: Duration, takes: Duration, outcome: Job.Outcome) -> String {
    lastJob += 1
    started += 1
    let id = "job-\(lastJob)"
    jobs[id] = Job(mission: mission, number: started, endsAt: now + takes, outcome: outcome)
    startCounts[mission, default: 0] += 1
    mostLiveJobs = max(mostLiveJobs, liveJobs(now))
    return id
  }

  mutating func cancel(_ id: String, now: Duration) {
    guard let job = jobs[id], job.endsAt > now || job.outcome == .paused else { return }
    jobs[id] = Job(mission: job.mission, number: job.number, endsAt: now, outcome: .cancelled)
  }

  /// Jobs are let go of: all, those of one mission, or one.
  mutating func giveUp(where isChosen: (String, Job) -> Bool) {
    for (id, job) in jobs where isChosen(id, job) { jobs[id]?.isGivenUp = true }
  }

  /// Nobody takes what these jobs of the mission bring.
  mutating func disown(_ mission: MissionID) {
    for (id, job) in jobs where job.mission == mission { jobs[id]?.isDisowned = true }
  }

  /// A restart: everything it knew is gone, perhaps also how far its job ids had come. Some open their session anew by
  /// themselves.
  mutating func restart(forgottenIDs: Int, keepsSession: Bool) {
    jobs = [:]
    if !keepsSession { hasSession = false }
    lastJob = max(0, lastJob - min(forgottenIDs, lastJob))
  }
}
