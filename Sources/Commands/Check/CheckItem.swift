import MissionCore

/// One part that `check` tests.
struct CheckItem: Sendable {
  /// As the line shows it: `worker worker-1`.
  let name: Message
  /// After this long without a reply the part counts as failed.
  let timeout: Duration
  /// Tests the part and replies once. May block: each item runs on its own thread.
  let run: @Sendable (_ reply: @escaping @Sendable (CheckOutcome) -> Void) -> Void
}

/// What came of testing one part.
enum CheckOutcome: Hashable, Sendable {
  /// With a remark, as `loaded and rolled back`, or nothing.
  case passed(Message = "")
  /// What is wrong and what to do about it.
  case failed(Message, advice: Message)
}

/// An outcome with the time it took.
struct CheckResult: Hashable, Sendable {
  let name: Message
  let outcome: CheckOutcome
  let seconds: Double

  var isPassed: Bool {
    if case .passed = outcome { return true }
    return false
  }
}
