import MissionCore

/// Why the destination did not do what it was asked. Nothing of the failed call is left in it.
public struct DestinationError: Error, Hashable, Sendable {
  /// One of ERROR300 to ERROR303.
  public let code: ErrorCode
  /// Without values of rows and without credentials.
  public let message: String
  /// The transaction may be tried again at once, inside the step and not counted (deadlock, busy).
  public let isAgain: Bool

  public init(_ code: ErrorCode, _ message: String, isAgain: Bool = false) {
    self.code = code
    self.message = message
    self.isAgain = isAgain
  }

  /// Whether every later mission would fail alike, so that no further one is loaded.
  public var isFatalToRun: Bool { code.opensBreaker }

  /// As the mission's state machine takes it.
  public var stepFailure: StepFailure { StepFailure(Failure(code, message), isAgain: isAgain) }
}

extension DestinationError: CustomStringConvertible {
  public var description: String { "\(code.rawValue): \(message)" }
}
