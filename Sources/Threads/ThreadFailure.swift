import Files
import Glibc
import Messages

/// The system gives no thread: too many processes, too little memory.
package struct ThreadFailure: Error, Hashable, Sendable, MessageConvertible {
  /// The `errno` of `pthread_create`.
  package let code: Int32

  package init(code: Int32) { self.code = code }

  package var message: Message {
    "no thread could be started: \(Errno(code)): raise the limit of processes or free some memory"
  }
}

/// Starts a thread for a body that may block; a place to put one that refuses, in tests.
package typealias ThreadStarter =
  @Sendable (@escaping @Sendable () -> Void) throws(ThreadFailure) -> Void
