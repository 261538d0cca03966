/// A way to tell somebody of a run.
package protocol NotificationChannel: Sendable {
  /// As the log names it: `webhook`.
  var name: String { get }

  /// Tries once and returns at once. `reply` is called exactly once, from any thread, also after a cancellation, and
  /// must return quickly.
  ///
  /// - Parameter timeout: for the whole try.
  func send(
    _ notice: Notice, timeout: Duration, reply: @escaping @Sendable (Result<Void, DeliveryFailure>) -> Void
  ) -> Delivery
}

/// A try under way.
package struct Delivery: Sendable {
  private let onCancel: @Sendable () -> Void

  package init(onCancel: @escaping @Sendable () -> Void) { self.onCancel = onCancel }

  /// Does nothing when the reply was already given.
  package func cancel() { onCancel() }
}

/// Why a try failed.
package struct DeliveryFailure: Error, Hashable, Sendable {
  package let message: String
  /// Whether trying again may help.
  package let isTransient: Bool
  /// Whether the message is in the words of a library or a server.
  package let isForeign: Bool

  package init(_ message: String, isTransient: Bool, isForeign: Bool = false) {
    self.message = message
    self.isTransient = isTransient
    self.isForeign = isForeign
  }
}
