import Glibc

/// A moment of the clock that waiting and deadlines go by: it is never set, and stands still while the machine is
/// suspended. The one monotonic clock of the project.
package struct Moment: Hashable, Comparable, Sendable {
  /// Of CLOCK_MONOTONIC.
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static var now: Moment {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Moment(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  package static func < (one: Moment, other: Moment) -> Bool { one.nanoseconds < other.nanoseconds }

  package static func - (end: Moment, begin: Moment) -> Duration {
    .nanoseconds(end.nanoseconds - begin.nanoseconds)
  }

  package static func + (begin: Moment, duration: Duration) -> Moment {
    let (seconds, attoseconds) = duration.components
    return Moment(nanoseconds: begin.nanoseconds + seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }

  /// Gives the time since this call, each time that it is asked.
  package static func stopwatch() -> @Sendable () -> Duration {
    let began = now
    return { now - began }
  }

  /// Blocks the calling thread.
  package static func sleep(for duration: Duration) {
    var end = (now + duration).time
    while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, nil) == EINTR {}
  }

  var time: timespec {
    timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  }
}
