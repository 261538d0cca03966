/// What becomes of a job.
enum JobFate: Equatable, Sendable {
  /// `completed`, or `empty` when there are no ads.
  case completes
  /// This status once three fifths of its time have passed.
  case ends(String)
  case neverEnds

  /// As a rule's `job_status` asks for it.
  init(scripted status: String) {
    switch status {
    case "completed", "empty": self = .completes
    case "running": self = .neverEnds
    default: self = .ends(status)
    }
  }
}

/// What becomes of a session.
enum SessionFate: Equatable, Sendable {
  case ready
  /// It stays in the phase before `ready`.
  case neverReady
  /// Half-way to `ready` it falls into this status and stays there.
  case ends(String)

  /// As a rule's `session_status` asks for it.
  init(scripted status: String) {
    switch status {
    case "ready": self = .ready
    case "never_ready": self = .neverReady
    default: self = .ends(status)
    }
  }
}
