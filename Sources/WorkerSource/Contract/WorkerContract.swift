import HTTP
import MissionCore
import Ports
import Synchronization
import Threads

/// Whether a worker keeps to the contract of SPEC 7, tried on the worker itself: one session, a small scrape, a cancel and
/// wrong requests. It replaces the session that the worker has.
final class WorkerContract: Sendable {
  private struct Course {
    /// The job that was scraped to its end.
    var job: String?
    var hasSession = false
  }

  private let talk: ContractTalk
  private let policy: SessionPolicy
  private let proxy: SessionProxy?
  /// One day, which the small scrape asks for.
  private let scrape: MissionParameters
  private let jobLimit: Duration
  private let pause: @Sendable (Duration) -> Void
  private let course = Mutex(Course())

  /// - Parameters:
  ///   - proxy: the one that the session is opened through.
  ///   - pause: blocks for so long.
  init(
    _ talk: ContractTalk, policy: SessionPolicy, proxy: SessionProxy?, scrape: MissionParameters,
    pause: @escaping @Sendable (Duration) -> Void
  ) {
    self.talk = talk
    self.policy = policy
    self.proxy = proxy
    self.scrape = scrape
    self.pause = pause
    jobLimit = talk.endpoint.result
  }

  var steps: [ContractStep] {
    [
      step("GET /health answers", WorkerContract.health),
      step("a request without the key is refused", WorkerContract.withoutKey),
      step("POST /session opens a session", WorkerContract.openSession),
      step("GET /session/status comes to ready", WorkerContract.sessionIsReady),
      step("POST /scrape refuses what is no scrape", WorkerContract.wrongScrapes),
      step("GET /scrape/{job_id} of an unknown job is 404", WorkerContract.unknownJob),
      step("POST /scrape starts a small scrape that ends", WorkerContract.smallScrape),
      step("a job that has ended is told again", WorkerContract.toldAgain),
      step("POST /scrape/{job_id}/cancel ends a job", WorkerContract.cancelledJob),
      step("DELETE /session ends the session", WorkerContract.endSession),
    ]
  }

  private func step(
    _ name: Message, _ deed: @escaping @Sendable (WorkerContract) -> () throws(ContractFault) -> Message
  ) -> ContractStep {
    ContractStep(name) {
      do throws(ContractFault) { return .passed(try deed(self)()) } catch {
        return .failed(error.reason, advice: "")
      }
    }
  }

  // MARK: Control requests

  private func health() throws(ContractFault) -> Message {
    _ = try talk.expectSuccess(.get, "/health")
    return ""
  }

  private func withoutKey() throws(ContractFault) -> Message {
    try talk.expectRefusal([401, 403], "401/403", .get, "/session/status", withKey: false)
    return ""
  }

  private func openSession() throws(ContractFault) -> Message {
    let body = WorkerClient.sessionRequest(through: proxy)
    let id = try talk.text("session_id", in: try talk.expectSuccess(.post, "/session", body))
    course.withLock { $0.hasSession = true }
    return "\(talk.shown(id))"
  }

  private func sessionIsReady() throws(ContractFault) -> Message {
    try requireSession()
    let end = Moment.now + policy.timeoutSession
    var unknown: String?
    while true {
      let text = try talk.text("status", in: try talk.expectSuccess(.get, "/session/status"))
      switch SessionStatus(text) {
      case .ready: return unknown.map { "but it also says \"\(talk.shown($0))\", which is waited on" } ?? ""
      case .waiting(_, let isKnown): if !isKnown { unknown = text }
      case .scraping, .stuck, .disconnected, .terminated:
        throw ContractFault("a session that was just opened is \(talk.shown(text))")
      }
      guard Moment.now < end else { throw ContractFault("not ready within \(policy.timeoutSession)") }
      pause(policy.sessionInterval)
    }
  }

  private func endSession() throws(ContractFault) -> Message {
    try requireSession()
    _ = try talk.expectSuccess(.delete, "/session")
    let reply = try talk.ask(.get, "/session/status")
    if reply.status == 404 { return "" }
    guard case .terminated = SessionStatus(try talk.text("status", in: reply.body)) else {
      throw ContractFault("afterwards GET /session/status must answer 404 or terminated")
    }
    return ""
  }

  private func requireSession() throws(ContractFault) {
    guard course.withLock(\.hasSession) else { throw ContractFault("left out: no session was opened") }
  }

  // MARK: Jobs

  /// 408, 425 and 499 mean "again", as a 5xx does.
  private static let refusals = Set(400...499).subtracting([408, 425, 499])

  private func wrongScrapes() throws(ContractFault) -> Message {
    for body in ["{", "{}", #"{"filters":{},"options":{}}"#] {
      try talk.expectRefusal(Self.refusals, "4xx", .post, "/scrape", Array(body.utf8))
    }
    return ""
  }

  private func unknownJob() throws(ContractFault) -> Message {
    try talk.expectRefusal([404], "404", .get, "/scrape/no-such-job")
    return ""
  }

  private func smallScrape() throws(ContractFault) -> Message {
    let job = try start()
    course.withLock { $0.job = job }
    switch try end(of: job) {
    case .records(let count): return "\(count) ads"
    case .ended(let word): throw ContractFault("the scrape ended as \(word)")
    }
  }

  /// Asked for again after a crash, it must say the same.
  private func toldAgain() throws(ContractFault) -> Message {
    guard let job = course.withLock(\.job) else { throw ContractFault("left out: no job was started") }
    guard case .records = try look(job) else { throw ContractFault("it has no result any more") }
    return ""
  }

  private func cancelledJob() throws(ContractFault) -> Message {
    let job = try start()
    if job == course.withLock(\.job) {
      throw ContractFault("two jobs have the same id, so that nobody can tell them apart")
    }
    _ = try talk.expectSuccess(.post, "/scrape/\(job)/cancel")
    switch try end(of: job) {
    case .ended("cancelled"): return ""
    // It may have ended before the cancel came.
    case .records: return "it had ended before"
    case .ended(let word): throw ContractFault("afterwards it must be cancelled, but it is \(word)")
    }
  }

  private func start() throws(ContractFault) -> String {
    try requireSession()
    let body = try talk.expectSuccess(.post, "/scrape", WorkerClient.jobRequest(scrape))
    let job = try talk.text("job_id", in: body)
    guard WorkerAnswerReader.isJobID(job) else {
      throw ContractFault("the job_id \(talk.shown(job)) is not of [A-Za-z0-9._-]{1,128}")
    }
    return job
  }

  private enum End {
    case records(Int)
    case ended(String)
  }

  private func end(of job: String) throws(ContractFault) -> End {
    let until = Moment.now + jobLimit
    while true {
      if let end = try look(job) { return end }
      guard Moment.now < until else { throw ContractFault("it did not end within \(jobLimit)") }
      pause(policy.jobInterval)
    }
  }

  /// Nil for a job that has not ended.
  private func look(_ job: String) throws(ContractFault) -> End? {
    let bytes = try talk.expectSuccess(.get, "/scrape/\(job)")
    let content = bytes.withUnsafeBytes { raw -> Result<AnswerContent, SpoolError> in
      Result { () throws(SpoolError) in
        try JobAnswerReader(masking: talk.judge.redactor).read(raw, progress: nil)
      }
    }
    switch content {
    case .failure(let error): throw ContractFault("the answer cannot be used: \(error)")
    case .success(.records(_, let count)): return .records(count)
    case .success(.record): return .records(1)
    case .success(.noRecords): return .records(0)
    case .success(.look(.waiting)): return nil
    case .success(.look(.failed)): return .ended("failed")
    case .success(.look(.cancelled)): return .ended("cancelled")
    case .success(.look(.paused)): return .ended("paused")
    default: throw ContractFault("the answer cannot be used")
    }
  }
}
