import Glibc

/// The number with which a system call failed, and the system's words for it.
package struct Errno: Error, Hashable, Sendable, CustomStringConvertible {
  package let code: Int32

  package init(_ code: Int32) { self.code = code }

  /// Of the call that just failed on this thread.
  package static var last: Errno { Errno(errno) }

  package var description: String { String(cString: strerror(code)) }
}
