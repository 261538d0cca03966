import Messages

/// A way to tell somebody of a run.
public protocol NotificationChannel: Sendable {
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
public struct Delivery: Sendable {
  private let onCancel: @Sendable () -> Void

  public init(onCancel: @escaping @Sendable () -> Void) { self.onCancel = onCancel }

  /// Does nothing when the reply was already given.
  public func cancel() { onCancel() }
}

/// Why a try failed.
public struct DeliveryFailure: Error, Hashable, Sendable {
  /// Words of a library or a server are foreign and not cleaned.
  public let message: Message
  /// Whether trying again may help.
  public let isTransient: Bool

  public init(_ message: Message, isTransient: Bool) {
    self.message = message
    self.isTransient = isTransient
  }
}
