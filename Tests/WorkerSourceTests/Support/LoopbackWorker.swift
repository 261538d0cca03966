import SourceSuite
import Synchronization

/// A worker on the loopback whose jobs do what a test says.
final class LoopbackWorker: Sendable {
  private struct State {
    var fate = JobFate.runs
    var hasSession = false
    var jobs: [String: String] = [:]

    var runsAJob: Bool { jobs.values.contains { $0.contains("running") } }
  }

  private let state = Mutex(State())

  func prepare(_ fate: JobFate) { state.withLock { $0.fate = fate } }

  /// Empty: the connection is closed without an answer.
  func answer(_ request: String) -> String {
    let line = request.prefix { $0 != "\r\n" }.split(separator: " ").map(String.init)
    let path = line[1].split(separator: "/").map(String.init)
    return state.withLock { state in
      switch (line[0], path.first, path.count) {
      case ("POST", "session", 1):
        (state.hasSession, state.jobs) = (true, [:])
        return Self.ok(#"{"session_id":"s-1","status":"initializing"}"#)
      case ("GET", "session", 2):
        guard state.hasSession else { return Self.notFound }
        return Self.ok(#"{"status":"\#(state.runsAJob ? "scraping" : "ready")"}"#)
      case ("POST", "scrape", 1): return Self.start(&state)
      case ("GET", "scrape", 2): return state.jobs[path[1]].map(Self.ok) ?? Self.notFound
      case ("POST", "scrape", 3):
        guard state.jobs[path[1]] != nil else { return Self.notFound }
        state.jobs[path[1]] = #"{"status":"cancelled"}"#
        return Self.ok("{}")
      default: return Self.ok("{}")
      }
    }
  }

  private static func start(_ state: inout State) -> String {
    if state.fate == .losesStart { return "" }
    let id = "job-\(state.jobs.count + 1)"
    switch state.fate {
    case .completes: state.jobs[id] = #"{"status":"completed","ads_count":2,"data":\#(JobFate.records)}"#
    case .isEmpty: state.jobs[id] = #"{"status":"empty"}"#
    case .fails: state.jobs[id] = #"{"status":"failed","error":"it is broken"}"#
    case .runs, .losesAnswer, .losesStart: state.jobs[id] = #"{"status":"running"}"#
    }
    return state.fate == .losesAnswer ? "" : ok(#"{"job_id":"\#(id)"}"#)
  }

  private static let notFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

  private static func ok(_ body: String) -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
  }
}
