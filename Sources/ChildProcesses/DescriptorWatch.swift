import CProcessStart
import Files
import Glibc

/// Descriptors of programs that are waited for together. What it costs to wait does not grow with their number.
package final class DescriptorWatch {
  private static let mostAtOnce = 64

  private let watch: Int32
  private var keys = [UInt64](repeating: 0, count: mostAtOnce)

  package init() throws(Errno) {
    watch = mc_watch_create()
    guard watch >= 0 else { throw .last }
  }

  deinit { close(watch) }

  /// Until it is closed, `wait` tells the key whenever the descriptor can be read, or its other end is gone.
  package func add(_ descriptor: Int32, key: UInt64) throws(Errno) {
    guard mc_watch_add(watch, descriptor, key) == 0 else { throw .last }
  }

  /// The keys of those that can be read, in the order in which they became so; others may follow at once. Empty when
  /// the time is over.
  ///
  /// - Parameter milliseconds: -1 for as long as it takes.
  package func wait(milliseconds: Int32) -> ArraySlice<UInt64> {
    let count = mc_watch_wait(watch, &keys, Int32(keys.count), milliseconds)
    // Interrupted by a signal, nothing is told: who waits looks at the time and comes again.
    return keys.prefix(max(Int(count), 0))
  }
}
