import Glibc
import Synchronization
import Threads

/// A system that gives only so many threads; what they do is done at once.
package enum GrantedThreads {
  /// What starts `count` threads and refuses the next.
  package static func starter(_ count: Int) -> ThreadStarter {
    let left = Left(count)
    return { (body) throws(ThreadFailure) in
      guard left.take() else { throw ThreadFailure(code: EAGAIN) }
      body()
    }
  }

  private final class Left: Sendable {
    private let count: Mutex<Int>
    init(_ count: Int) { self.count = Mutex(count) }

    func take() -> Bool {
      count.withLock { count in
        count -= 1
        return count >= 0
      }
    }
  }
}
