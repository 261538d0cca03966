import MissionCore
import Threads

/// One worker: at most one session, and the jobs that run or ran on it.
final class SimulatedWorker {
  /// Ended jobs that a worker still knows; older ones are answered with 404.
  private static let mostRemembered = 50_000

  let name: String
  let number: Int
  let apiKey: String
  private let settings: WorkerSettings
  private let nonce: String
  private var session: Session?
  private var sessionsOpened = 0
  private var jobsStarted = 0
  private var jobs: [String: Job] = [:]
  private var order: [String] = []
  private var oldest = 0
  private var live: [Job] = []

  /// `nonce` tells this process's ids from those of the one before it: a job that was lost with it must
  /// not be taken for another.
  init(number: Int, settings: WorkerSettings, nonce: String) {
    self.number = number
    name = "worker-\(number)"
    apiKey = settings.apiKeyPrefix + String(number)
    self.settings = settings
    self.nonce = nonce
  }

  // MARK: - Session

  /// Opens a session in place of the one there is; nil `fate` leaves it to chance.
  func openSession(
    fate: SessionFate?, timeToReady: Duration?, id: String?, proxy: String? = nil, at now: Moment
  ) -> String {
    endSession(at: now)
    sessionsOpened += 1
    let opened = Session(
      id: id ?? "session-\(nonce)-\(number)-\(sessionsOpened)",
      fate: fate ?? settings.chance.sessionFate(worker: number, number: sessionsOpened), openedAt: now,
      timeToReady: (timeToReady ?? settings.sessionTime), proxy: proxy)
    session = opened
    return opened.id
  }

  var sessionID: String? { session?.id }

  /// The one that its session was opened through.
  var proxy: String? { session?.proxy }

  func endSession(at now: Moment) {
    for job in live { job.end(as: "failed", at: now) }
    live = []
    session = nil
  }

  func sessionStatus(at now: Moment) -> String {
    guard let session else { return "terminated" }
    let status = session.status(at: now)
    return status == "ready" && liveCount(at: now) > 0 ? "scraping" : status
  }

  /// As after a restart.
  func forgetEverything() {
    session = nil
    jobs = [:]
    order = []
    oldest = 0
    live = []
  }

  // MARK: - Jobs

  func liveCount(at now: Moment) -> Int {
    live.removeAll { !$0.isLive(at: now) }
    return live.count
  }

  /// Whether a job may start now, or why not.
  func refusalToStart(at now: Moment) -> String? {
    let status = sessionStatus(at: now)
    guard status == "ready" || status == "scraping" else { return "the session is \(status)" }
    let count = liveCount(at: now)
    return count < settings.capacity ? nil : "\(count) of \(settings.capacity) jobs are running"
  }

  func startJob(
    _ parameters: MissionParameters, attempt: Int, fate: JobFate, takes: Duration, result: JobResult,
    at now: Moment
  ) -> Job {
    jobsStarted += 1
    let job = Job(
      id: "job-\(nonce)-\(number)-\(jobsStarted)", parameters: parameters, attempt: attempt, fate: fate,
      startedAt: now, takes: takes, result: result)
    jobs[job.id] = job
    order.append(job.id)
    if job.isLive(at: now) { live.append(job) }
    forgetOldJobs()
    return job
  }

  func job(_ id: String) -> Job? { jobs[id] }

  private func forgetOldJobs() {
    guard order.count - oldest > Self.mostRemembered else { return }
    jobs[order[oldest]] = nil
    oldest += 1
    if oldest > Self.mostRemembered {
      order.removeFirst(oldest)
      oldest = 0
    }
  }
}
