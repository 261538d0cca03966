import Configuration
import Journal
import MissionCore

/// What `retention:` removes from the journal at a moment.
package struct RetentionChoice {
  /// Nil: no missions.
  package let missions: PruneChoice?
  /// Nil: only the events of missions that go.
  package let eventsBefore: Timestamp?

  package init(_ retention: Configuration.Retention, now: Timestamp) {
    missions = retention.missions.map { PruneChoice(finishedBefore: now.earlier(by: $0)) }
    eventsBefore = retention.events.map { now.earlier(by: $0) }
  }

  /// Answers how many missions went, and how many events of missions that stay.
  func prune(_ journal: Journal, at time: Timestamp) throws(JournalError) -> (missions: Int, events: Int) {
    var removed = (missions: 0, events: 0)
    if let missions { removed.missions = try journal.prune(missions, at: time) }
    if let eventsBefore { removed.events = try journal.pruneEvents(before: eventsBefore) }
    return removed
  }
}

extension Timestamp {
  package func earlier(by duration: Duration) -> Timestamp {
    Timestamp(milliseconds: milliseconds - Int64(duration / .milliseconds(1)))
  }
}
