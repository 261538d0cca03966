import MissionCore
import Threads

/// A jobs API as web applications have one, below `/api/admin` on the workers' port: jobs are added, looked at, cancelled
/// and hand out what they found. It shares fault script, counts and log with the workers.
///
/// `POST /api/admin/harvest` answers with the records themselves, for sources whose start is the end. Called by the event
/// loop's thread of the workers alone.
final class JobsService {
  /// Jobs that a list shows at the most.
  private static let mostListed = 100

  private let settings: WorkerSettings
  private let script: FaultScript
  private let statistics: Statistics
  private let log: RequestLog?
  private let token: String
  private var jobs: [AddedJob] = []
  /// Where the jobs are, by the key of the request that added them.
  private var places: [String: Int] = [:]
  /// The last job of each mission.
  private var latest: [String: Job] = [:]

  /// One job with what was said when it was added.
  struct AddedJob {
    let job: Job
    let type: String
    let reference: String?
    let number: Int
  }

  init(settings: WorkerSettings, script: FaultScript, statistics: Statistics, log: RequestLog?) {
    self.settings = settings
    self.script = script
    self.statistics = statistics
    self.log = log
    token = "Bearer \(settings.apiKeyPrefix)jobs"
  }

  func reset() {
    jobs = []
    places = [:]
    latest = [:]
  }

  func answer(_ route: JobsRoute, _ head: RequestHead, _ body: [UInt8]) -> Reply {
    var call = JobsCall(route: route, head: head, body: body, now: .now)
    statistics.count(route.kind)
    var reply: Reply
    if head.value(of: "authorization") != token {
      statistics.countUnauthorised()
      reply = Reply(.error(401, "Authorization is missing or wrong"))
    } else {
      reply = answer(&call)
    }
    reply.delivery.delay += settings.latency
    log?.write(head, call.facts, status: reply.delivery.isReset ? 0 : reply.response.status)
    return reply
  }

  private func answer(_ call: inout JobsCall) -> Reply {
    prepare(&call)
    guard let fault = script.fault(for: call.facts) else { return Reply(perform(&call)) }
    statistics.countFault()
    call.fault = fault
    if fault.forgets {
      reset()
      call.added = nil
    }
    return fault.applied(to: fault.isPerformed ? perform(&call) : fault.refusal())
  }

  /// Finds out what rules can look at.
  private func prepare(_ call: inout JobsCall) {
    switch call.facts.kind {
    case .addJob, .harvest:
      do throws(BodyProblem) {
        let request = try AddJobRequest.parse(call.body)
        call.request = request
        call.facts.parameters = request.parameters
      } catch { call.problem = error }
    case .showJob, .executeJob, .stopJob, .jobResult:
      guard let number = call.facts.jobID.flatMap({ Int($0) }), jobs.indices.contains(number - 1) else {
        return
      }
      let added = jobs[number - 1]
      call.added = added
      call.facts.parameters = added.job.parameters
      call.facts.attempt = added.job.attempt
      call.facts.jobStatus = Self.status(added.job, at: call.now)
    default: break
    }
  }

  // MARK: Jobs

  /// The job of a request; one that was added before under the same key is that one.
  func add(_ request: AddJobRequest, _ call: inout JobsCall) -> (added: AddedJob, isNew: Bool) {
    let key = call.head.value(of: "idempotency-key")
    if let place = key.flatMap({ places[$0] }) { return (jobs[place], false) }
    let mission = "jobs|\(request.parameters.adsKey)"
    let attempt = statistics.countJobStart(mission: mission)
    let job = Job(
      id: "\(jobs.count + 1)", parameters: request.parameters, attempt: attempt,
      fate: call.fault?.jobStatus.map(JobFate.init(scripted:))
        ?? settings.chance.jobFate(mission: mission, attempt: attempt),
      startedAt: call.now,
      takes: call.fault?.jobTime
        ?? settings.chance.jobTime(mission: mission, attempt: attempt, from: settings.jobTime),
      result: JobResult(
        parameters: request.parameters, settings: settings.ads, forcedCount: call.fault?.ads,
        forcedData: call.fault?.data))
    note(job, mission, at: call.now)
    let added = AddedJob(job: job, type: request.type, reference: request.reference, number: jobs.count + 1)
    if let key { places[key] = jobs.count }
    jobs.append(added)
    return (added, true)
  }

  /// Keeps count of what must never happen: the same mission worked on twice at once, or again after it was done.
  private func note(_ job: Job, _ mission: String, at now: Moment) {
    if let before = latest[mission] {
      if before.isLive(at: now) {
        statistics.countDuplicate()
      } else if before.isFinished(at: now) {
        statistics.countRepetition()
      }
    }
    latest[mission] = job
  }

  /// The newest jobs first; those of one reference when it is named.
  func listed(_ reference: String?) -> [AddedJob] {
    Array(
      jobs.reversed().lazy.filter { reference == nil || $0.reference == reference }.prefix(Self.mostListed))
  }

  /// The word of the API for how a job stands.
  static func status(_ job: Job, at now: Moment) -> String {
    switch job.status(at: now) {
    case "pending", "queued": "pending"
    case "running": "running"
    case "completed", "empty": "completed"
    default: "failed"
    }
  }
}

/// One request to the jobs API, while it is answered.
struct JobsCall {
  let head: RequestHead
  let body: [UInt8]
  let now: Moment
  var facts: RequestFacts
  var fault: Fault?
  /// The job that the path names.
  var added: JobsService.AddedJob?
  var request: AddJobRequest?
  /// Why the body is wrong.
  var problem: BodyProblem?

  init(route: JobsRoute, head: RequestHead, body: [UInt8], now: Moment) {
    self.head = head
    self.body = body
    self.now = now
    facts = RequestFacts(route.kind)
    facts.jobID = route.jobID
  }
}
