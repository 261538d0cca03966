/// What happened to a mission, told to `MissionMachine`.
public enum MissionEvent: Sendable {
  /// A slot is free; `lane` is nil when the mission goes on at DB or S3.
  case slotGiven(lane: String?)
  /// It may start on its lane; in this session, when the lane has sessions.
  case laneReady(SessionGrant?)
  /// The lane could not be made ready.
  case laneFailed(Failure)
  /// What the mission's job runs in has failed.
  case laneBroke(Failure)
  /// The lane was set aside before the mission could begin on it.
  case laneLost(Message)
  /// The write the mission waited for is on disk.
  case journaled
  case timerFired
  case jobStarted(jobID: String, kept: KeptValues = KeptValues())
  /// The answer to the start was its end.
  case startEnded(JobLook)
  case startFailed(SourceFailure)
  /// The source gave this job id to another live mission as well: nobody knows whose job it is.
  case jobIDRepeated(String)
  /// What became of a start without a clear answer.
  case startFound(Result<StartFinding, SourceFailure>)
  case jobLooked(Result<JobLook, SourceFailure>)
  /// The cancel request ended; false when the source did not confirm it, so that the job may still run.
  case jobCancelAnswered(isConfirmed: Bool)
  case judged(SuspicionVerdict)
  /// What the spool says of the journaled bytes: before the first local step, or when a step could not read them.
  case spoolVerified(SpoolFinding)
  /// The digest of the mission's ledger row, nil when there is none; a failure when that cannot be told.
  case ledgerRead(Result<String?, StepFailure>)
  case loaded(LoadedRows)
  /// Nothing was loaded: the ledger has another scrape of the mission, which was not to be replaced.
  case loadRefused(LoadRefusal)
  case loadFailed(StepFailure)
  case uploaded(UploadedObject)
  case uploadFailed(StepFailure)
  /// Whether the object's rows are in the destination now; false when it is not whole, or the destination takes it not.
  case objectLoaded(Result<Bool, Failure>)
  case cancelRequested
  case stopRequested
}

/// What one look at a job showed.
public enum JobLook: Hashable, Sendable {
  /// Not ended; `isKnown` is false for a status that its source's protocol does not have.
  case waiting(status: String, isKnown: Bool)
  /// Ended well, and its bytes are durable in the spool.
  case completed(ScrapedResult)
  case failed(message: Message)
  case cancelled(message: Message)
  case paused
  /// It did nothing and asks to be started again later, which is not counted.
  case putOff(message: Message)
}

/// What came of a start.
public enum StartOutcome: Hashable, Sendable {
  /// A job runs, or has run.
  case job(id: String, kept: KeptValues = KeptValues())
  /// The answer was the end, without a job that could be looked at; never `.waiting` or `.paused`.
  case ended(JobLook)
}

/// What a source can tell of a start without a clear answer.
public enum StartFinding: Hashable, Sendable {
  /// It was taken, and this is its job.
  case found(id: String, kept: KeptValues = KeptValues())
  /// It was surely not taken, or may be repeated at no risk: it is, uncounted and as the same start. With the request's
  /// name for people.
  case notStarted(request: String)
  /// A job may run whose id nobody knows.
  case unclear(reason: Message)
  /// It has come to nothing; the failure says whether a job that nobody knows may run.
  case failed(Failure)
}

/// What the spool says of a mission's bytes.
public enum SpoolFinding: Hashable, Sendable {
  case intact
  /// Not there, or other bytes; they have been put aside. `why` tells where.
  case lost(why: Message)
  /// It cannot be told now: nothing may be concluded.
  case unknown(why: Message, diskFails: Bool)
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

/// An audit object that somebody else wrote.
public struct ExistingObject: Hashable, Sendable {
  public let object: UploadedObject
  /// Of the scraped bytes, as its metadata say.
  public let dataSHA256: String
  public let adsCount: Int?

  public init(object: UploadedObject, dataSHA256: String, adsCount: Int?) {
    self.object = object
    self.dataSHA256 = dataSHA256
    self.adsCount = adsCount
  }
}

/// Another scrape of a mission in the ledger, and what the store has of it.
public struct LoadRefusal: Hashable, Sendable {
  /// The ledger's digest.
  public let ledger: String
  /// The mission's audit object, nil when there is none that says of what it is made; a failure when that cannot be told.
  public let object: Result<ExistingObject?, StepFailure>

  public init(ledger: String, object: Result<ExistingObject?, StepFailure>) {
    self.ledger = ledger
    self.object = object
  }
}

/// Why a load or an upload failed.
public struct StepFailure: Error, Hashable, Sendable {
  public let failure: Failure
  /// May be tried again inside the step, not counted.
  public let isAgain: Bool
  public let retryAfter: Duration?
  /// Another scrape's object that is under the key and was not to be replaced.
  public let existing: ExistingObject?

  public init(
    _ failure: Failure, isAgain: Bool, retryAfter: Duration? = nil, existing: ExistingObject? = nil
  ) {
    self.failure = failure
    self.existing = existing
    self.isAgain = isAgain
    self.retryAfter = retryAfter
  }
}
