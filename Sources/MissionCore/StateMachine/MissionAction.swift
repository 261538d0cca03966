/// What is to be done for a mission, in this order.
public enum MissionAction: Sendable {
  /// Journal it; nobody waits for this write, later ones do.
  case write(MissionChange, [JournalEvent])
  /// Journal it with whatever is journaled next: when it is lost, recovery finds out again what it tells, in the spool or
  /// in the ledger.
  case note(MissionChange, [JournalEvent])
  /// Journal it and answer `.journaled` once it is on disk.
  case commit(MissionChange, [JournalEvent])
  /// A start is about to be journaled and sent: it counts for the pace of the source.
  case countStart
  /// The mission's last day is past, so that its source does not start it any more; told.
  case expired
  /// Answered by `.jobStarted`, `.startEnded` or `.startFailed`.
  case start(lane: String)
  /// What became of a start without a clear answer; answered by `.startFound`.
  case find(lane: String)
  /// Look at the job and, when it has ended well, spool its bytes; answered by `.jobLooked`.
  case look(lane: String, jobID: String)
  /// Answered by `.jobCancelAnswered`.
  case cancel(lane: String, jobID: String)
  /// Answered by `.timerFired`.
  case setTimer(after: Duration)
  /// Answered by `.spoolVerified`.
  case verifySpool(ScrapedResult)
  /// Whether so many records are like what the mission's slice had before; answered by `.judged`.
  case judge(records: Int)
  /// What the destination's ledger says of the mission; answered by `.ledgerRead`.
  case verifyLedger
  /// Answered by `.loaded`, `.loadRefused` or `.loadFailed`. `replacing`: rows that are there.
  case load(ScrapedResult, replacing: ReplacedRows)
  /// Makes the rows of the object that another program wrote; answered by `.objectLoaded`.
  case loadObject
  /// Answered by `.uploaded` or `.uploadFailed`.
  case upload(ScrapedResult, replacing: FormerObjects)
  case removeSpool
  /// The spool no longer has the bytes, which is to be told: the mission is scraped again.
  case bytesLost(why: Message)
  /// The mission is about to start a job on the lane.
  case laneUsed(String)
  /// The place on the lane is free again.
  case releaseLane(String, LaneVerdict)
  case setLaneAside(String, Failure)
  /// Stop starting the code's checkpoint in this run.
  case openBreaker(Failure)
  /// Stop the run: nothing can be written any more.
  case stopRun(Failure, diskFails: Bool)
  /// A status that nobody knows; to be logged once.
  case unknownStatus(lane: String, status: String)
  /// Only the mission's last write is left to be journaled: another may take its slot, and begin in the same
  /// transaction.
  case freeSlot
  case leave(Departure)
}
