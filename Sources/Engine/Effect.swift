import MissionCore

/// What the scheduler wants done. Every effect that says so is answered by exactly one event.
public enum Effect: Sendable {
  /// One transaction; `.journaled(tickets)` once it is on disk (also when there are none), or `.broke`.
  case journal([JournalWrite], [Ticket])
  /// The next page of the queue; `.claimed`.
  case claim(limit: Int)
  case setTimer(TimerKey, at: Duration)

  // A mission's steps, answered by `.mission(ticket, …)`.
  case requestJob(Ticket, worker: String, MissionParameters)
  case verifyStart(Ticket, worker: String)
  case lookAtJob(Ticket, worker: String, jobID: String)
  case cancelJob(Ticket, worker: String, jobID: String)
  case verifySpool(Ticket, ScrapedResult)
  case verifyLedger(Ticket)
  case load(Ticket, MissionParameters, ScrapedResult)
  case upload(Ticket, MissionParameters, ScrapedResult)

  // Not answered.
  case removeSpool(MissionID)
  /// The mission leaves its slot: bytes of it that are held in memory can go.
  case forgetBytes(MissionID)
  /// A person cancelled a mission that is not in memory: ended in the journal unless it is finished.
  case cancelInJournal(MissionID)
  case log(LogLevel, String)

  // A worker's session, answered by `.session(ticket, …)`.
  case openSession(SessionTicket, proxy: String?)
  case lookAtSession(SessionTicket)
  case endSession(SessionTicket)

  /// The run is over. The last effect there is.
  case finish(RunOutcome)
}

/// How the scheduler's work ended; the counts come from the journal.
public struct RunOutcome: Hashable, Sendable {
  public internal(set) var stop: StopReason?
  /// What opened a breaker, in the order it happened.
  public internal(set) var breakers: [Failure] = []
  /// Workers that were set aside, with the reason.
  public internal(set) var workersSetAside: [String: String] = [:]
  /// Whether no worker was left.
  public internal(set) var hasNoWorker = false
  public internal(set) var failure: RunFailure?

  public init() {}
}
