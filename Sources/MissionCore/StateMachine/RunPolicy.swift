/// What the configuration and the command line say about how missions are driven (SPEC 5 and 6).
public struct RunPolicy: Sendable {
  public var autoRetry = true
  public var maxRetries = 2
  /// Missions per session; then a new session and proxy.
  public var refreshInterval = 5
  public var timeoutSession: Duration = .seconds(180)
  public var timeoutJob: Duration = .seconds(6000)
  /// Missions under way at once.
  public var maxConcurrency = 1
  /// Before the first look at a new session, between looks at it, and between looks at a job.
  public var sessionInitial: Duration = .seconds(60)
  public var sessionInterval: Duration = .seconds(10)
  public var jobInterval: Duration = .seconds(30)
  /// Whether sessions go through a proxy at all: the configuration has a `proxies:` section.
  public var usesProxies = false
  /// How long a stop waits for steps in progress before it gives them up (SPEC 4: exit within 5 s).
  public var stopGrace: Duration = .seconds(4)

  public init() {}
}
