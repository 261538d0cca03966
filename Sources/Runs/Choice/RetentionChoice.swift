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
  func prune(
    _ journal: Journal, _ reader: JournalReader, _ configuration: Configuration, at time: Timestamp
  ) throws(CommandFailure) -> (missions: Int, events: Int) {
    var removed = (missions: 0, events: 0)
    if let eventsBefore {
      removed.events = try JournalAccess.failing { () throws(JournalError) in
        try journal.pruneEvents(before: eventsBefore)
      }
    }
    guard let missions else { return removed }
    let named = try NamedMissions(among: missions, configuration, reader, now: time).numbers
    removed.missions = try JournalAccess.failing { () throws(JournalError) in
      try journal.prune(missions, except: { named.contains(Int($0)) }, at: time)
    }
    return removed
  }
}

extension Timestamp {
  /// To the millisecond.
  package func earlier(by duration: Duration) -> Timestamp {
    Timestamp(milliseconds: milliseconds - Int64(duration / .milliseconds(1)))
  }
}
