import Glibc

/// A thread of a destination's own; blocking work stays off everyone else's.
final class DestinationThread: Sendable {
  private let thread: pthread_t

  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  /// Starts at once; nil when the system gives no thread.
  init?(_ run: @escaping @Sendable () -> Void) {
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
  func join() { pthread_join(thread, nil) }
}
