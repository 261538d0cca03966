import Crypto
import JSONStream
import Synchronization

/// The SHA-256 that an audit object of these ads has.
final class LayoutDigest: Sendable {
  private struct State {
    var hash = SHA256()
    var isEmpty = true
  }

  private let state = Mutex(State())

  /// The next ad.
  @Sendable func add(_ ad: UnsafeRawBufferPointer) {
    state.withLock { state in
      var hash = state.hash
      var layout = JSONArrayLayout(isEmpty: state.isEmpty) { hash.update($0) }
      layout.add(ad)
      state.hash = hash
      state.isEmpty = false
    }
  }

  func finish() -> String {
    state.withLock { state in
      var hash = state.hash
      JSONArrayLayout(isEmpty: state.isEmpty) { hash.update($0) }.finish()
      return hash.finalizeHex()
    }
  }
}
