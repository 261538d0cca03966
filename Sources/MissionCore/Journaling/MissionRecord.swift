/// One mission as the journal keeps it: every field of SPEC 2.
public struct MissionRecord: Hashable, Sendable {
  public var id: MissionID
  public var parameters: MissionParameters
  public var priority: Int
  public var status: MissionStatus
  /// The checkpoint that runs, failed, or comes next.
  public var checkpoint: Checkpoint
  public var adsCount: Int?
  public var errorCode: ErrorCode?
  /// The code before an exhausted retry replaced it.
  public var errorCause: ErrorCode?
  /// Cleaned and masked.
  public var errorMessage: Message?
  public var worker: String?
  public var jobID: String?
  /// A start was about to be sent and its answer never reached the journal.
  public var hasUnansweredStart = false
  /// Starts over its whole life, the latest included.
  public var starts = 0
  /// Of the latest start.
  public var startToken: UInt64 = 0
  /// The run that announced the latest start.
  public var startRunID: String?
  /// What the source kept for later requests about the job.
  public var kept = KeptValues()
  /// Ids of the jobs of all its starts, where the source may be asked for them.
  public var jobIDs: [String] = []
  /// How often in a row the process died while a local step of this mission was under way.
  public var crashes = 0
  /// The proxy's `server`; never its credentials.
  public var proxy: String?
  public var retryCount: Int
  public var createdAt: Timestamp
  public var queuedAt: Timestamp?
  public var startedAt: Timestamp?
  public var finishedAt: Timestamp?
  /// Bytes of the `data` array, brackets included.
  public var size: Int64?
  /// SHA-256 of those bytes, lower-case hex.
  public var sha256: String?
  public var s3Key: String?
  public var s3ETag: String?
  public var s3Size: Int64?
  /// SHA-256 of the audit object's body, lower-case hex.
  public var s3SHA256: String?
  /// What is kept beside the audit object, of the latest scrape that ended well.
  public var keptFiles: [KeptFile] = []
  /// What earlier scrapes may have left in the store.
  public var former = FormerObjects()
  /// The ledger's digest of rows that ours have replaced, or are to: another program's, or such as are not what it says.
  package var replacedRows: String?
  /// Why its result is not trusted; nil when it is, or when there is none.
  package var suspicion: Suspicion?
  /// A suspicious result that waits in the spool for a second look.
  package var firstLook: FirstLook?
  /// The run that chose it last.
  public var runID: String?
  /// Seconds spent in each checkpoint's last successful attempt; nil until it succeeded.
  public var scrapeSeconds: Double?
  public var dbSeconds: Double?
  public var s3Seconds: Double?

  public init(
    id: MissionID, parameters: MissionParameters, priority: Int = 0, status: MissionStatus = .pending,
    checkpoint: Checkpoint = .scrape, createdAt: Timestamp
  ) {
    self.id = id
    self.parameters = parameters
    self.priority = priority
    self.status = status
    self.checkpoint = checkpoint
    self.createdAt = createdAt
    retryCount = 0
  }

  /// Where a kept file lies in the store: beside the audit object. Nil before that is written.
  public func key(of file: KeptFile) -> String? {
    s3Key.map { ($0.hasSuffix(".json") ? String($0.dropLast(5)) : $0) + "/" + file.keyName }
  }

  /// 1 + `retryCount`; restarts after a crash do not count.
  public var attempts: Int { 1 + retryCount }

  /// How a checkpoint is shown.
  public func mark(of checkpoint: Checkpoint) -> CheckpointMark {
    checkpoint.mark(reached: self.checkpoint, status: status)
  }
}
