/// What the configuration and the command line say about how missions are driven (SPEC 5 and 6).
package struct RunPolicy: Sendable {
  package var autoRetry = true
  package var maxRetries = 2
  package var timeoutJob: Duration = .seconds(6000)
  /// Missions under way at once.
  package var maxConcurrency = 1
  /// Between looks at a job.
  package var jobInterval: Duration = .seconds(30)
  /// How long a stop waits for steps in progress before it gives them up (SPEC 4: exit within 5 s).
  package var stopGrace: Duration = .seconds(4)

  package init() {}
}
