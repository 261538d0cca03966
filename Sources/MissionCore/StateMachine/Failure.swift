/// Why a step of a mission failed.
public struct Failure: Error, Hashable, Sendable {
  public let code: ErrorCode
  /// Cleaned, masked text.
  public let message: Message
  /// Not tried again although the code usually is (a result over `max_result_size`).
  public var isFinal = false
  /// A job that nobody knows may be running: the mission must wait until its lane is free of it, or it would run twice.
  public var mayHaveUnknownJob = false

  public init(_ code: ErrorCode, _ message: Message, isFinal: Bool = false, mayHaveUnknownJob: Bool = false) {
    self.code = code
    self.message = message
    self.isFinal = isFinal
    self.mayHaveUnknownJob = mayHaveUnknownJob
  }
}
