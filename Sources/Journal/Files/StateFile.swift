import Files
import Glibc
import MissionCore

/// The rules for files of the state folder: ours, plain, 0600 in folders of 0700 (SPEC 12).
enum StateFile {
  /// Creates the folder that `path` lies in, with its parents, where they are missing.
  static func createFolder(of path: String) throws(JournalError) {
    do throws(FileFailure) { try Folder.make(Folder.parent(of: path)) } catch {
      throw .cannotWrite(path: error.path, reason: error.cause.map { reason($0.code) } ?? error.reason)
    }
  }

  /// Whether the file exists; throws when it does and is not a plain file of our own.
  static func exists(_ path: String) throws(JournalError) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return false }
      throw .cannotWrite(path: path, reason: reason(errno))
    }
    try check(status, path: path)
    return true
  }

  /// Throws unless `status` is that of a plain file of our own.
  static func check(_ status: stat, path: String) throws(JournalError) {
    if let refusal = OwnFile.refusal(status) { throw .unsafeFile(path: path, reason: refusal.message) }
  }

  /// Creates the empty file, 0600 under any umask, durably.
  static func create(_ path: String) throws(JournalError) {
    do throws(Errno) { close(try OwnFile.create(path, ignoresUmask: true)) } catch {
      throw openFailure(path, error)
    }
    try syncFolder(of: path)
  }

  /// Makes new names in the folder of `path` durable.
  static func syncFolder(of path: String) throws(JournalError) {
    do throws(Errno) { try Folder.synchronize(Folder.parent(of: path)) } catch {
      throw openFailure(path, error)
    }
  }

  /// The error for a call on `path` that has just failed.
  static func openFailure(_ path: String, _ cause: Errno = .last) -> JournalError {
    switch cause.code {
    case ELOOP: return .unsafeFile(path: path, reason: OwnFile.Refusal.isLink.message)
    case ENOSPC, EDQUOT: return .diskFull(path: path)
    case EIO: return .diskFails(path: path, reason: reason(EIO))
    default: return .cannotWrite(path: path, reason: reason(cause.code))
    }
  }

  static func reason(_ code: Int32) -> Message { "\(Errno(code).description.lowercased())" }
}
