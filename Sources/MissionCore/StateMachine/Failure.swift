/// Why a step of a mission failed.
package struct Failure: Error, Hashable, Sendable {
  package let code: ErrorCode
  /// Cleaned, masked text.
  package let message: String
  /// Not tried again although the code usually is (a result over `max_result_size`).
  package var isFinal = false
  /// A job that nobody knows may be running: the mission must wait until its lane is free of it, or it would run twice.
  package var mayHaveUnknownJob = false

  package init(_ code: ErrorCode, _ message: String, isFinal: Bool = false, mayHaveUnknownJob: Bool = false) {
    self.code = code
    self.message = message
    self.isFinal = isFinal
    self.mayHaveUnknownJob = mayHaveUnknownJob
  }
}
