/// Why a step of a mission failed.
public struct Failure: Error, Hashable, Sendable {
  public let code: ErrorCode
  /// Cleaned, masked text.
  public let message: String
  /// Not tried again although the code usually is (a result over `max_result_size`).
  public var isFinal = false
  /// A job that nobody knows may be running in the worker's session: the mission must wait until that
  /// session has ended, or it would run twice.
  public var mayHaveUnknownJob = false

  public init(_ code: ErrorCode, _ message: String, isFinal: Bool = false, mayHaveUnknownJob: Bool = false) {
    self.code = code
    self.message = message
    self.isFinal = isFinal
    self.mayHaveUnknownJob = mayHaveUnknownJob
  }
}

/// What went wrong with a request to a worker, in the words of the FAULTS table's worker rows.
public struct WorkerFailure: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// TLS, 401, 403, redirect: the worker is of no use in this run.
    case unavailable
    /// Refused or unresolvable: surely not sent; asked again before the worker counts as unavailable.
    case unreachable
    /// 404.
    case notFound
    /// 409, 429, 503: come back later.
    case busy
    /// Another 5xx, a reset, half a body, a time-out: a GET may be sent again.
    case again
    /// Any other refusal (4xx), or an answer that cannot be understood.
    case unusable
    /// The answer says the job succeeded but its data does not match what it claims (ERROR200).
    case mismatch
    /// Larger than `max_result_size`.
    case tooLarge
    /// The spool could not take the result, its disk is full or its folder not ours: the run must stop.
    case spoolFull
    /// The spool's disk answers with errors: the run must stop.
    case diskFails
  }

  public let kind: Kind
  /// Cleaned, masked text.
  public let message: String
  public var retryAfter: Duration?

  public init(_ kind: Kind, _ message: String, retryAfter: Duration? = nil) {
    self.kind = kind
    self.message = message
    self.retryAfter = retryAfter
  }
}
