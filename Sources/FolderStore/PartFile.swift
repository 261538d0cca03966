import Glibc
import Ports

/// A file that is being written, 0600. It is locked, so that two processes that write the same object do not write into
/// one another's; the next one to write it takes over what a killed one has left.
final class PartFile {
  private let descriptor: Int32
  private let path: String
  /// The first one of `writeKeepingError`.
  private(set) var error: AuditError?

  init(path: String) throws(AuditError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { throw .system("open", path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, isStillThere() else {
      throw AuditError(
        code: .storeOther, message: "\(path) is being written by another process", severity: .transient())
    }
    guard ftruncate(descriptor, 0) == 0 else { throw .system("ftruncate", path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Another process may have finished it since it was opened: then it is an object, and not to be touched.
  private func isStillThere() -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0
      && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(AuditError) {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system("write", path) }
      done += count
    }
  }

  /// For callers that cannot throw; nothing more is written after an error.
  func writeKeepingError(_ bytes: UnsafeRawBufferPointer) {
    guard error == nil else { return }
    do throws(AuditError) { try write(bytes) } catch { self.error = error }
  }

  /// The bytes are on disk when it returns.
  func finish() throws(AuditError) {
    guard fsync(descriptor) == 0 else { throw .system("fsync", path) }
  }
}
