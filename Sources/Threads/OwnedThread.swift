import Glibc
import Synchronization

/// A thread for work that blocks, which stays off everyone else's; the one way in which threads are started.
///
/// It takes no signals: they are for the one that waits for them, and a new thread inherits its creator's mask. What a
/// crash sends is left out, so that a handler that puts the terminal in order still runs. One that nobody joins is left
/// to itself when its owner lets it go.
package final class OwnedThread: Sendable {
  private static let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV]

  private let thread: pthread_t
  private let isJoined = Atomic(false)

  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  /// What a new thread gets for itself; `@unchecked Sendable`: nobody else has it from then on.
  private final class Cargo<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: sending Value) { self.value = value }
  }

  /// Starts at once.
  @discardableResult
  package static func start(_ run: @escaping @Sendable () -> Void) throws(ThreadFailure) -> OwnedThread {
    try OwnedThread(run)
  }

  /// Starts at once and hands `value` over to the thread for good.
  package static func start<Value>(
    owning value: sending Value, _ run: @escaping @Sendable (Value) -> Void
  ) throws(ThreadFailure) -> OwnedThread {
    let cargo = Cargo(value)
    return try OwnedThread { run(cargo.value) }
  }

  /// `start`, as what others are given to start their threads with.
  package static let starter: ThreadStarter = { (body) throws(ThreadFailure) in try start(body) }

  private init(_ run: @escaping @Sendable () -> Void) throws(ThreadFailure) {
    var signals = sigset_t()
    var before = sigset_t()
    sigfillset(&signals)
    for number in Self.crashes { sigdelset(&signals, number) }
    pthread_sigmask(SIG_SETMASK, &signals, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    // Retained here, released by the thread that takes it over.
    let body = Unmanaged.passRetained(Body(run))
    let code = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
        return nil
      }, body.toOpaque())
    guard code == 0 else {
      body.release()
      throw ThreadFailure(code: code)
    }
    self.thread = thread
  }

  deinit { if !isJoined.load(ordering: .acquiring) { pthread_detach(thread) } }

  /// Waits for its end. At once on the thread itself, which cannot wait for itself: the last reference to what owns it
  /// may go away there.
  package func join() {
    guard pthread_equal(pthread_self(), thread) == 0,
      !isJoined.exchange(true, ordering: .acquiringAndReleasing)
    else { return }
    WakeGroup.wakeHeld()
    pthread_join(thread, nil)
  }
}
