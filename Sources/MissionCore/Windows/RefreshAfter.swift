import Dates

/// How long a mission stays DONE before a run that names it runs it again.
package enum RefreshAfter: Hashable, Sendable {
  /// Calendar days since the day it was done: a job of every night must not skip a night because it ended later the
  /// night before.
  case days(Int)
  case exact(Duration)

  /// What was done before this moment is run again.
  package func dueBefore(_ now: Timestamp, in zone: TimeZone) -> Timestamp {
    switch self {
    case .days(let days): return now.day(in: zone).adding(days: 1 - days).start(in: zone)
    case .exact(let duration):
      return Timestamp(milliseconds: now.milliseconds - Int64(duration / .milliseconds(1)) + 1)
    }
  }
}
