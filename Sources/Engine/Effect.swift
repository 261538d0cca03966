import MissionCore
import Ports

/// What the scheduler wants done. Every effect that says so is answered by exactly one event.
package enum Effect: Sendable {
  /// One transaction. Once it is on disk `.journaled(tickets)` comes when there are any; else `.broke`.
  case journal([JournalWrite], [Ticket])
  /// The next page of the queue of a source's missions; `.claimed`.
  case claim(SourceNames, limit: Int)
  case setTimer(TimerKey, at: Duration)

  // A mission's steps, answered by `.mission(ticket, …)`.
  case start(Ticket, on: LaneName, MissionStart)
  case find(Ticket, on: LaneName, MissionStart, known: [String])
  case look(Ticket, on: LaneName, SourceJob, atMost: Duration)
  case cancel(Ticket, on: LaneName, SourceJob)
  case judge(Ticket, records: Int)
  case verifySpool(Ticket, ScrapedResult)
  case verifyLedger(Ticket)
  case load(Load)
  case upload(Ticket, MissionParameters, ScrapedResult, replacing: FormerObjects)
  case loadObject(Ticket, MissionParameters)

  // Not answered.
  case removeSpool(MissionID)
  /// The mission leaves its slot: bytes of it that are held in memory can go.
  case forgetBytes(MissionID)
  /// A person cancelled a mission that is not in memory: ended in the journal unless it is finished.
  case cancelInJournal(MissionID)
  case log(LogLevel, Message)
  /// A line about one mission.
  case tell(LogLevel, Message, LogFacts)

  /// Of the sessions of the lane's source; answered by `.lane(ticket, .answered(…))`.
  case prepare(LaneTicket, any LaneRequest)

  /// The run is over. The last effect there is.
  case finish(RunOutcome)
}

/// A mission's result on its way into the destination, answered by `.mission(ticket, …)`.
package struct Load: Sendable {
  package let ticket: Ticket
  package let parameters: MissionParameters
  package let result: ScrapedResult
  /// Which rows that are there already give way.
  package let replacing: ReplacedRows
}

/// How the scheduler's work ended; the counts come from the journal.
package struct RunOutcome: Hashable, Sendable {
  package internal(set) var stop: StopReason?
  /// What opened a breaker, in the order it happened.
  package internal(set) var breakers: [Failure] = []
  /// Lanes that were set aside, with the reason.
  package internal(set) var lanesSetAside: [String: String] = [:]
  /// Whether no lane of any source was left.
  package internal(set) var hasNoLane = false
  package internal(set) var failure: RunFailure?

  /// - Parameter breakers: what kept the run from beginning.
  package init(breakers: [Failure] = []) { self.breakers = breakers }

  /// Something that kept missions out of the run.
  package mutating func add(_ breaker: Failure) { breakers.append(breaker) }
}
