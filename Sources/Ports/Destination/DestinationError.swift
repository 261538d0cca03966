import MissionCore

/// Why the destination did not do what it was asked. Nothing of the failed call is left in it.
package struct DestinationError: Error, Hashable, Sendable {
  /// One of ERROR300 to ERROR303.
  package let code: ErrorCode
  /// Without values of rows and without credentials.
  package let message: Message
  /// Transient: the transaction may be tried again at once, inside the step and not counted (deadlock, busy).
  package let severity: Severity
  /// What to do about it, where more is known than the code tells.
  package let advice: Message?
  /// The result's bytes could not be read, or are not the ones that were written; nil when the destination is at fault.
  package let spoolFault: SpoolError?
  /// The digest of another scrape that the ledger has of the mission, and that was not to be replaced.
  package let existing: String?

  package init(_ code: ErrorCode, _ message: Message, severity: Severity? = nil, advice: Message? = nil) {
    self.code = code
    self.message = message
    self.severity = severity ?? .lasting(code)
    self.advice = advice
    spoolFault = nil
    existing = nil
  }

  /// The ledger has another scrape of the mission.
  package init(existing digest: String) {
    code = .destinationOther
    message = "the ledger has another scrape of the mission"
    severity = .permanent
    advice = nil
    spoolFault = nil
    existing = digest
  }

  /// The spool is at fault. What is to become of the mission is for the spool to say, which is asked once more.
  package init(spool fault: SpoolError) {
    code = .destinationOther
    message = fault.message
    severity = .permanent
    advice = nil
    spoolFault = fault
    existing = nil
  }

  /// As the mission's state machine takes it.
  package var stepFailure: StepFailure {
    StepFailure(
      Failure(code, advice.map { "\(message): \($0)" } ?? message), isAgain: severity.isTransient,
      retryAfter: severity.retryAfter)
  }
}

extension DestinationError: CustomStringConvertible {
  package var description: String { "\(code.rawValue): \(message)" }
}
