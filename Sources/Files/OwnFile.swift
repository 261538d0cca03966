import Glibc
import Messages

/// The rule for files that hold what is ours: plain, not behind a symbolic link, our own, 0600.
package enum OwnFile {
  /// Why a file is none of ours, in words that follow its name.
  package enum Refusal: MessageConvertible {
    case isLink
    case isNotRegular
    case isForeign

    package var message: Message {
      switch self {
      case .isLink: "is a symbolic link"
      case .isNotRegular: "is not a regular file"
      case .isForeign: "belongs to someone else"
      }
    }
  }

  /// Nil when it is a plain file of our own.
  package static func refusal(_ status: stat) -> Refusal? {
    switch status.st_mode & S_IFMT {
    case S_IFLNK: return .isLink
    case S_IFREG: return status.st_uid == geteuid() ? nil : .isForeign
    default: return .isNotRegular
    }
  }

  /// Makes an empty file where nothing of that name is, not even a link; its descriptor, for reading and writing.
  ///
  /// - Parameter ignoresUmask: the file gets exactly these permissions, or is an error.
  package static func create(
    _ path: String, permissions: mode_t = 0o600, ignoresUmask: Bool = false
  ) throws(Errno) -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions)
    guard descriptor >= 0 else { throw .last }
    guard ignoresUmask, fchmod(descriptor, permissions) != 0 else { return descriptor }
    let cause = Errno.last
    close(descriptor)
    throw cause
  }
}
