/// The starts of a source within the span of its pace: when may the next one be?
///
/// It looks at wall time, which other runs and restarts share: a start that seems to be in the future, because a clock
/// was set back, counts as one of now.
public struct PaceWindow: Sendable {
  public let pace: Pace
  /// The latest ones, oldest first; never more than the pace allows in one span.
  private var starts: [Timestamp]

  /// - Parameter starts: those that are remembered, in any order.
  public init(_ pace: Pace, starts: [Timestamp] = []) {
    self.pace = pace
    self.starts = Array(starts.sorted().suffix(pace.starts))
  }

  /// How long no mission may be started; zero when one may be now.
  public mutating func wait(at now: Timestamp) -> Duration {
    for index in starts.indices where starts[index] > now { starts[index] = now }
    guard starts.count >= pace.starts else { return .zero }
    let oldest = starts[starts.count - pace.starts]
    // A span has both its ends: what lies exactly one before is still in it.
    let free = oldest.milliseconds + spanMilliseconds + 1
    return free > now.milliseconds ? .milliseconds(free - now.milliseconds) : .zero
  }

  /// A mission is started.
  public mutating func note(_ start: Timestamp) {
    starts.append(start)
    starts.sort()
    if starts.count > pace.starts { starts.removeFirst(starts.count - pace.starts) }
  }

  /// A start that was noted is sent later than it was noted.
  public mutating func move(_ start: Timestamp, to later: Timestamp) {
    guard let index = starts.firstIndex(of: start), later > start else { return }
    starts.remove(at: index)
    note(later)
  }

  /// Of what lies before, nothing counts at that moment or later.
  public func horizon(at now: Timestamp) -> Timestamp {
    Timestamp(milliseconds: now.milliseconds - spanMilliseconds - 1)
  }

  private var spanMilliseconds: Int64 {
    let (seconds, attoseconds) = pace.span.components
    return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
  }
}
