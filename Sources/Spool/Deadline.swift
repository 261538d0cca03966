import Glibc

/// A moment that no change of the wall clock moves.
struct Deadline: Sendable {
  /// Of CLOCK_MONOTONIC.
  let time: timespec

  init(after duration: Duration) {
    var time = Self.now
    let (seconds, attoseconds) = duration.components
    time.tv_sec += Int(seconds)
    time.tv_nsec += Int(attoseconds / 1_000_000_000)
    if time.tv_nsec >= 1_000_000_000 {
      time.tv_sec += 1
      time.tv_nsec -= 1_000_000_000
    }
    self.time = time
  }

  var isOver: Bool {
    let now = Self.now
    return (now.tv_sec, now.tv_nsec) >= (time.tv_sec, time.tv_nsec)
  }

  private static var now: timespec {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time
  }
}
