import Crypto
import HTTP
import Synchronization

/// Hashes a body while it arrives and keeps nothing of it.
package final class BodyDigest: HTTPBodyWriter {
  private let taken = Mutex((hash: SHA256(), size: Int64(0)))

  package init() {}

  package func begin() { taken.withLock { $0 = (SHA256(), 0) } }

  package func write(_ bytes: UnsafeRawBufferPointer) {
    taken.withLock {
      $0.hash.update(bytes)
      $0.size += Int64(bytes.count)
    }
  }

  /// Of what has come so far.
  package var result: (sha256: String, size: Int64) { taken.withLock { ($0.hash.finalizeHex(), $0.size) } }
}
