import MissionCore

extension JobsService {
  /// Carries a request out.
  func perform(_ call: inout JobsCall) -> Response {
    switch call.facts.kind {
    case .jobsHealth: return .json(200, "{\"status\":\"ok\"}")
    case .addJob: return addJob(&call)
    case .harvest: return harvest(&call)
    case .listJobs: return list(call)
    case .showJob: return show(call)
    case .executeJob: return execute(call)
    case .stopJob: return stop(call)
    case .jobResult: return result(call)
    default: return .error(404, "no such path")
    }
  }

  private func addJob(_ call: inout JobsCall) -> Response {
    guard let request = call.request else {
      return .error(400, call.problem?.reason ?? "the body is missing")
    }
    let (added, isNew) = add(request, &call)
    call.facts.attempt = added.job.attempt
    call.facts.jobID = "\(added.number)"
    return .json(isNew ? 201 : 200, text(added, call, id: call.fault?.jobID))
  }

  /// The records at once.
  private func harvest(_ call: inout JobsCall) -> Response {
    guard let request = call.request else {
      return .error(400, call.problem?.reason ?? "the body is missing")
    }
    let (added, _) = add(request, &call)
    call.facts.attempt = added.job.attempt
    added.job.end(as: "completed", at: call.now)
    return records(added.job, "array", call.fault)
  }

  private func list(_ call: JobsCall) -> Response {
    let pairs = (call.head.query ?? "").split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    let reference = pairs.first { $0.count == 2 && $0[0] == "reference" }.map { String($0[1]) }
    let jobs = listed(reference).map { text($0, call) }.joined(separator: ",")
    return .json(200, "{\"jobs\":[\(jobs)]}")
  }

  private func show(_ call: JobsCall) -> Response {
    guard let added = call.added else { return Self.unknown }
    return .json(200, text(added, call))
  }

  /// Everything that waits is run by itself; asking for it again changes nothing.
  private func execute(_ call: JobsCall) -> Response { show(call) }

  private func stop(_ call: JobsCall) -> Response {
    guard let added = call.added else { return Self.unknown }
    added.job.end(as: "cancelled", at: call.now)
    return .json(200, text(added, call))
  }

  private func result(_ call: JobsCall) -> Response {
    guard let added = call.added else { return Self.unknown }
    guard Self.status(added.job, at: call.now) == "completed" else {
      return .error(409, "the job has no result")
    }
    let pairs = (call.head.query ?? "").split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    let format = pairs.first { $0.count == 2 && $0[0] == "format" }.map { String($0[1]) }
    return records(added.job, format ?? "array", call.fault)
  }

  private func records(_ job: Job, _ format: String, _ fault: Fault?) -> Response {
    let result = JobResult(
      parameters: job.parameters, settings: job.result.settings, forcedCount: job.result.forcedCount,
      forcedData: fault?.data ?? job.result.forcedData)
    let array = result.records
    guard format == "lines" else { return .json(200, array) }
    let lines = (try? JSONParser.parse(array))?.elements?.map { $0.encoded + "\n" }.joined() ?? ""
    return Response(
      status: 200, fields: [("Content-Type", "application/jsonl")], body: .bytes(Array(lines.utf8)))
  }

  private func text(_ added: AddedJob, _ call: JobsCall, id: String? = nil) -> String {
    let status = call.fault?.jobStatus ?? Self.status(added.job, at: call.now)
    let reason = status == "failed" ? ",\"error\":\"the job was stopped or broke\"" : ",\"error\":null"
    let reference = added.reference.map(JSONValue.quoted) ?? "null"
    return "{\"id\":\(id.map(JSONValue.quoted) ?? "\(added.number)"),\"type\":\"\(added.type)\","
      + "\"status\":\(JSONValue.quoted(status)),\"reference\":\(reference),"
      + "\"attempts\":\(added.job.attempt)\(reason)}"
  }

  private static var unknown: Response { .error(404, "no such job") }
}

extension JobResult {
  /// The array alone.
  var records: [UInt8] {
    if let forcedData { return Array(forcedData.utf8) }
    return AdsDocument(parameters, settings, count: forcedCount).data()
  }
}
