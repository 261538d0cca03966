/// The kinds of entries in a mission's append-only history (SPEC 2).
public enum EventKind: String, CaseIterable, Sendable {
  case imported = "IMPORTED"
  case queued = "QUEUED"
  case started = "STARTED"
  case sessionCreating = "SESSION_CREATING"
  case sessionCreated = "SESSION_CREATED"
  case sessionReady = "SESSION_READY"
  case sessionReused = "SESSION_REUSED"
  case scrapeStarting = "SCRAPE_STARTING"
  case scrapeStarted = "SCRAPE_STARTED"
  case jobAdopted = "JOB_ADOPTED"
  case scrapeCompleted = "SCRAPE_COMPLETED"
  case scrapeError = "SCRAPE_ERROR"
  case dbCompleted = "DB_COMPLETED"
  case dbError = "DB_ERROR"
  case s3Completed = "S3_COMPLETED"
  case s3Error = "S3_ERROR"
  case retryQueued = "RETRY_QUEUED"
  case resumed = "RESUMED"
  case completed = "COMPLETED"
  case failed = "FAILED"
  case cancelled = "CANCELLED"
  case rerunQueued = "RERUN_QUEUED"
  case recovered = "RECOVERED"
  case suspicious = "SUSPICIOUS"
  case accepted = "ACCEPTED"
}

/// One detail of an event. Text from workers must be cleaned (`UntrustedText`) before it comes here.
public enum DetailValue: Hashable, Sendable {
  case text(String)
  /// For people.
  case said(Message)
  case integer(Int64)
  case seconds(Double)
  case flag(Bool)

  /// What a text or a message says; nil for anything else.
  package var text: String? {
    switch self {
    case .text(let text): text
    case .said(let message): message.description
    case .integer, .seconds, .flag: nil
    }
  }
}

/// What an event tells beside its kind; written as one JSON object in this order.
public typealias EventDetails = [(key: String, value: DetailValue)]
