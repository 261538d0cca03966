/// What is remembered of a mission while it is under way in a run.
public struct MissionState: Sendable {
  public let id: MissionID
  public let parameters: MissionParameters
  /// The checkpoint that runs or comes next.
  public internal(set) var checkpoint: Checkpoint
  public internal(set) var stage: MissionStage = .queued
  public internal(set) var retryCount: Int
  /// The lane that it has a place on, or whose job it adopts.
  public internal(set) var lane: String?
  public internal(set) var jobID: String?
  /// What the source kept for later requests about the job.
  public internal(set) var kept: KeptValues
  /// The latest start; attempt 0 before the first.
  public internal(set) var start: StartIntent
  /// The run that announced it.
  public internal(set) var startRunID: String
  /// Ids of the jobs that its starts are known to have had.
  public internal(set) var jobIDs: [String]
  public internal(set) var result: ScrapedResult?
  /// Of the latest scrape that ended well, whatever became of its bytes.
  var keptFiles: [KeptFile]
  /// What earlier scrapes may have left in the store.
  var former: FormerObjects
  /// A suspicious result that is compared with the coming one, or is taken when none comes.
  public internal(set) var firstLook: FirstLook?
  /// What the latest start runs in, when its lane has sessions and that is known.
  var session: SessionGrant?
  /// The proxy of the latest attempt.
  package var proxy: String?
  /// How long the latest scrape took.
  var scrapeSeconds = 0.0
  /// It had begun in an earlier run: its next start is told as RESUMED.
  public internal(set) var isResumed: Bool
  public internal(set) var wantsCancel = false
  public internal(set) var isStopping = false

  /// Whether it holds a place on its lane.
  var holdsLane = false
  /// The first successful look at a journaled job is told as JOB_ADOPTED.
  var isAdopting = false
  /// Run time at which the checkpoint, or the job, began.
  var stepBegan: Duration = .zero
  /// Run time at which the job, or the wait for a place, is given up. Only the answer to a request that was sent
  /// at or after it judges: a job that ended in time but is looked at late is taken.
  var deadline: Duration = .zero
  /// Run time at which the source was last asked for a job, of one, or of a start.
  var askedAt: Duration = .zero
  /// Tries of the request under way.
  var tries = 0
  /// Questions after a start without a clear answer that failed themselves.
  var failedChecks = 0
  /// The timer of `awaitingStart` leads to the question what became of the start: a job that nobody knows may run.
  var mustVerifyStart = false
  /// An earlier process sent the latest start, and its answer is not known.
  var hasUnansweredStart = false
  /// A start of the same intent was sent whose answer is not known: repeating it is as the same start only.
  var mayHaveStarted = false
  /// Why the answer to the latest start is lost, when that was in this process.
  var lostAnswer: Message?
  /// How long it has been put off since its last counted failure, and how often.
  var putOff: (time: Duration, times: Int) = (.zero, 0)
  /// What the source said when it asked to come back later with a start, and from when on it may be asked.
  var refusal: (message: Message, until: Duration)?
  /// Why the session that its job runs in failed; what its job brought by then is taken, else the mission fails of this.
  var brokenSession: Failure?
  /// The look that was under way when its session failed is not the last one.
  var mustLookOnceMore = false
  /// How often in this run a start came to nothing without being counted: the source forgot the job, its id was
  /// not its own, or nobody knows whether there is one.
  var lostJobs = 0
  /// Its job id is another mission's as well; what the step under way brings is of no use.
  var isDisowned = false
  /// How often in this run another program had replaced its rows by the time its object was written.
  var foreignLoads = 0
  /// Rows that ours take the place of, by the digest that the ledger has for them: another scrape's that were found without
  /// its object, or such as proved not to be what the ledger says. Journaled, for whoever wrote them may write their object
  /// later than this process lives.
  var replacedRows: String?
  /// The load that comes next takes the place of just those.
  var replacesRows = false
  /// Deaths of the process in a row under a local step; a step that succeeded ends the row.
  var crashes: Int

  public init(_ record: MissionRecord) {
    id = record.id
    parameters = record.parameters
    checkpoint = record.checkpoint
    retryCount = record.retryCount
    crashes = record.crashes
    lane = record.worker
    proxy = record.proxy
    jobID = record.checkpoint == .scrape ? record.jobID : nil
    kept = record.kept
    start = StartIntent(attempt: record.starts, token: record.startToken)
    startRunID = record.startRunID ?? ""
    jobIDs = record.jobIDs
    hasUnansweredStart = record.hasUnansweredStart
    keptFiles = record.keptFiles
    former = record.former
    replacedRows = record.replacedRows
    firstLook = record.checkpoint == .scrape ? record.firstLook : nil
    isResumed = record.startedAt.map { started in record.queuedAt.map { started >= $0 } ?? true } ?? false
    if let size = record.size, let sha256 = record.sha256, record.checkpoint > .scrape {
      result = ScrapedResult(
        adsCount: record.adsCount ?? 0, size: size, sha256: sha256, keptFiles: record.keptFiles)
    }
  }
}

extension MissionState {
  func rowsToReplace(by result: ScrapedResult) -> ReplacedRows {
    ReplacedRows(ofOthers: former.replaces || replacesRows, ofTheSame: replacedRows == result.sha256)
  }

  /// Back in the queue of this run, at the checkpoint reached.
  public mutating func requeue() { stage = .queued }

  /// An earlier process left a job of it, or a start whose answer is not known.
  package var mayBeAdopted: Bool { jobID != nil || hasUnansweredStart }

  /// Its job cannot be asked for any more (its lane is not configured).
  public mutating func forgetJob() {
    jobID = nil
    hasUnansweredStart = false
    lane = nil
  }
}

/// Where a mission stands inside its checkpoint.
public enum MissionStage: Hashable, Sendable {
  /// Waits for a slot.
  case queued
  // SCRAPE
  case awaitingLane
  /// Its lane is ready, but its source's pace is used up; a timer runs.
  case awaitingPace(SessionGrant?)
  /// The intent of the start is being journaled.
  case announcing
  case starting
  /// That the same start is sent once more is being journaled.
  case announcingAgain
  /// The start was put off; a timer runs.
  case awaitingStart
  /// The start ended without a clear answer; the source is asked what became of it.
  case findingStart
  case recordingJob
  /// The result is compared with those before it.
  case judging(ScrapedResult)
  /// The first of two looks counts, when its bytes are still there; else the second, when it brought any.
  case comparing(ScrapedResult?)
  /// Between two looks at the job; a timer runs.
  case awaitingLook
  case looking
  case cancellingJob(AfterCancel)
  /// That the result counts is being journaled, for recovery would not find all of it in the spool.
  case recordingScrape
  // DB and S3
  case verifyingSpool
  case verifyingLedger(LedgerCheck)
  /// The ledger could not be read; a timer runs.
  case awaitingLedger(LedgerCheck)
  /// The way back from S3 to DB is being journaled.
  case recordingReload
  case loading
  /// Whose rows ours are about to replace is being journaled.
  case recordingReplacement
  case awaitingLoad
  case uploading
  case awaitingUpload
  /// The object is another program's, whose rows ours have replaced; the failure is what a person is told otherwise.
  case loadingObject(ExistingObject, Failure)
  case recordingUpload
  /// The last write of this stay is being journaled.
  case leaving(Departure)
  case left(Departure)

  /// What becomes of the mission once the answer to the cancel is there.
  public enum AfterCancel: Hashable, Sendable {
    case fail(Failure)
    case cancel
    /// The run stops, and the job with it.
    case leave
  }
}

/// Why the ledger is asked.
public enum LedgerCheck: Hashable, Sendable {
  /// The mission was loaded by an earlier process, perhaps into another database.
  case beforeUpload
  /// Another program may have loaded another scrape meanwhile.
  case afterUpload(UploadedObject)
  /// Another scrape's object is in the store: when the ledger has that scrape too, the mission was done elsewhere.
  case afterRefusal(ExistingObject, Failure)
}

/// Which rows of a mission that are there its load takes the place of.
public struct ReplacedRows: Hashable, Sendable {
  /// Those of another scrape; else it is refused.
  public var ofOthers: Bool
  /// Those of the same bytes; else they stay as they are.
  public var ofTheSame: Bool

  public init(ofOthers: Bool = false, ofTheSame: Bool = false) {
    self.ofOthers = ofOthers
    self.ofTheSame = ofTheSame
  }
}

/// How a mission leaves its slot.
public enum Departure: Hashable, Sendable {
  case finished(MissionStatus)
  /// Back to the queue of this run. `heldByLane`: not before that lane is free of whatever ran there.
  case requeued(after: Duration, heldByLane: String?)
  /// Left for a later run (a stop, or a breaker).
  case parked

  /// Whether the mission is ended, not only out of its slot.
  var isEnd: Bool {
    if case .finished = self { return true }
    return false
  }
}
