/// The requests that the two sides understand, under the names that rules, statistics and the log use.
enum RequestKind: String, CaseIterable, Sendable {
  case openSession = "POST /session"
  case sessionStatus = "GET /session/status"
  case endSession = "DELETE /session"
  case startJob = "POST /scrape"
  case jobStatus = "GET /scrape/{job_id}"
  case cancelJob = "POST /scrape/{job_id}/cancel"
  case health = "GET /health"
  case addJob = "POST /api/admin/jobs"
  case listJobs = "GET /api/admin/jobs"
  case showJob = "GET /api/admin/jobs/{job_id}"
  case executeJob = "POST /api/admin/jobs/{job_id}/execute"
  case stopJob = "POST /api/admin/jobs/{job_id}/cancel"
  case jobResult = "GET /api/admin/jobs/{job_id}/result"
  case harvest = "POST /api/admin/harvest"
  case jobsHealth = "GET /api/admin/health"
  case putMission = "PUT /writer/missions/{mission_id}"
  case getMission = "GET /writer/missions/{mission_id}"
  case listMissions = "GET /writer/missions"
  case deleteMission = "DELETE /writer/missions/{mission_id}"
  case writerHealth = "GET /writer/health"
  case putObject = "PUT object"
  case getObject = "GET object"
  case headObject = "HEAD object"
  case deleteObject = "DELETE object"
  case listBucket = "GET bucket"
  case headBucket = "HEAD bucket"
  case unknown = "unknown"

  /// Whether a rule's `request` means this kind: its name, its method alone, or with `*` for the id of a job or a mission.
  func matches(_ pattern: String) -> Bool {
    pattern == rawValue || !pattern.contains(" ") && rawValue.hasPrefix(pattern + " ")
  }

  /// A rule's `request` in the form that `matches` takes; nil when no request could ever match.
  static func pattern(_ text: String) -> String? {
    var parts = text.split(separator: " ").map(String.init)
    guard let method = parts.first, parts.count <= 2 else { return nil }
    if parts.count == 2 {
      let place = parts[1].hasPrefix("/writer/") ? "{mission_id}" : "{job_id}"
      parts[1] = String(
        parts[1].split(separator: "*", omittingEmptySubsequences: false).joined(separator: place))
      if parts[0] == "GET", parts[1] == "/scrape" { parts[1] = "/scrape/{job_id}" }
    }
    let pattern = parts.count == 2 ? "\(method) \(parts[1])" : method
    return allCases.contains { $0.matches(pattern) } ? pattern : nil
  }
}
