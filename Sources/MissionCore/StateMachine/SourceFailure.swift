/// What went wrong with a request to a source, in the words of the FAULTS table's worker rows.
public struct SourceFailure: Error, Hashable, Sendable {
  /// What the rules tell apart; each leads to another step of the mission or its lane.
  public enum Kind: Hashable, Sendable {
    /// TLS, 401, 403, redirect: the lane is of no use in this run.
    case unavailable
    /// Refused or unresolvable: surely not sent; asked again before the lane counts as unavailable.
    case unreachable
    /// 404.
    case notFound
    /// 409, 429, 503: come back later.
    case busy
    /// Another 5xx, a reset, half a body, a time-out: a GET may be sent again.
    case again
    /// Any other refusal (4xx), or an answer that cannot be understood.
    case unusable
    /// A result that cannot be read, however often it was fetched.
    case unreadable
    /// A request that the source refuses for good (ERROR200): a start was surely not taken, and would never be.
    case refused
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
  public let message: Message
  public var retryAfter: Duration?

  public init(_ kind: Kind, _ message: Message, retryAfter: Duration? = nil) {
    self.kind = kind
    self.message = message
    self.retryAfter = retryAfter
  }
}
