/// Where a request to the worker port goes.
enum WorkerRoute {
  /// The worker's number as it stands in the path, the kind, and the job it names.
  case worker(Int, RequestKind, jobID: String?)
  /// Below `/api/admin`.
  case jobs(JobsRoute)
  /// Below `/writer`.
  case writer(WriterRoute)
  /// `/control/NAME`.
  case control(String)
  case nowhere

  init(method: String, path: Substring) {
    if let route = JobsRoute(method: method, path: path) {
      self = .jobs(route)
      return
    }
    if let route = WriterRoute(method: method, path: path) {
      self = .writer(route)
      return
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard let first = parts.first else {
      self = .nowhere
      return
    }
    if first == "control", parts.count == 2 {
      self = .control("\(method) \(parts[parts.startIndex + 1])")
      return
    }
    guard first.hasPrefix("worker-"), let number = Int(first.dropFirst(7)),
      String(number) == first.dropFirst(7)
    else {
      self = .nowhere
      return
    }
    let (kind, jobID) = Self.kind(method, parts.dropFirst())
    self = .worker(number, kind, jobID: jobID)
  }

  private static func kind(_ method: String, _ parts: ArraySlice<Substring>) -> (RequestKind, jobID: String?)
  {
    let at = parts.startIndex
    switch (method, parts.count) {
    case ("POST", 1) where parts[at] == "session": return (.openSession, nil)
    case ("DELETE", 1) where parts[at] == "session": return (.endSession, nil)
    case ("GET", 2) where parts[at] == "session" && parts[at + 1] == "status": return (.sessionStatus, nil)
    case ("POST", 1) where parts[at] == "scrape": return (.startJob, nil)
    case ("GET", 2) where parts[at] == "scrape": return (.jobStatus, String(parts[at + 1]))
    case ("POST", 3) where parts[at] == "scrape" && parts[at + 2] == "cancel":
      return (.cancelJob, String(parts[at + 1]))
    case ("GET", 1) where parts[at] == "health": return (.health, nil)
    default: return (.unknown, nil)
    }
  }
}
