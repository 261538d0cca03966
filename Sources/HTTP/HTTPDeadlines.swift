/// How long a request may take. All run on the monotonic clock.
public struct HTTPDeadlines: Hashable, Sendable {
  /// Name look-up, TCP and TLS together; also of a proxy.
  public var connect: Duration
  /// The whole exchange from `send` on, waiting for a connection included; nil: no limit.
  public var total: Duration?
  /// The longest time without a byte in either direction, the wait for the answer's first byte included;
  /// nil: no limit.
  public var stalled: Duration?

  public init(connect: Duration = .seconds(10), total: Duration? = nil, stalled: Duration? = nil) {
    self.connect = connect
    self.total = total
    self.stalled = stalled
  }
}

extension Duration {
  /// Whole milliseconds, rounded up, so that a limit above zero stays above zero.
  var wholeMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
  }
}
