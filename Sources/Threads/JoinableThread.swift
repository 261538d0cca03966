import Glibc

/// A thread for a part's own blocking work, which stays off everyone else's; the part waits for its end.
public final class JoinableThread: Sendable {
  private let thread: pthread_t

  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  /// Starts at once; nil when the system gives no thread.
  public init?(_ run: @escaping @Sendable () -> Void) {
    // The new thread takes the reference over.
    let body = Unmanaged.passRetained(Body(run))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        let body = Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue()
        body.run()
        return nil
      }, body.toOpaque())
    guard code == 0 else {
      body.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits for its end; once only.
  public func join() { pthread_join(thread, nil) }

  /// Leaves it to itself instead; once only.
  public func detach() { pthread_detach(thread) }
}
