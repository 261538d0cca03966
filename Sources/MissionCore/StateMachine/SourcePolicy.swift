/// How the missions of one source are driven, where the run's policy leaves it to the source (SOURCES 1 and 2).
public struct SourcePolicy: Hashable, Sendable {
  /// Of one attempt; nil: the run's.
  public var timeout: Duration?
  /// Nil: the run's.
  public var maxRetries: Int?
  /// Before each counted retry of a scrape. Nothing is held meanwhile.
  public var retryDelay: Duration = .zero
  /// Between looks at a job; nil: the run's.
  public var lookInterval: Duration?
  /// How long the source may hold its reply to a look back.
  public var lookWait: Duration = .zero
  public var pace: Pace?
  /// Jobs of its missions at once, on all its lanes together; nil: as far as the lanes' capacities go.
  public var capacity: Int?
  /// What became of a start without a clear answer is asked of the source, also when an earlier run sent it. False for
  /// sources with sessions, where a lane is freed of what may run there instead.
  public var findsStarts = false
  /// A start is never repeated unless it surely started nothing or its job has failed (`send: once`).
  public var startsOnce = false
  /// A mission whose last day is past is not started any more.
  public var expires = false
  /// What becomes of results that are not like those before them.
  public var quality = QualityPolicy(.off)
  /// Its jobs live no longer than the run: they are ended when it stops, and their missions resume at SCRAPE.
  public var jobsEndWithRun = false
  /// Its results may come with kept files, of which the spool knows nothing.
  public var keepsFiles = false

  public init() {}

  /// Of a source without sessions, as long as it says nothing else.
  public static var withoutSessions: SourcePolicy {
    var policy = SourcePolicy()
    policy.findsStarts = true
    policy.retryDelay = .seconds(1)
    return policy
  }
}
