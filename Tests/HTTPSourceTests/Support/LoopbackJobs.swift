import SourceSuite
import Synchronization

/// A jobs API on the loopback whose jobs do what a test says.
final class LoopbackJobs: Sendable {
  private struct Job {
    let mission: String
    var status: String
    var records = ""
  }

  private struct State {
    var fate = JobFate.runs
    var jobs: [Job] = []
    var starts = 0
  }

  private let state = Mutex(State())

  func prepare(_ fate: JobFate) { state.withLock { $0.fate = fate } }

  /// Starts that were taken.
  var starts: Int { state.withLock { $0.starts } }

  /// Empty: the connection is closed without an answer.
  func answer(_ request: String) -> String {
    let line = request.prefix { $0 != "\r\n" }.split(separator: " ").map(String.init)
    let path = line[1].split(separator: "/").map(String.init)
    let body = request.firstRange(of: "\r\n\r\n").map { String(request[$0.upperBound...]) } ?? ""
    return state.withLock { state in
      switch (line[0], path.count) {
      case ("POST", 1) where path[0] == "jobs": return Self.start(body, &state)
      case ("POST", 1) where path[0] == "now": return Self.now(&state)
      case ("GET", 1) where path[0] == "jobs": return Self.list(state)
      case ("GET", 1) where path[0] == "health": return Self.ok("{}")
      case (_, 2...): return Self.about(path, line[0], &state)
      default: return Self.notFound
      }
    }
  }

  private static func start(_ body: String, _ state: inout State) -> String {
    if state.fate == .losesStart { return "" }
    state.starts += 1
    var job = Job(mission: body, status: "running")
    switch state.fate {
    case .completes: (job.status, job.records) = ("completed", JobFate.records)
    case .isEmpty: (job.status, job.records) = ("completed", "[]")
    case .fails: job.status = "failed"
    case .runs, .losesAnswer, .losesStart: break
    }
    state.jobs.append(job)
    return state.fate == .losesAnswer
      ? "" : ok(#"{"job":{"id":\#(state.jobs.count),"set":"s-\#(state.jobs.count)"}}"#)
  }

  /// The answer is the end.
  private static func now(_ state: inout State) -> String {
    if state.fate == .losesStart { return "" }
    state.starts += 1
    switch state.fate {
    case .completes: return ok(JobFate.records)
    case .isEmpty: return "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
    default: return ""
    }
  }

  private static func list(_ state: State) -> String {
    let jobs = state.jobs.enumerated().map {
      #"{"id":\#($0 + 1),"set":"s-\#($0 + 1)","body":\#($1.mission)}"#
    }
    return ok(#"{"jobs":[\#(jobs.joined(separator: ","))]}"#)
  }

  private static func about(_ path: [String], _ method: String, _ state: inout State) -> String {
    let number = path[0] == "sets" ? path[1].split(separator: "-").last.flatMap { Int($0) } : Int(path[1])
    guard let place = number.map({ $0 - 1 }), state.jobs.indices.contains(place) else { return notFound }
    if path[0] == "sets" { return ok(state.jobs[place].records) }
    if method == "POST", state.jobs[place].status == "running" { state.jobs[place].status = "cancelled" }
    let job = state.jobs[place]
    return ok(
      #"{"status":"\#(job.status)","error":\#(job.status == "failed" ? #""it is broken""# : "null")}"#)
  }

  private static let notFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

  private static func ok(_ body: String) -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
  }
}
