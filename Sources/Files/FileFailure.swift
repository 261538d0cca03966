import Glibc
import Messages

/// Why a file could not be written or read.
public struct FileFailure: Error, Hashable, Sendable, MessageConvertible {
  public let path: String
  public let reason: Message
  /// Nil when the reason is one of our own.
  package let cause: Errno?

  /// The disk is full, or a quota is used up.
  public var isFull: Bool { cause?.code == ENOSPC || cause?.code == EDQUOT }
  /// The disk itself answers with an error.
  public var isDiskFailure: Bool { cause?.code == EIO }

  init(_ path: String, _ cause: Errno) {
    self.path = path
    self.cause = cause
    reason = "\(cause.description)"
  }

  /// - Parameter reason: in words of our own.
  package init(_ path: String, _ reason: Message) {
    self.path = path
    self.reason = reason
    cause = nil
  }

  public var message: Message { "cannot write \(path): \(reason)" }
}
