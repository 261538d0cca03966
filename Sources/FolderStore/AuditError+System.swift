import Glibc
import MissionCore
import Ports

extension AuditError {
  /// What the error of a system call on a file means for the store: ERROR400, whatever it is.
  static func system(_ operation: String, _ path: String, _ number: Int32) -> AuditError {
    let again: Set<Int32> = [EIO, ESTALE, ETIMEDOUT]
    return AuditError(
      code: .storeOther, message: "\(path): \(operation) failed: \(String(cString: strerror(number)))",
      severity: again.contains(number) ? .transient() : nil, advice: advice(number))
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
