/// One mission as the journal keeps it: every field of SPEC 2.
package struct MissionRecord: Hashable, Sendable {
  package var id: MissionID
  package var parameters: MissionParameters
  package var priority: Int
  package var status: MissionStatus
  /// The checkpoint that runs, failed, or comes next.
  package var checkpoint: Checkpoint
  package var adsCount: Int?
  package var errorCode: ErrorCode?
  /// The code before an exhausted retry replaced it.
  package var errorCause: ErrorCode?
  /// Cleaned and masked text.
  /// Words of others in it are marked (`ForeignWords`).
  package var errorMessage: String?
  package var worker: String?
  package var jobID: String?
  /// A start was about to be sent and its answer never reached the journal.
  package var hasUnansweredStart = false
  /// Starts over its whole life, the latest included.
  package var starts = 0
  /// Of the latest start.
  package var startToken: UInt64 = 0
  /// The run that announced the latest start.
  package var startRunID: String?
  /// What the source kept for later requests about the job.
  package var kept = KeptValues()
  /// Ids of the jobs of all its starts, where the source may be asked for them.
  package var jobIDs: [String] = []
  /// How often in a row the process died while a local step of this mission was under way.
  package var crashes = 0
  /// The proxy's `server`; never its credentials.
  package var proxy: String?
  package var retryCount: Int
  package var createdAt: Timestamp
  package var queuedAt: Timestamp?
  package var startedAt: Timestamp?
  package var finishedAt: Timestamp?
  /// Bytes of the `data` array, brackets included.
  package var size: Int64?
  /// SHA-256 of those bytes, lower-case hex.
  package var sha256: String?
  package var s3Key: String?
  package var s3ETag: String?
  package var s3Size: Int64?
  /// SHA-256 of the audit object's body, lower-case hex.
  package var s3SHA256: String?
  /// What is kept beside the audit object, of the latest scrape that ended well.
  package var keptFiles: [KeptFile] = []
  /// What earlier scrapes may have left in the store.
  package var former = FormerObjects()
  /// Why its result is not trusted; nil when it is, or when there is none.
  package var suspicion: Suspicion?
  /// A suspicious result that waits in the spool for a second look.
  package var firstLook: FirstLook?
  /// The run that chose it last.
  package var runID: String?
  /// Seconds spent in each checkpoint's last successful attempt; nil until it succeeded.
  package var scrapeSeconds: Double?
  package var dbSeconds: Double?
  package var s3Seconds: Double?

  package init(
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
  package func key(of file: KeptFile) -> String? {
    s3Key.map { ($0.hasSuffix(".json") ? String($0.dropLast(5)) : $0) + "/" + file.keyName }
  }

  /// 1 + `retryCount`; restarts after a crash do not count.
  package var attempts: Int { 1 + retryCount }

  package func mark(of checkpoint: Checkpoint) -> CheckpointMark {
    checkpoint.mark(reached: self.checkpoint, status: status)
  }
}
