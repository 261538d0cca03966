import Glibc

/// The rules for files of the state folder: ours, plain, 0600 in folders of 0700 (SPEC 12).
enum StateFile {
  /// Creates the folder that `path` lies in, with its parents, where they are missing.
  static func createFolder(of path: String) throws(JournalError) {
    let folder = self.folder(of: path)
    if access(folder, F_OK) == 0 { return }
    var prefix = folder.hasPrefix("/") ? "/" : ""
    for part in folder.split(separator: "/") {
      prefix += prefix.isEmpty || prefix == "/" ? String(part) : "/\(part)"
      if mkdir(prefix, 0o700) != 0, errno != EEXIST {
        throw .cannotWrite(path: prefix, reason: reason(errno))
      }
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
    if status.st_mode & S_IFMT == S_IFLNK { throw .unsafeFile(path: path, reason: "is a symbolic link") }
    if status.st_mode & S_IFMT != S_IFREG { throw .unsafeFile(path: path, reason: "is not a plain file") }
    if status.st_uid != geteuid() { throw .unsafeFile(path: path, reason: "belongs to another user") }
  }

  /// Creates the empty file, 0600 under any umask, durably.
  static func create(_ path: String) throws(JournalError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw openFailure(path) }
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0 else { throw .cannotWrite(path: path, reason: reason(errno)) }
    try syncFolder(of: path)
  }

  /// Makes new names in the folder of `path` durable.
  static func syncFolder(of path: String) throws(JournalError) {
    let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: reason(errno)) }
    defer { close(descriptor) }
    // Some file systems cannot sync a folder and say EINVAL; their names are durable without it.
    if fsync(descriptor) != 0, errno != EINVAL { throw .diskFails(path: path, reason: reason(errno)) }
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The error for an `open` of `path` that has just failed.
  static func openFailure(_ path: String) -> JournalError {
    switch errno {
    case ELOOP: return .unsafeFile(path: path, reason: "is a symbolic link")
    case ENOSPC, EDQUOT: return .diskFull(path: path)
    case EIO: return .diskFails(path: path, reason: reason(EIO))
    default: return .cannotWrite(path: path, reason: reason(errno))
    }
  }

  static func reason(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}
