import Crypto
import HTTP
import Synchronization

/// Hashes a body while it arrives and keeps nothing of it.
final class BodyDigest: HTTPBodyWriter {
  private let taken = Mutex((hash: SHA256(), size: Int64(0)))

  func begin() { taken.withLock { $0 = (SHA256(), 0) } }

  func write(_ bytes: UnsafeRawBufferPointer) {
    taken.withLock {
      $0.hash.update(bytes)
      $0.size += Int64(bytes.count)
    }
  }

  /// Of what has come so far.
  var result: (sha256: String, size: Int64) { taken.withLock { ($0.hash.finalizeHex(), $0.size) } }
}
