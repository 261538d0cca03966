/// What the configuration and the command line say about how missions are driven (SPEC 5 and 6).
public struct RunPolicy: Sendable {
  public var autoRetry = true
  public var maxRetries = 2
  public var timeoutJob: Duration = .seconds(6000)
  /// Missions under way at once.
  public var maxConcurrency = 1
  /// Whether lanes get fewer jobs at once when they show that they cannot take more.
  public var adapts = false
  /// Between looks at a job.
  public var jobInterval: Duration = .seconds(30)
  /// How long a stop waits for steps in progress before it gives them up (SPEC 4: exit within 5 s).
  public var stopGrace: Duration = .seconds(4)

  public init() {}
}
