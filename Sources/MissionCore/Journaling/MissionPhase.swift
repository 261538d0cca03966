/// What people are shown of a mission that is RUNNING (SPEC 2).
package enum MissionPhase: String, CaseIterable, Sendable {
  /// It has no job yet.
  case assigned
  /// Its job is known.
  case extracting
  /// DB or S3.
  case storing
}

extension MissionRecord {
  /// Nil unless it is RUNNING.
  package var phase: MissionPhase? {
    guard status == .running else { return nil }
    if checkpoint > .scrape { return .storing }
    return jobID == nil ? .assigned : .extracting
  }
}
