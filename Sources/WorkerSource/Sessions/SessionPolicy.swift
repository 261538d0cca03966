/// What the configuration says about the sessions of workers (SPEC 5 and 6).
package struct SessionPolicy: Sendable {
  /// Missions per session; then a new session and proxy.
  package var refreshInterval = 5
  package var timeoutSession: Duration = .seconds(180)
  /// Before the first look at a new session, between looks at it, and between looks at a job.
  package var sessionInitial: Duration = .seconds(60)
  package var sessionInterval: Duration = .seconds(10)
  package var jobInterval: Duration = .seconds(30)
  /// Whether sessions go through a proxy at all: the configuration has a `proxies:` section.
  package var usesProxies = false

  /// A session that turns out to be another run's is left to it, and its worker set aside (TRUST 4).
  package var leavesOthers = false

  package init() {}
}
