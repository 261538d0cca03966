/// Where a request below `/api/admin` goes.
struct JobsRoute {
  let kind: RequestKind
  let jobID: String?

  /// Nil for a path that is not below it.
  init?(method: String, path: Substring) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard parts.starts(with: ["api", "admin"]) else { return nil }
    let rest = Array(parts.dropFirst(2))
    let name = rest.count == 3 ? rest[2] : ""
    jobID = rest.count > 1 ? String(rest[1]) : nil
    switch (method, rest.first, rest.count, name) {
    case ("GET", "health", 1, _): kind = .jobsHealth
    case ("POST", "jobs", 1, _): kind = .addJob
    case ("GET", "jobs", 1, _): kind = .listJobs
    case ("GET", "jobs", 2, _): kind = .showJob
    case ("POST", "jobs", 3, "execute"): kind = .executeJob
    case ("POST", "jobs", 3, "cancel"): kind = .stopJob
    case ("GET", "jobs", 3, "result"): kind = .jobResult
    case ("POST", "harvest", 1, _): kind = .harvest
    default: kind = .unknown
    }
  }
}
