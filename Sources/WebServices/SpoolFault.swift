import Ports
import Synchronization

/// Remembers what went wrong with the spooled bytes while they were sent: whatever a server then says of them, they do
/// not count.
final class SpoolFault: Sendable {
  private let noted = Mutex<SpoolError?>(nil)

  var error: SpoolError? { noted.withLock { $0 } }

  func noting<R>(_ body: () throws(SpoolError) -> R) throws(SpoolError) -> R {
    do throws(SpoolError) { return try body() } catch {
      noted.withLock { $0 = error }
      throw error
    }
  }
}
