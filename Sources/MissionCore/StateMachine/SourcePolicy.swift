/// How the missions of one source are driven, where the run's policy leaves it to the source (SOURCES 1 and 2).
package struct SourcePolicy: Hashable, Sendable {
  /// Of one attempt; nil: the run's.
  package var timeout: Duration?
  /// Nil: the run's.
  package var maxRetries: Int?
  /// Before each counted retry of a scrape. Nothing is held meanwhile.
  package var retryDelay: Duration = .zero
  /// Between looks at a job; nil: the run's.
  package var lookInterval: Duration?
  /// How long the source may hold its reply to a look back.
  package var lookWait: Duration = .zero
  package var pace: Pace?
  /// Jobs of its missions at once, on all its lanes together; nil: as far as the lanes' capacities go.
  package var capacity: Int?
  /// What became of a start without a clear answer is asked of the source, also when an earlier run sent it. False for
  /// sources with sessions, where a lane is freed of what may run there instead.
  package var findsStarts = false
  /// A start is never repeated unless it surely started nothing or its job has failed (`send: once`).
  package var startsOnce = false
  /// A mission whose last day is past is not started any more.
  package var expires = false
  /// What becomes of results that are not like those before them.
  package var quality = QualityPolicy(.off)
  /// Its jobs live no longer than the run: they are ended when it stops, and their missions resume at SCRAPE.
  package var jobsEndWithRun = false

  package init() {}

  /// Of a source without sessions, as long as it says nothing else.
  package static var withoutSessions: SourcePolicy {
    var policy = SourcePolicy()
    policy.findsStarts = true
    policy.retryDelay = .seconds(1)
    return policy
  }
}
