import Glibc
import MissionCore
import Threads

/// The worker API of several workers on one port (SPEC 7), the jobs API and a writer beside it, and the
/// control requests of tests.
///
/// Every request goes the same way: who is asked and for what, may they, does a rule of the fault script
/// apply, the answer, the rule's marks on it, the log. Called by its event loop's thread alone.
final class WorkerService: RequestHandler {
  /// Bodies of the API are small; only fault scripts may be larger.
  private static let longestBody = 8 * 1024 * 1024

  /// Of the writer, which takes whole results.
  private static let longestResult = 256 * 1024 * 1024

  let settings: WorkerSettings
  let script: FaultScript
  let statistics: Statistics
  let log: RequestLog?
  private(set) var workers: [SimulatedWorker]
  /// The jobs API on the same port.
  private let jobs: JobsService
  /// The writer on the same port.
  let writer: WriterService
  /// The last job of each mission, on whatever worker.
  var latestJobs: [String: Job] = [:]

  init(settings: WorkerSettings, script: FaultScript, statistics: Statistics, log: RequestLog?) {
    self.settings = settings
    self.script = script
    self.statistics = statistics
    self.log = log
    jobs = JobsService(settings: settings, script: script, statistics: statistics, log: log)
    writer = WriterService(settings: settings, script: script, statistics: statistics, log: log)
    let nonce = String(SplitMix.mixed(UInt64(Moment.now.nanoseconds), UInt64(getpid())) >> 32, radix: 16)
    workers = (1...settings.count).map { SimulatedWorker(number: $0, settings: settings, nonce: nonce) }
  }

  func begin(_ head: RequestHead) -> BodyPlan {
    let isResult = head.path.hasPrefix("/writer/")
    return .collect(limit: isResult ? Self.longestResult : Self.longestBody)
  }

  func finish(_ head: RequestHead, _ body: ReceivedBody) -> Reply {
    guard case .collected(let bytes) = body else { preconditionFailure("bodies are collected") }
    switch WorkerRoute(method: head.method, path: head.path) {
    case .control(let name): return Reply(control(name, head, bytes))
    case .jobs(let route): return jobs.answer(route, head, bytes)
    case .writer(let route): return writer.answer(route, head, bytes)
    case .nowhere: return Reply(.error(404, "no such path"))
    case .worker(let number, let kind, let jobID):
      guard (1...workers.count).contains(number) else {
        return Reply(.error(404, "no such worker"))
      }
      return answer(workers[number - 1], kind, jobID, head, bytes)
    }
  }

  private func answer(
    _ worker: SimulatedWorker, _ kind: RequestKind, _ jobID: String?, _ head: RequestHead, _ body: [UInt8]
  ) -> Reply {
    var call = WorkerCall(worker: worker, kind: kind, jobID: jobID, body: body, now: .now)
    statistics.count(kind)
    var reply: Reply
    if head.value(of: "x-api-key") != worker.apiKey {
      statistics.countUnauthorised()
      reply = Reply(.error(401, "X-API-Key is missing or wrong"))
    } else {
      reply = answer(&call)
    }
    reply.delivery.delay += settings.latency
    log?.write(head, call.facts, status: reply.delivery.isReset ? 0 : reply.response.status)
    return reply
  }

  private func answer(_ call: inout WorkerCall) -> Reply {
    call.prepare()
    guard let fault = script.fault(for: call.facts) else { return Reply(perform(&call)) }
    statistics.countFault()
    call.fault = fault
    if fault.forgets {
      call.worker.forgetEverything()
      call.prepare()
    }
    return fault.applied(to: fault.isPerformed ? perform(&call) : fault.refusal())
  }

  /// Forgets sessions, jobs, rules and counts, as a new process would.
  func reset() {
    script.replace([])
    statistics.reset()
    latestJobs = [:]
    jobs.reset()
    writer.reset()
    for worker in workers { worker.forgetEverything() }
  }
}

/// One request to a worker, while it is answered.
struct WorkerCall {
  let worker: SimulatedWorker
  let body: [UInt8]
  let now: Moment
  var facts: RequestFacts
  var fault: Fault?
  var job: Job?
  /// Why the body of `POST /scrape` is wrong.
  var problem: BodyProblem?

  init(worker: SimulatedWorker, kind: RequestKind, jobID: String?, body: [UInt8], now: Moment) {
    self.worker = worker
    self.body = body
    self.now = now
    facts = RequestFacts(kind)
    facts.worker = worker.name
    facts.proxy = worker.proxy
    facts.jobID = jobID
  }

  /// Finds out what rules can look at.
  mutating func prepare() {
    switch facts.kind {
    case .startJob:
      facts.runningJobs = worker.liveCount(at: now)
      do throws(BodyProblem) { facts.parameters = try ScrapeRequest.parse(body) } catch { problem = error }
    case .jobStatus, .cancelJob:
      job = facts.jobID.flatMap(worker.job)
      facts.parameters = job?.parameters
      facts.attempt = job?.attempt
      facts.jobStatus = job?.status(at: now)
    case .sessionStatus: facts.sessionStatus = worker.sessionStatus(at: now)
    default: break
    }
  }
}
