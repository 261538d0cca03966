/// What is to be done for a mission, in this order.
public enum MissionAction: Sendable {
  /// Journal it; nobody waits for this write, later ones do.
  case write(MissionChange, [JournalEvent])
  /// Journal it and answer `.journaled` once it is on disk.
  case commit(MissionChange, [JournalEvent])
  /// `POST /scrape`; answered by `.jobRequested` or `.jobRequestFailed`.
  case requestJob(worker: String)
  /// `GET /session/status`; answered by `.startVerified`.
  case verifyStart(worker: String)
  /// `GET /scrape/{job_id}` and, when it has ended well, spool the bytes; answered by `.jobLooked`.
  case lookAtJob(worker: String, jobID: String)
  /// Answered by `.jobCancelAnswered`.
  case cancelJob(worker: String, jobID: String)
  /// Answered by `.timerFired`.
  case setTimer(after: Duration)
  /// Answered by `.spoolVerified`.
  case verifySpool(ScrapedResult)
  /// Answered by `.loaded` or `.loadFailed`.
  case load(ScrapedResult)
  /// Answered by `.uploaded` or `.uploadFailed`.
  case upload(ScrapedResult)
  case removeSpool
  /// The spool no longer has the bytes, which is to be told: the mission is scraped again.
  case bytesLost(why: String)
  /// The mission is about to use the session: `POST /scrape` counts as served.
  case sessionServed(worker: String)
  /// The place on the worker is free again.
  case releaseWorker(String, SessionVerdict)
  case setWorkerAside(String, Failure)
  /// Stop starting the code's checkpoint in this run.
  case openBreaker(Failure)
  /// Stop the run: nothing can be written any more.
  case stopRun(Failure, diskFails: Bool)
  /// A status that nobody knows; to be logged once.
  case unknownStatus(worker: String, status: String)
  /// Only the mission's last write is left to be journaled: another may take its slot, and begin in the same
  /// transaction.
  case freeSlot
  case leave(Departure)
}

/// What a mission learnt about the session it used.
public enum SessionVerdict: Hashable, Sendable {
  case good
  /// The mission did not use it.
  case unused
  /// The run stops and the mission's job runs on in it, to be adopted: it must not be ended.
  case left
  /// The session takes no new missions; the failure counts against its proxy.
  case failed
  /// The session takes no new missions; its proxy is not to blame.
  case lost
  /// As `failed`, and a job that nobody knows may run in it: it must be ended before anything else.
  case failedWithUnknownJob
}
