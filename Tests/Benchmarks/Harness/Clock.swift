import Glibc
import Threads

/// Time that only goes forward.
enum Clock {
  static func seconds() -> Double { Double(Moment.now.nanoseconds) / 1e9 }

  static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

  static func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }
}
