import Synchronization

/// Whether objects are only created (TRUST 5): the word of `create_only`.
package enum CreateOnly: String, CaseIterable, Sendable {
  /// Where the store knows the conditions of a PUT.
  case auto
  /// A store that does not is refused.
  case required
  case off
}

/// Whether PUTs carry a condition now. A store that says that it knows none gets none from then on.
final class Conditions: Sendable {
  let wish: CreateOnly
  private let areRefused = Mutex(false)

  init(_ wish: CreateOnly) { self.wish = wish }

  var areUsed: Bool { wish != .off && !areRefused.withLock { $0 } }

  /// The store knows no conditions; it takes the same PUT without one.
  func noteRefused() { areRefused.withLock { $0 = true } }
}
