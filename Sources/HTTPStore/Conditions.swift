import Synchronization

/// Whether PUTs carry a condition now. A server that says that it knows none gets none from then on.
final class Conditions: Sendable {
  private let areRefused = Mutex(false)

  var areUsed: Bool { areRefused.withLock { !$0 } }

  /// The server knows no conditions; it takes the same PUT without one.
  func noteRefused() { areRefused.withLock { $0 = true } }
}

/// What a PUT may find under its key.
enum PutCondition {
  case none
  /// Nothing.
  case new
  /// The object that has this ETag.
  case replacing(etag: String)

  var fields: [(name: String, value: String)] {
    switch self {
    case .none: return []
    case .new: return [("If-None-Match", "*")]
    case .replacing(let etag): return [("If-Match", etag)]
    }
  }
}
