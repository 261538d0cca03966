import Glibc

/// The clock for waiting and deadlines: never set, and standing still while the machine is suspended.
package enum MonotonicClock {
  /// Since any fixed moment.
  @Sendable package static func nanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Blocks the calling thread.
  package static func pause(milliseconds: Int) { usleep(UInt32(milliseconds * 1000)) }
}
