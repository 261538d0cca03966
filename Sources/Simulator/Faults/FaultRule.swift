/// One line of a fault script: when, what, how often.
struct FaultRule: Sendable {
  private var worker: String?
  private var proxy: String?
  private var request: String?
  private var date: String?
  private var mediaType: String?
  private var languages: String?
  private var attempt: Int?
  private var jobStatus: String?
  private var sessionStatus: String?
  /// At least so many jobs run on the worker.
  private var running: Int?
  private var bucket: String?
  /// A part of the object's key.
  private var key: String?
  /// Only this one of the requests that match otherwise, from 1.
  private var nth: Int?
  /// Only each so-manieth of them.
  private var every: Int?
  private var timesLeft: Int?
  private var seen = 0
  let fault: Fault

  init(_ json: JSONValue) throws(ScriptProblem) {
    guard let members = json.members else { throw ScriptProblem("a rule must be an object") }
    for member in members where !["match", "do", "times"].contains(member.name) {
      throw ScriptProblem("\(member.name) is not known: a rule has match, do and times")
    }
    guard let action = json["do"] else { throw ScriptProblem("do is missing") }
    fault = try Fault(action)
    if let times = json["times"] {
      guard let count = times.integer, count > 0 else {
        throw ScriptProblem("times must be a positive number")
      }
      timesLeft = count
    }
    guard let match = json["match"] else { return }
    guard let conditions = match.members else { throw ScriptProblem("match must be an object") }
    for condition in conditions { try take(condition) }
  }

  private mutating func take(_ condition: JSONMember) throws(ScriptProblem) {
    let name = condition.name
    if let number = condition.value.integer, number > 0 {
      switch name {
      case "nth":
        nth = number
        return
      case "every":
        every = number
        return
      case "running":
        running = number
        return
      case "attempt":
        attempt = number
        return
      default: break
      }
    }
    guard let text = condition.value.text else {
      throw ScriptProblem("match.\(name) is not known or of the wrong type")
    }
    switch name {
    case "worker": worker = text
    case "proxy": proxy = text
    case "request":
      guard let pattern = RequestKind.pattern(text) else {
        let known = RequestKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ScriptProblem("match.request \"\(text)\" never matches; known are \(known)")
      }
      request = pattern
    case "date": date = text
    case "media_type": mediaType = text
    case "languages": languages = text
    case "job_status": jobStatus = text
    case "session_status": sessionStatus = text
    case "bucket": bucket = text
    case "key": key = text
    default: throw ScriptProblem("match.\(name) is not known or of the wrong type")
    }
  }

  /// Whether the rule applies now; counts the request and uses up one of its times.
  mutating func applies(to facts: RequestFacts) -> Bool {
    guard timesLeft != 0, matches(facts) else { return false }
    seen += 1
    if let nth, seen != nth { return false }
    if let every, !seen.isMultiple(of: every) { return false }
    if let left = timesLeft { timesLeft = left - 1 }
    return true
  }

  private func matches(_ facts: RequestFacts) -> Bool {
    if let request, !facts.kind.matches(request) { return false }
    if let worker, facts.worker != worker { return false }
    if let proxy, facts.proxy != proxy { return false }
    if let jobStatus, facts.jobStatus != jobStatus { return false }
    if let sessionStatus, facts.sessionStatus != sessionStatus { return false }
    if let running, facts.runningJobs.map({ $0 < running }) ?? true { return false }
    if let attempt, facts.attempt != attempt { return false }
    if let mediaType, facts.parameters?.mediaTypeText != mediaType { return false }
    if let languages, facts.parameters?.languageList != languages { return false }
    if let bucket, facts.bucket != bucket { return false }
    if let key, facts.key?.contains(key) != true { return false }
    if let date, !facts.concerns(date: date) { return false }
    return true
  }
}
