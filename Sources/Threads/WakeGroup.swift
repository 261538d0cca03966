import Glibc

/// Gives several things to other threads in one piece: whoever waits for any of them is woken once, when all of them are
/// there, and does together what can be done together.
///
/// A thread that goes to sleep itself wakes the others first, so that nobody waits for somebody who was not woken.
package enum WakeGroup {
  /// What is to be woken when the group of a thread ends.
  private final class Held {
    var wakes: [() -> Void] = []

    func wake() {
      guard !wakes.isEmpty else { return }
      for wake in wakes { wake() }
      wakes.removeAll(keepingCapacity: true)
    }
  }

  /// Where a thread finds its group; nil when the process has no such places left: then nothing is held back.
  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    return pthread_key_create(&key, nil) == 0 ? key : nil
  }()

  private static var current: Held? {
    guard let place = key.flatMap({ pthread_getspecific($0) }) else { return nil }
    return Unmanaged<Held>.fromOpaque(place).takeUnretainedValue()
  }

  /// Wakes whoever `body` would have woken, after it.
  package static func together(_ body: () -> Void) {
    guard let key, current == nil else { return body() }
    let held = Held()
    guard pthread_setspecific(key, Unmanaged.passUnretained(held).toOpaque()) == 0 else { return body() }
    withExtendedLifetime(held) {
      body()
      pthread_setspecific(key, nil)
      held.wake()
    }
  }

  /// Now, or when this thread's group ends.
  package static func wake(_ wake: @escaping () -> Void) {
    if let current { current.wakes.append(wake) } else { wake() }
  }

  /// This thread is about to sleep.
  static func wakeHeld() { current?.wake() }
}
