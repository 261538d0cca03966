import Glibc
import MissionCore

/// Why a file could not be written or read.
public struct FileFailure: ExitingError, Hashable, Sendable {
  public let path: String
  public let reason: String
  /// The disk is full, or a quota is used up.
  public let isFull: Bool
  /// The disk itself answers with an error.
  public let isDiskFailure: Bool

  init(_ path: String, _ number: Int32) {
    self.path = path
    reason = String(cString: strerror(number))
    isFull = number == ENOSPC || number == EDQUOT
    isDiskFailure = number == EIO
  }

  /// - Parameter reason: in words of our own.
  init(_ path: String, _ reason: String) {
    self.path = path
    self.reason = reason
    isFull = false
    isDiskFailure = false
  }

  public var exitCode: ExitCode { isDiskFailure ? .journalBroken : .cannotWrite }

  public var description: String { "cannot write \(path): \(reason)" }
}
