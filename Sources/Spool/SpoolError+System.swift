import Files
import Glibc
import Ports

extension SpoolError {
  /// The error of the system call that just failed on `path`.
  static func last(_ operation: String, _ path: String) -> SpoolError { system(operation, path, errno) }

  static func system(_ operation: String, _ path: String, _ number: Int32) -> SpoolError {
    switch number {
    case ENOSPC, EDQUOT: return .noSpace(path: path)
    case ELOOP: return .unsafe(path: path, why: OwnFile.Refusal.isLink.message)
    case EISDIR, ENXIO, ENODEV:
      return .unsafe(path: path, why: OwnFile.Refusal.isNotRegular.message)
    default: return .inputOutput(operation: operation, path: path, errno: number)
    }
  }
}
