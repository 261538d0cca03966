import MissionCore

/// A worker whose session and jobs live on while Mission Control crashes.
struct SimulatedWorker {
  struct Job {
    let mission: MissionID
    let endsAt: Duration
    var outcome: Outcome
    enum Outcome { case completed, failed, paused, unknownStatus, cancelled }
  }

  let name: String
  let capacity: Int
  private(set) var sessionNumber = 0
  private(set) var hasSession = false
  private(set) var readyAt: Duration = .zero
  private(set) var sessionFate: SessionStatus = .ready
  private(set) var jobs: [String: Job] = [:]
  private(set) var startCounts: [MissionID: Int] = [:]
  private(set) var mostLiveJobs = 0

  init(name: String, capacity: Int) {
    self.name = name
    self.capacity = capacity
  }

  mutating func openSession(now: Duration, fate: SessionStatus, readyAfter: Duration) -> String {
    endSession(now: now)
    sessionNumber += 1
    hasSession = true
    readyAt = now + readyAfter
    sessionFate = fate
    return "session-\(name)-\(sessionNumber)"
  }

  mutating func endSession(now: Duration) {
    hasSession = false
    for (id, job) in jobs where job.endsAt > now { jobs[id] = nil }
  }

  func status(now: Duration) -> SessionStatus {
    guard hasSession else { return .terminated }
    guard now >= readyAt else { return .waiting("warming_up", isKnown: true) }
    if sessionFate != .ready { return sessionFate }
    return liveJobs(now) > 0 ? .scraping : .ready
  }

  func liveJobs(_ now: Duration) -> Int { jobs.values.filter { $0.endsAt > now }.count }

  func hasLiveJob(of mission: MissionID, _ now: Duration) -> Bool {
    jobs.values.contains { $0.mission == mission && $0.endsAt > now }
  }

  mutating func start(_ mission: MissionID, id: String, now: Duration, takes: Duration, outcome: Job.Outcome) {
    jobs[id] = Job(mission: mission, endsAt: now + takes, outcome: outcome)
    startCounts[mission, default: 0] += 1
    mostLiveJobs = max(mostLiveJobs, liveJobs(now))
  }

  mutating func cancel(_ id: String, now: Duration) {
    guard let job = jobs[id], job.endsAt > now || job.outcome == .paused else { return }
    jobs[id] = Job(mission: job.mission, endsAt: now, outcome: .cancelled)
  }

  /// A restart: everything it knew is gone.
  mutating func forgetAll() {
    jobs = [:]
    hasSession = false
  }
}
