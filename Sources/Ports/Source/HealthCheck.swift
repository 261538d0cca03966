import MissionCore

/// One thing that `check` tests.
package struct HealthCheck: Sendable {
  /// As the line shows it: `worker worker-1`.
  package let name: Message
  /// After this long without a reply it counts as failed.
  package let timeout: Duration
  /// Tests it and replies once. May block: each has a thread of its own.
  package let run: @Sendable (_ reply: @escaping @Sendable (HealthOutcome) -> Void) -> Void

  package init(
    name: Message, timeout: Duration,
    run: @escaping @Sendable (_ reply: @escaping @Sendable (HealthOutcome) -> Void) -> Void
  ) {
    self.name = name
    self.timeout = timeout
    self.run = run
  }
}

/// What came of testing one thing.
package enum HealthOutcome: Hashable, Sendable {
  /// With what was done, and the time that the other side's clock shows.
  case passed(Message, time: Timestamp? = nil)
  /// What is wrong and what to do about it.
  case failed(Message, advice: Message)
}
