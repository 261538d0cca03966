import Glibc

/// The one place where threads are started.
///
/// No thread takes signals: they are for the one that waits for them, and a new thread inherits its creator's mask.
/// What a crash sends is left out, so that a handler that puts the terminal in order still runs.
enum ThreadStart {
  private static let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]

  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  /// - Parameter stackSize: bytes; nil for the system's default.
  static func create(
    isDetached: Bool, stackSize: Int?, _ run: @escaping @Sendable () -> Void
  ) throws(ThreadFailure) -> pthread_t {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    if isDetached { pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED)) }
    if let stackSize { pthread_attr_setstacksize(&attributes, stackSize) }
    var signals = sigset_t()
    var before = sigset_t()
    sigfillset(&signals)
    for number in crashes { sigdelset(&signals, number) }
    pthread_sigmask(SIG_SETMASK, &signals, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    // Retained here, released by the thread that takes it over.
    let body = Unmanaged.passRetained(Body(run))
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard code == 0 else {
      body.release()
      throw ThreadFailure(code: code)
    }
    return thread
  }
}
