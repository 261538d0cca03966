import Glibc

/// A thread for a part's own blocking work, which stays off everyone else's; the part waits for its end.
public final class JoinableThread: Sendable {
  private let thread: pthread_t

  private init(_ thread: pthread_t) { self.thread = thread }

  /// Starts at once.
  public static func start(_ run: @escaping @Sendable () -> Void) throws(ThreadFailure) -> JoinableThread {
    JoinableThread(try ThreadStart.create(isDetached: false, stackSize: nil, run))
  }

  /// Starts at once; nil when the system gives no thread.
  public init?(_ run: @escaping @Sendable () -> Void) {
    do throws(ThreadFailure) {
      thread = try ThreadStart.create(isDetached: false, stackSize: nil, run)
    } catch { return nil }
  }

  /// Whether the caller runs on it.
  public var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

  /// Waits for its end; once only.
  public func join() { pthread_join(thread, nil) }

  /// Leaves it to itself instead; once only.
  public func detach() { pthread_detach(thread) }
}
