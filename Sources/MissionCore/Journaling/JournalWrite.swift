/// One thing for the journal to write. Writes that wait together commit together; all of one call's
/// writes are in the same transaction.
public enum JournalWrite: Sendable {
  case mission(MissionTransition)
  /// A session is open on the worker; replaces what was kept of an earlier one.
  case sessionOpened(worker: String, sessionID: String, proxy: String?, at: Timestamp)
  /// `POST /scrape` is about to be sent for the `served`-th time in this session.
  case sessionServed(worker: String, served: Int)
  /// The session failed: it must be ended before the worker is used again.
  case sessionTainted(worker: String)
  case sessionEnded(worker: String)
  /// A mission of a source that has a pace is about to be started; what lies before `horizon` counts no more.
  case paceStart(source: String, at: Timestamp, horizon: Timestamp)
  /// The lane gets so many jobs at once from now on; nil: all that it can have.
  case laneLimited(lane: String, LaneLimit?, at: Timestamp)
  case proxyUsed(server: String, at: Timestamp)
  /// A session through it failed; `failures` is what is remembered of that from now on.
  case proxyFailed(server: String, failures: ProxyFailures)
}

/// A mission's step from one state to the next, with the events that tell of it.
public struct MissionTransition: Sendable {
  public let mission: MissionID
  public let change: MissionChange
  public let events: [JournalEvent]
  public let at: Timestamp

  public init(mission: MissionID, change: MissionChange, events: [JournalEvent], at: Timestamp) {
    self.mission = mission
    self.change = change
    self.events = events
    self.at = at
  }
}

/// An entry of the append-only history.
public struct JournalEvent: Sendable {
  public let kind: EventKind
  public let details: EventDetails

  public init(_ kind: EventKind, _ details: EventDetails = []) {
    self.kind = kind
    self.details = details
  }
}

/// What tells one start of a mission from its others.
public struct StartIntent: Hashable, Sendable {
  /// Which of its whole life it is, from 1 on; a start that is repeated because its answer was lost keeps its number.
  public let attempt: Int
  /// Drawn at random.
  public let token: UInt64

  public init(attempt: Int = 1, token: UInt64 = 0) {
    self.attempt = attempt
    self.token = token
  }
}

/// What a transition changes in the mission's row.
public enum MissionChange: Hashable, Sendable {
  /// Only events.
  case none
  /// RUNNING; `started_at` when it is the first time; error fields cleared.
  /// `worker` is nil when the mission goes on at DB or S3: the row then keeps the worker that scraped it.
  case started(worker: String?)
  /// A session is being opened for it, or is being waited for: the proxy is the attempt's, whatever comes of it.
  case sessionAwaited(proxy: String?)
  /// The intent of a start: RUNNING, worker and proxy set, job id and kept values cleared, start unanswered.
  case scrapeStarting(worker: String, proxy: String?, start: StartIntent = StartIntent())
  /// The source's answer: the job id, and what later requests about it need. `isRemembered`: the id is kept among those
  /// of the mission's earlier starts.
  case scrapeStarted(jobID: String, kept: KeptValues = KeptValues(), isRemembered: Bool = false)
  /// The job or the intent is of no use any more: job id cleared, start no longer unanswered.
  case jobForgotten
  /// The result is durable in the spool: checkpoint DB, job id kept for the record, crashes 0. `formerFiles`: names of
  /// kept files of earlier scrapes that this one lacks.
  case scrapeCompleted(
    adsCount: Int, size: Int64, sha256: String, seconds: Double, keptFiles: [KeptFile] = [],
    formerFiles: [String] = [])
  /// The result that is being taken is suspicious.
  case suspected(Suspicion)
  /// A suspicious result waits in the spool for its second look; job id and the like are cleared. Nil: it is given up.
  case firstLookKept(FirstLook?)
  /// A suspicious result is durable in the spool, and stays there while the mission fails at SCRAPE.
  case resultHeld(ScrapedResult, seconds: Double, formerFiles: [String] = [])
  /// The load that comes next takes the place of rows for which the ledger has this digest: another program's, or such as
  /// proved not to be what it says.
  case rowsReplaced(sha256: String)
  /// Loaded: checkpoint S3, crashes 0.
  case dbCompleted(seconds: Double)
  /// DONE, `finished_at`, crashes 0. Nothing of earlier scrapes is left in the store.
  case s3Completed(key: String, etag: String, size: Int64, sha256: String, seconds: Double)
  /// The spool is lost or altered: checkpoint SCRAPE, scrape fields and job id cleared. Its object may be written
  /// already: it is to be replaced then.
  case scrapeDiscarded
  /// The destination does not hold the mission's rows any more, or does not tell: checkpoint DB.
  case loadDiscarded
  /// QUEUED again without counting: interrupted by a stop or a crash, or set back by the engine.
  /// Job id and checkpoint stay. `crashes` and `deferred` (behind all others) are set as given.
  case requeued(crashes: Int, deferred: Bool)
  /// QUEUED again at the checkpoint reached, `retry_count` + 1. The error fields tell of the failure;
  /// the job id is cleared when the checkpoint is SCRAPE.
  case retryQueued(code: ErrorCode, message: Message)
  /// FAILED, `finished_at`.
  case failed(code: ErrorCode, cause: ErrorCode?, message: Message)
  /// DONE without a scrape of this journal: what it says of worker and job is cleared.
  case recovered(RecoveredMission)
  /// The audit object of another scrape is there and is to be replaced by the coming one's, and so are these files.
  case replacementFound(formerFiles: [String])
  /// CANCELLED, `finished_at`, job id cleared.
  case cancelled
}
