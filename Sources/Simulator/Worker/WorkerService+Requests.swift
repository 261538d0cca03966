import MissionCore
import Threads

extension WorkerService {
  /// Carries a request out.
  func perform(_ call: inout WorkerCall) -> Response {
    switch call.facts.kind {
    case .health: return .json(200, "{\"status\":\"ok\"}")
    case .openSession: return openSession(call)
    case .sessionStatus:
      let status = call.fault?.sessionStatus ?? call.worker.sessionStatus(at: call.now)
      return .json(200, "{\"status\":\(JSONValue.quoted(status))}")
    case .endSession:
      call.worker.endSession(at: call.now)
      return Response(status: 204)
    case .startJob: return startJob(&call)
    case .jobStatus: return jobStatus(call)
    case .cancelJob: return cancelJob(call)
    default: return .error(404, "no such path")
    }
  }

  private func openSession(_ call: WorkerCall) -> Response {
    let request: SessionRequest
    do throws(BodyProblem) { request = try SessionRequest.parse(call.body) } catch {
      return .error(400, error.reason)
    }
    if !request.forcesRefresh, let id = call.worker.sessionID {
      return .json(200, "{\"session_id\":\"\(id)\"}")
    }
    statistics.countSession(worker: call.worker.name, proxy: request.proxy)
    let id = call.worker.openSession(
      fate: call.fault?.sessionStatus.map(SessionFate.init(scripted:)), timeToReady: call.fault?.sessionTime,
      id: call.fault?.sessionID, proxy: request.proxy, at: call.now)
    return .json(200, "{\"session_id\":\(JSONValue.quoted(id))}")
  }

  private func startJob(_ call: inout WorkerCall) -> Response {
    guard let parameters = call.facts.parameters else {
      return .error(400, call.problem?.reason ?? "the body is missing")
    }
    if let refusal = call.worker.refusalToStart(at: call.now) { return .error(409, refusal) }
    let key = parameters.adsKey
    let attempt = statistics.countJobStart(mission: key)
    let result = JobResult(
      parameters: parameters, settings: settings.ads, forcedCount: call.fault?.ads,
      forcedData: call.fault?.data)
    let job = call.worker.startJob(
      parameters, attempt: attempt,
      fate: call.fault?.jobStatus.map(JobFate.init(scripted:))
        ?? settings.chance.jobFate(mission: key, attempt: attempt),
      takes: call.fault?.jobTime
        ?? settings.chance.jobTime(mission: key, attempt: attempt, from: settings.jobTime),
      result: result, at: call.now)
    call.facts.attempt = attempt
    call.facts.jobID = job.id
    noteStart(of: job, key: key, on: call.worker, at: call.now)
    return .json(200, "{\"job_id\":\(JSONValue.quoted(call.fault?.jobID ?? job.id))}")
  }

  /// Keeps count of what must never happen: the same mission scraped twice at once, or again after it was.
  private func noteStart(of job: Job, key: String, on worker: SimulatedWorker, at now: Moment) {
    if let before = latestJobs[key] {
      if before.isLive(at: now) {
        statistics.countDuplicate()
      } else if before.isFinished(at: now) {
        statistics.countRepetition()
      }
    }
    latestJobs[key] = job
    statistics.noteLive(worker.liveCount(at: now), worker: worker.name)
  }

  private func jobStatus(_ call: WorkerCall) -> Response {
    guard let job = call.job else { return .error(404, "no such job") }
    let status = call.fault?.jobStatus ?? job.status(at: call.now)
    let hasResult = status == "completed" || status == "empty"
    if hasResult, let data = call.fault?.data {
      let result = JobResult(parameters: job.parameters, settings: settings.ads, forcedData: data)
      return Self.result(result.answer(announcing: call.fault?.adsCount))
    }
    if hasResult, call.fault?.jobStatus == nil || job.isFinished(at: call.now) {
      return Self.result(job.result.answer(announcing: call.fault?.adsCount))
    }
    let reason =
      status == "failed" ? ",\"error\":\"the page did not load: net::ERR_TUNNEL_CONNECTION_FAILED\"" : ""
    let count = call.fault?.adsCount.map { ",\"ads_count\":\($0)" } ?? ""
    return .json(200, "{\"status\":\(JSONValue.quoted(status))\(count)\(reason)}")
  }

  private static func result(_ body: Response.Body) -> Response {
    Response(status: 200, fields: [("Content-Type", "application/json")], body: body)
  }

  private func cancelJob(_ call: WorkerCall) -> Response {
    guard let job = call.job else { return .error(404, "no such job") }
    job.end(as: "cancelled", at: call.now)
    return .json(200, "{\"status\":\(JSONValue.quoted(job.status(at: call.now)))}")
  }
}
