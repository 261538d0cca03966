/// What happened to a mission, told to `MissionMachine`.
public enum MissionEvent: Sendable {
  /// A slot is free; `worker` is nil when the mission goes on at DB or S3.
  case slotGiven(worker: String?)
  case sessionBecameReady(SessionGrant)
  case sessionFailed(Failure)
  /// The worker was set aside before the mission could begin on it.
  case workerLost(String)
  /// The write the mission waited for is on disk.
  case journaled
  case timerFired
  case jobRequested(jobID: String)
  case jobRequestFailed(WorkerFailure)
  /// What the session showed after a `POST /scrape` without a clear answer.
  case startVerified(Result<SessionStatus, WorkerFailure>)
  case jobLooked(Result<JobLook, WorkerFailure>)
  /// The cancel request ended; false when the worker did not confirm it, so that the job may still run.
  case jobCancelAnswered(isConfirmed: Bool)
  /// What the spool says of the journaled bytes: before the first local step, or when a step could not read them.
  case spoolVerified(SpoolFinding)
  case loaded(LoadedRows)
  case loadFailed(StepFailure)
  case uploaded(UploadedObject)
  case uploadFailed(StepFailure)
  case cancelRequested
  case stopRequested
}

/// A session that a mission may use.
public struct SessionGrant: Hashable, Sendable {
  public let sessionID: String
  public let proxy: String?
  public let isReused: Bool

  public init(sessionID: String, proxy: String?, isReused: Bool) {
    self.sessionID = sessionID
    self.proxy = proxy
    self.isReused = isReused
  }
}

/// What one look at a job showed.
public enum JobLook: Hashable, Sendable {
  /// Not ended; `isKnown` is false for a status outside SPEC 7.
  case waiting(status: String, isKnown: Bool)
  /// Ended well, and its bytes are durable in the spool.
  case completed(ScrapedResult)
  case failed(message: String)
  case cancelled(message: String)
  case paused
}

/// What a worker's session says of itself (SPEC 7).
public enum SessionStatus: Hashable, Sendable {
  /// `initializing`, `connecting`, `authenticating`, `warming_up`, or a status nobody knows.
  case waiting(String, isKnown: Bool)
  case ready
  case scraping
  case stuck
  case disconnected
  case terminated

  public init(_ text: String) {
    switch text {
    case "initializing", "connecting", "authenticating", "warming_up": self = .waiting(text, isKnown: true)
    case "ready": self = .ready
    case "scraping": self = .scraping
    case "stuck": self = .stuck
    case "disconnected": self = .disconnected
    case "terminated": self = .terminated
    default: self = .waiting(text, isKnown: false)
    }
  }
}

/// What the spool says of a mission's bytes.
public enum SpoolFinding: Hashable, Sendable {
  case intact
  /// Not there, or other bytes; they have been put aside. `why` tells where.
  case lost(why: String)
  /// It cannot be told now: nothing may be concluded.
  case unknown(why: String, diskFails: Bool)
}

/// What a load wrote.
public struct LoadedRows: Hashable, Sendable {
  public let rows: Int
  /// Ids that came more than once in the result; the last was kept.
  public let repeatedIDs: Int
  /// The ledger already had these bytes.
  public let wasLoadedBefore: Bool

  public init(rows: Int, repeatedIDs: Int, wasLoadedBefore: Bool) {
    self.rows = rows
    self.repeatedIDs = repeatedIDs
    self.wasLoadedBefore = wasLoadedBefore
  }
}

/// The audit object as the store confirmed it.
public struct UploadedObject: Hashable, Sendable {
  public let key: String
  public let etag: String
  public let size: Int64
  public let sha256: String

  public init(key: String, etag: String, size: Int64, sha256: String) {
    self.key = key
    self.etag = etag
    self.size = size
    self.sha256 = sha256
  }
}

/// Why a load or an upload failed.
public struct StepFailure: Error, Hashable, Sendable {
  public let failure: Failure
  /// May be tried again inside the step, not counted.
  public let isAgain: Bool
  public let retryAfter: Duration?

  public init(_ failure: Failure, isAgain: Bool, retryAfter: Duration? = nil) {
    self.failure = failure
    self.isAgain = isAgain
    self.retryAfter = retryAfter
  }
}
