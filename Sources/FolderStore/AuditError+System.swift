import Files
import Glibc
import MissionCore
import Ports

extension AuditError {
  /// What the error of a system call on a file means for the store: ERROR400, whatever it is.
  ///
  /// - Parameter error: of the call that just failed, unless it is given.
  static func system(_ operation: String, _ path: String, _ error: Errno = .last) -> AuditError {
    let again: Set<Int32> = [EIO, ESTALE, ETIMEDOUT]
    return AuditError(
      code: .storeOther, message: "\(path): \(operation) failed: \(error.description)",
      severity: again.contains(error.code) ? .transient() : nil, advice: advice(error.code))
  }

  /// The folder itself is not there or cannot be it.
  static func gone(_ message: Message) -> AuditError {
    AuditError(
      code: .storeOther, message: message, advice: "check storage_folder.path, or mount what belongs there")
  }

  private static func advice(_ number: Int32) -> Message? {
    switch number {
    case EACCES, EPERM: return "let this user write in storage_folder.path"
    case ENOSPC, EDQUOT: return "free some space in storage_folder.path"
    case EROFS: return "mount the file system of storage_folder.path for writing"
    default: return nil
    }
  }
}
