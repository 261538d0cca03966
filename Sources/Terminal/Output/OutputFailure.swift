import Files
import Glibc
import MissionCore

/// An answer that could not be written whole (SPEC 4): who reads only the exit code must not take it for one.
enum OutputFailure {
  /// Nil when nothing failed, and when nobody wanted the rest: a pipe, a socket or a terminal that was closed, a
  /// descriptor that was never open.
  /// - Parameter code: the `errno` of the write; 0 when none failed.
  static func judge(_ code: Int32, isTerminal: Bool) -> CommandFailure? {
    switch code {
    case 0, EPIPE, ECONNRESET, EBADF: return nil
    // A terminal that has gone away says so with EIO.
    case EIO where isTerminal: return nil
    case ENOSPC, EFBIG, EDQUOT: return failure(.cannotWrite, code)
    default: return failure(.journalBroken, code)
    }
  }

  private static func failure(_ exitCode: ExitCode, _ code: Int32) -> CommandFailure {
    CommandFailure(exitCode, "standard output cannot be written: \(Errno(code))")
  }

  /// Some file systems tell of a full disk only when the file is closed, so a copy of the descriptor is closed.
  static func codeOfClosing(_ descriptor: Int32) -> Int32 {
    let copy = dup(descriptor)
    guard copy >= 0 else { return 0 }
    return close(copy) == 0 ? 0 : errno
  }
}
